"""Private unless a view says otherwise: every route is named here as public or private."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from reforms.base.access import public_page
from reforms.base.models import User
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.pages.addresses import DATA, DOORS, PAGES, PRIVATE, PUBLIC, READABLE, UNFILLED, routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("private words")


@public_page
def marked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("public words")


urlpatterns = [path("unmarked/", unmarked), path("marked/", marked), path("", include("reforms.urls"))]


@pytest.fixture
def more_views() -> Iterator[None]:
    """The site with a view that says nothing of who may read it, and one that does."""
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_every_route_is_classified():
    found = {name or pattern for pattern, name in routes() if not pattern.startswith("admin/")}

    assert found == {*PUBLIC, *PRIVATE, *DOORS, *UNFILLED}


def test_no_route_is_classified_twice():
    assert not set(PUBLIC) & set(PRIVATE)
    assert not set(DOORS) & {*PUBLIC, *PRIVATE}
    assert not set(UNFILLED) & {*PUBLIC, *PRIVATE, *DOORS}
    assert not set(PAGES) & set(DATA)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_address_answers_anybody(public: Client, name: str):
    assert public.get(PUBLIC[name]).status_code == 200


@pytest.mark.parametrize("name", DOORS)
def test_step_on_the_way_in_opens_nothing_to_somebody_on_no_way(public: Client, name: str):
    address, status = DOORS[name]
    response = public.get(address)

    assert response.status_code == status
    assert response.headers.get("Location", "/accounts/sign-in/") == "/accounts/sign-in/"


@pytest.mark.parametrize("name", UNFILLED)
def test_public_page_of_what_nobody_put_on_record_is_not_found(public: Client, name: str):
    assert public.get(UNFILLED[name]).status_code == 404


@pytest.mark.parametrize("name", PRIVATE)
def test_private_address_sends_to_sign_in(public: Client, name: str):
    response = public.get(PRIVATE[name])

    assert response.status_code == 302
    assert response["Location"] == f"/accounts/sign-in/?next={PRIVATE[name]}"


def admin_addresses() -> list[str]:
    """Every address of the administrators' site, with 1 for what has to be named."""
    patterns = {re.sub(r"<[^>]+>", "1", pattern) for pattern, _name in routes() if pattern.startswith("admin/")}
    return sorted(f"/{pattern}" for pattern in patterns if "^" not in pattern and "(" not in pattern)


@pytest.mark.parametrize("address", admin_addresses())
def test_administrators_site_sends_anybody_to_sign_in(public: Client, address: str):
    response = public.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith(("/accounts/sign-in/?next=", "/admin/login/?next="))


def test_administrators_site_is_closed_to_people_of_councils(public: Client):
    public.force_login(User.objects.create_user("maya@example.org"))

    assert public.get("/admin/", follow=True).status_code == 403


def test_administrators_site_is_open_to_administrators(public: Client):
    public.force_login(with_second_factor(User.objects.create_superuser("nell@example.org")))

    assert public.get("/admin/").status_code == 200


class TestDefault:
    def test_view_that_says_nothing_is_private(self, public: Client, more_views):
        response = public.get("/unmarked/?q=a")

        assert response.status_code == 302
        assert response["Location"] == "/accounts/sign-in/?next=/unmarked/%3Fq%3Da"

    def test_view_that_says_nothing_is_open_after_sign_in(self, public: Client, more_views):
        public.force_login(User.objects.create_user("maya@example.org"))

        assert public.get("/unmarked/").content == b"private words"

    def test_marked_view_is_public(self, public: Client, more_views):
        assert public.get("/marked/").content == b"public words"

    def test_unknown_address_is_not_found_for_anybody(self, public: Client):
        assert public.get("/nothing-here/").status_code == 404


class TestReadOnly:
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
    @pytest.mark.parametrize("name", READABLE)
    def test_public_page_is_only_read(self, public: Client, name: str, method: str):
        assert getattr(public, method)(READABLE[name]).status_code == 405

    @pytest.mark.parametrize("name", READABLE)
    def test_head_answers_like_get(self, public: Client, name: str):
        response = public.head(READABLE[name])

        assert response.status_code == 200
        assert response.content == b""

    @pytest.mark.parametrize("name", ["livez", "as-at"])
    def test_other_open_address_is_only_read(self, public: Client, name: str):
        assert public.post(PUBLIC[name]).status_code == 405


def test_liveness_asks_nothing_of_the_database(public: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = public.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")
