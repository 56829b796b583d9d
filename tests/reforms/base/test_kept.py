"""A form sent after the session has ended: kept for the same person in the same browser, for an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reforms.base import clock
from reforms.base.kept import COOKIE, KEPT_FOR, LARGEST, MOST
from reforms.base.models import KeptPost, User
from tests.councils.writing.cast import Cast, make_cast, make_subject, newest, start
from tests.councils.writing.typing import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Browser:
    """A browser in which the officer has a draft open."""

    def __init__(self, cast: Cast, client: Client | None = None) -> None:
        self.cast, self.client = cast, client or Client()
        self.version = start(cast, make_subject())
        reference = self.version.position.reference.partition("/")[2]
        self.url = reverse("position-edit", args=[cast.council.slug, reference])
        self.sign_in(cast.officer)
        self.typed = fields_of(self.client.get(self.url)) | {"text": "Typed for an hour."}

    def sign_in(self, person: User) -> None:
        self.client.force_login(person)

    def lose_session(self) -> None:
        """What happens when it has been open too long."""
        del self.client.cookies["sessionid"]

    def send(self, **headers: Any) -> Any:
        return self.client.post(self.url, self.typed, **headers)


@pytest.fixture
def browser(db) -> Browser:
    return Browser(make_cast())


def test_the_words_are_there_after_sign_in_and_not_saved_yet(browser):
    browser.lose_session()
    response = browser.send()
    assert response["Location"].startswith(reverse("sign-in"))
    assert "is kept for one hour" in browser.client.get(response["Location"]).content.decode()
    browser.sign_in(browser.cast.officer)
    page = browser.client.get(browser.url)
    assert fields_of(page)["text"] == "Typed for an hour."
    assert "when your session ended" in page.content.decode()
    assert newest(browser.version).text == ""


def test_saving_them_ends_the_keeping(browser):
    browser.lose_session()
    browser.send()
    browser.sign_in(browser.cast.officer)
    browser.client.post(browser.url, fields_of(browser.client.get(browser.url)))
    assert newest(browser.version).text == "Typed for an hour."
    assert not KeptPost.objects.exists()


def test_a_script_is_told_where_to_sign_in(browser):
    browser.lose_session()
    response = browser.send(HTTP_ACCEPT="application/json")
    assert response.status_code == 401
    assert response.json()["sign_in"].startswith(reverse("sign-in"))
    assert response.json()["kept"] is True


def test_another_person_in_the_same_browser_does_not_get_them(browser):
    browser.lose_session()
    browser.send()
    browser.sign_in(browser.cast.second_officer)
    assert fields_of(browser.client.get(browser.url))["text"] == ""


def test_the_same_person_in_another_browser_does_not_get_them(browser):
    browser.lose_session()
    browser.send()
    other = Client()
    other.force_login(browser.cast.officer)
    other.get(browser.url)
    assert fields_of(other.get(browser.url))["text"] == ""


def test_after_an_hour_they_are_gone(browser):
    browser.lose_session()
    browser.send()
    KeptPost.objects.update(at=clock.now() - KEPT_FOR - timedelta(seconds=1))
    browser.sign_in(browser.cast.officer)
    assert fields_of(browser.client.get(browser.url))["text"] == ""


def test_what_is_too_long_is_not_kept_and_says_so(browser):
    browser.lose_session()
    browser.typed["text"] = "x" * (LARGEST + 1)
    assert browser.send(HTTP_ACCEPT="application/json").json()["kept"] is False
    assert not KeptPost.objects.exists()


def test_one_person_cannot_fill_the_database(browser):
    rows = [
        KeptPost(person=browser.cast.officer, browser="b", path=f"/{n}/", fields={}, at=clock.now())
        for n in range(MOST)
    ]
    KeptPost.objects.bulk_create(rows)
    browser.lose_session()
    assert browser.send(HTTP_ACCEPT="application/json").json()["kept"] is False


@pytest.mark.parametrize("cookie", ["", "x", "WzEsImEiXQ:1tQ:abc"])
def test_without_the_cookie_nothing_is_kept(browser, cookie):
    browser.lose_session()
    browser.client.cookies[COOKIE] = cookie
    assert browser.send().status_code == 302
    assert not KeptPost.objects.exists()


def test_nothing_is_kept_for_a_deactivated_person(browser):
    User.objects.filter(pk=browser.cast.officer.pk).update(is_active=False)
    browser.send()
    assert not KeptPost.objects.exists()


def test_the_cookie_is_only_for_the_server_and_this_site(browser):
    cookie = browser.client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


def test_other_pages_give_no_cookie(browser):
    client = Client()
    client.force_login(browser.cast.officer)
    assert COOKIE not in client.get("/").cookies


def test_a_form_from_before_the_last_sign_in_comes_back_too(db):
    browser = Browser(make_cast(), Client(enforce_csrf_checks=True))
    browser.client.cookies["csrftoken"] = "a" * 32
    response = browser.send()
    assert response["Location"] == browser.url
    assert fields_of(browser.client.get(browser.url))["text"] == "Typed for an hour."
