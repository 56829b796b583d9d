"""A public page has a tag: whoever has the page is told for one query that it has not changed, or gets it anew."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from pillars.models import Commitment
from reforms.base.access import public_page
from reforms.base.models import DataVersion, User
from tests.builders import make_consultation, make_organisation
from tests.reforms.base.settling import settle
from tests.reforms.pages.addresses import PUBLIC, READABLE

pytestmark = pytest.mark.django_db

UNKEPT = "private, no-store"
ADDRESS = "/commitments/SH-4-01/"


def tag(client: Client, address: str, **headers: str) -> str:
    """The tag of a page that is answered in full."""
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response["ETag"]


def again(client: Client, address: str, tag: str, **headers: str) -> HttpResponse:
    """The answer to somebody who has the page of this tag."""
    return client.get(address, headers={"If-None-Match": tag, **headers})


@pytest.mark.once
class TestUnchanged:
    @pytest.mark.parametrize("name", READABLE)
    def test_full_answer_has_a_tag_and_may_be_kept_by_anybody_who_asks_again(self, public: Client, name: str):
        response = public.get(READABLE[name])

        assert response["ETag"].startswith('W/"')
        assert response["Cache-Control"] == "no-cache"
        assert response["Vary"] == "Cookie"
        assert not response.cookies

    @pytest.mark.parametrize("name", READABLE)
    def test_whoever_has_it_is_told_so_for_one_query(self, public: Client, name: str):
        first = tag(public, READABLE[name])
        with CaptureQueriesContext(connection) as queries:
            response = again(public, READABLE[name], first)

        assert response.status_code == 304
        assert response.content == b""
        assert [query["sql"] for query in queries] == ["SELECT number FROM base_dataversion WHERE id = 1"]

    def test_short_answer_has_the_headers_of_the_full_one(self, public: Client):
        first = public.get(ADDRESS)
        second = again(public, ADDRESS, first["ETag"])

        for name in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
            assert second[name] == first[name]

    def test_head_has_the_tag_of_get_and_is_answered_like_it(self, public: Client):
        response = public.head(ADDRESS)

        assert response["ETag"] == tag(public, ADDRESS)
        assert public.head(ADDRESS, headers={"If-None-Match": response["ETag"]}).status_code == 304

    @pytest.mark.parametrize(
        "words",
        [
            pytest.param("{tag}", id="as it was given"),
            pytest.param('"an-older-one", {tag}', id="among others"),
            pytest.param("{strong}", id="made strong on its way"),
        ],
    )
    def test_tag_may_be_sent(self, public: Client, words: str):
        given = tag(public, ADDRESS)
        sent = words.format(tag=given, strong=given.removeprefix("W/"))

        assert again(public, ADDRESS, sent).status_code == 304

    @pytest.mark.parametrize("sent", ["*", "", "nonsense", '"another"', 'W/"another"'])
    def test_nothing_else_will_do(self, public: Client, sent: str):
        assert again(public, ADDRESS, sent).status_code == 200


class TestChanged:
    def test_any_write_makes_it_another_page(self, public: Client):
        first = tag(public, ADDRESS)
        assert again(public, ADDRESS, first).status_code == 304
        Commitment.objects.filter(reference="SH-4-01").update(title="Another title")
        settle()
        second = again(public, ADDRESS, first)

        assert second.status_code == 200
        assert "Another title" in second.content.decode()
        assert second["ETag"] != first

    def test_page_that_is_there_no_more_is_not_found(self, public: Client):
        consultation = make_consultation()
        address = consultation.get_absolute_url()
        settle()
        first = tag(public, address)
        consultation.delete()
        settle()

        assert again(public, address, first).status_code == 404

    @pytest.mark.parametrize("asked", ["", "?as_at=2023-04-21"])
    def test_each_day_makes_it_another_page(self, public: Client, asked: str):
        """Midnight in England: 23:00 in UTC, in summer."""
        with time_machine.travel(datetime(2023, 6, 10, 22, 59, 59, tzinfo=UTC), tick=False):
            first = tag(public, ADDRESS + asked)
        with time_machine.travel(datetime(2023, 6, 10, 22, 30, tzinfo=UTC), tick=False):
            assert again(public, ADDRESS + asked, first).status_code == 304
        with time_machine.travel(datetime(2023, 6, 10, 23, 0, tzinfo=UTC), tick=False):
            assert again(public, ADDRESS + asked, first).status_code == 200

    def test_closing_makes_it_another_page_at_its_minute(self, public: Client):
        """11:59pm in England: 22:59 in UTC, in summer. No query is asked for it."""
        consultation = make_consultation(closes_on=date(2023, 6, 10))
        settle()
        address = consultation.get_absolute_url()
        with time_machine.travel(datetime(2023, 6, 10, 22, 58, 59, tzinfo=UTC), tick=False):
            first = tag(public, address)
        with time_machine.travel(datetime(2023, 6, 10, 9, 0, tzinfo=UTC), tick=False):
            assert again(public, address, first).status_code == 304
        with time_machine.travel(datetime(2023, 6, 10, 22, 59, tzinfo=UTC), tick=False):
            assert again(public, address, first).status_code == 200

    def test_page_made_while_data_is_written_has_the_older_tag(self, public: Client, monkeypatch):
        """So the next time it is asked for, it is made anew. A tag made after the page would keep it for ever."""
        write_during_the_page(monkeypatch)
        made_from_older_data = tag(public, "/about/dates/")
        monkeypatch.undo()

        assert again(public, "/about/dates/", made_from_older_data).status_code == 200


def write_during_the_page(monkeypatch) -> None:
    """Somebody writes after the page has read its data, and before it is answered."""
    from reforms.pages.views import about

    def render(*args: Any, **options: Any) -> HttpResponse:
        made = usual(*args, **options)
        make_organisation()
        settle()
        return made

    usual = about.render
    monkeypatch.setattr(about, "render", render)


class TestAddress:
    @pytest.mark.parametrize(
        ("address", "other"),
        [
            ("/commitments/", "/commitments/?timing=passed"),
            ("/commitments/", "/commitments/?as_at=2023-04-21"),
            ("/commitments/?page=1", "/commitments/?page=2"),
            ("/commitments/", "/commitments.json"),
            ("/commitments.csv", "/commitments.json"),
            ("/commitments/SH-4-01/", "/commitments/SH-4-02/"),
        ],
    )
    def test_tag_of_one_is_not_that_of_another(self, public: Client, address: str, other: str):
        assert again(public, other, tag(public, address)).status_code == 200

    def test_no_two_have_the_same(self, public: Client):
        assert len({tag(public, address) for address in READABLE.values()}) == len(READABLE)


class TestUntagged:
    """Errors, redirects and answers of the moment are kept by nobody, and never said to be unchanged."""

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            pytest.param("/commitments/SH-9-99/", 404, id="no such thing"),
            pytest.param("/nothing-here/", 404, id="no such address"),
            pytest.param("/commitments/?colour=red", 400, id="no such filter"),
            pytest.param("/commitments.json?colour=red", 400, id="no such filter of data"),
            pytest.param("/commitments/?as_at=1999-01-01", 400, id="no such day"),
            pytest.param("/as-at/?day_day=1&day_month=2&day_year=2023&to=/", 302, id="sent elsewhere"),
            pytest.param("/admin/", 302, id="private"),
            pytest.param("/accounts/sign-in/", 200, id="form"),
            pytest.param("/livez", 200, id="sign of life"),
            pytest.param("/readyz", None, id="state of the service"),
        ],
    )
    @pytest.mark.parametrize("sent", ["*", 'W/"made-up"', "{tag}"])
    def test_answers_in_full(self, public: Client, address: str, status: int | None, sent: str):
        response = again(public, address, sent.format(tag=tag(public, ADDRESS)))

        assert response.status_code == status if status else response.status_code in (200, 503)
        assert "ETag" not in response
        assert "no-store" in response["Cache-Control"]

    def test_other_methods(self, public: Client):
        response = public.post(ADDRESS, headers={"If-None-Match": tag(public, ADDRESS)})

        assert response.status_code == 405
        assert "ETag" not in response

    def test_database_without_a_version(self, public: Client):
        """After a flush, say, there is nothing to tell whether a page has changed."""
        DataVersion.objects.all().delete()
        response = public.get(ADDRESS)

        assert (response.status_code, response["Cache-Control"]) == (200, UNKEPT)
        assert "ETag" not in response

    def test_while_pages_are_being_built(self, public: Client, settings):
        """Templates change, and nothing says so."""
        settings.DEBUG = True
        response = public.get("/about/dates/")

        assert (response.status_code, response["Cache-Control"]) == (200, UNKEPT)
        assert "ETag" not in response


@pytest.mark.once
class TestPersonal:
    @pytest.mark.parametrize("name", PUBLIC)
    def test_no_cache_keeps_what_somebody_who_has_signed_in_reads(self, public: Client, name: str):
        kept_by_anybody = public.get(PUBLIC[name]).headers.get("ETag", "*")
        public.force_login(User.objects.create_user("maya@example.org"))
        response = again(public, PUBLIC[name], kept_by_anybody)

        assert response.status_code != 304
        assert "ETag" not in response
        assert "no-store" in response["Cache-Control"]

    @pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
    def test_visitor_who_brings_something_of_their_own(self, public: Client, cookie: str):
        first = tag(public, ADDRESS)
        public.cookies[cookie] = "anything"
        response = again(public, ADDRESS, first)

        assert (response.status_code, response["Cache-Control"]) == (200, UNKEPT)
        assert "ETag" not in response

    def test_program_that_brings_a_name(self, public: Client):
        response = again(public, ADDRESS, tag(public, ADDRESS), Authorization="Token abc")

        assert (response.status_code, response["Cache-Control"]) == (200, UNKEPT)

    def test_cookie_of_another_kind_changes_nothing(self, public: Client):
        """That of forms: somebody has been on the way to sign in."""
        first = tag(public, ADDRESS)
        public.get("/accounts/sign-in/")
        assert settings.CSRF_COOKIE_NAME in public.cookies

        assert again(public, ADDRESS, first).status_code == 304

    @pytest.mark.parametrize("name", ["cookie", "session", "form"])
    def test_page_that_gives_something_to_one_visitor(self, public: Client, name: str):
        with override_settings(ROOT_URLCONF=__name__):
            response = public.get(f"/gives-{name}/")

        assert (response.status_code, response["Cache-Control"]) == (200, UNKEPT)
        assert "ETag" not in response

    def test_page_that_gives_nothing(self, public: Client):
        with override_settings(ROOT_URLCONF=__name__):
            assert public.get("/gives-nothing/")["ETag"]


@public_page
def gives_nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("words")


@public_page
def gives_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("words")
    response.set_cookie("colour", "red")
    return response


@public_page
def gives_session(request: HttpRequest) -> HttpResponse:
    request.session["colour"] = "red"
    return HttpResponse("words")


@public_page
def gives_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


urlpatterns = [
    path("gives-nothing/", gives_nothing),
    path("gives-cookie/", gives_cookie),
    path("gives-session/", gives_session),
    path("gives-form/", gives_form),
    path("", include("reforms.urls")),
]
