"""Signing in and out: for people who write for a council, and nobody is sent anywhere else by it."""

from __future__ import annotations

import pytest
from django.test import Client

from reforms.base.models import User
from tests.reforms.pages.reading import source_of, words_of

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"
SIGN_OUT = "/accounts/sign-out/"
PASSWORD = "a long enough password"


@pytest.fixture
def maya() -> User:
    return User.objects.create_user("maya@example.org", PASSWORD, name="Maya Thornbury")


def sign_in(client: Client, email: str = "maya@example.org", password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


class TestSignIn:
    @pytest.mark.parametrize("email", ["maya@example.org", "Maya@Example.ORG", " maya@example.org "])
    def test_leads_home(self, public: Client, maya: User, email: str):
        response = sign_in(public, email)

        assert (response.status_code, response["Location"]) == (302, "/")
        assert "Maya Thornbury" in words_of(public.get("/"))

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            pytest.param("maya@example.org", "another password", id="wrong-password"),
            pytest.param("nobody@example.org", PASSWORD, id="unknown-address"),
        ],
    )
    def test_refusal_never_says_which_was_wrong(self, public: Client, maya: User, email: str, password: str):
        response = sign_in(public, email, password)

        assert response.status_code == 200
        assert "There is a problem" in words_of(response)
        assert "Enter the e-mail address and password of your account" in words_of(response)
        assert "sessionid" not in public.cookies

    @pytest.mark.parametrize(
        ("email", "password"),
        [
            pytest.param("", "", id="nothing"),
            pytest.param("maya", PASSWORD, id="not-an-address"),
            pytest.param("maya@example.org\0", PASSWORD, id="nul-in-the-address"),
            pytest.param("maya@example.org", f"{PASSWORD}\0", id="nul-in-the-password"),
            pytest.param("m" * 10_000, PASSWORD, id="10-kB-of-address"),
            pytest.param("maya@example.org", "p" * 10_000, id="10-kB-of-password"),
            pytest.param("' OR 1=1 --", "' OR 1=1 --", id="quotes"),
        ],
    )
    def test_bad_input_is_a_form_error(self, public: Client, maya: User, email: str, password: str):
        response = sign_in(public, email, password)

        assert response.status_code == 200
        assert "There is a problem" in words_of(response)

    def test_person_who_has_left_cannot(self, public: Client, maya: User):
        maya.is_active = False
        maya.save()

        assert "There is a problem" in words_of(sign_in(public))

    def test_person_without_a_password_cannot(self, public: Client):
        User.objects.create_user("sami@example.org")

        assert "There is a problem" in words_of(sign_in(public, "sami@example.org", ""))

    def test_address_is_kept_and_the_password_is_not(self, public: Client, maya: User):
        html = source_of(sign_in(public, "maya@example.org", "another password"))

        assert 'value="maya@example.org"' in html
        assert "another password" not in html

    def test_title_says_error_first(self, public: Client):
        assert "<title>Error: Sign in" in source_of(sign_in(public))

    def test_who_has_signed_in_is_led_home(self, public: Client, maya: User):
        public.force_login(maya)

        assert public.get(SIGN_IN)["Location"] == "/"


class TestNext:
    def test_leads_where_the_person_was_going(self, public: Client, maya: User):
        page = source_of(public.get(f"{SIGN_IN}?next=/councils/%3Fq%3Da"))

        assert '<input type="hidden" name="next" value="/councils/?q=a">' in page
        assert sign_in(public, next="/councils/?q=a")["Location"] == "/councils/?q=a"

    @pytest.mark.parametrize(
        "address",
        [
            pytest.param("//evil.example/", id="two-slashes"),
            pytest.param("https://evil.example/", id="https"),
            pytest.param("javascript:alert(1)", id="javascript"),
            pytest.param("/\\evil.example", id="backslash"),
            pytest.param("/\t/evil.example", id="tab"),
            pytest.param("/a\0", id="nul"),
        ],
    )
    def test_leads_only_to_this_site(self, public: Client, maya: User, address: str):
        assert "evil" not in sign_in(public, next=address)["Location"]

    def test_is_escaped(self, public: Client):
        assert '"><b>' not in source_of(public.get(SIGN_IN, {"next": '"><b>'}))


class TestSignOut:
    def test_leads_home(self, public: Client, maya: User):
        public.force_login(maya)
        response = public.post(SIGN_OUT)

        assert (response.status_code, response["Location"]) == (302, "/")
        assert "Maya Thornbury" not in words_of(public.get("/"))

    def test_link_cannot_do_it(self, public: Client, maya: User):
        public.force_login(maya)

        assert public.get(SIGN_OUT).status_code == 405
        assert "Maya Thornbury" in words_of(public.get("/"))


class TestForgery:
    def test_sign_in_needs_its_token(self, maya: User):
        assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403

    def test_sign_out_needs_its_token(self, maya: User):
        client = Client(enforce_csrf_checks=True)
        client.force_login(maya)
        response = client.post(SIGN_OUT)

        assert response.status_code == 403
        assert "Go back, reload the page and try again" in words_of(response)


def test_name_is_escaped(public: Client):
    public.force_login(User.objects.create_user("x@example.org", name="<script>alert(1)</script>"))

    assert "<script>alert" not in source_of(public.get("/"))


@pytest.mark.parametrize("address", ["/accounts/sign-up/", "/accounts/register/", "/accounts/", "/admin/signup/"])
def test_nobody_makes_an_account_of_their_own(public: Client, address: str):
    assert public.get(address, follow=True).status_code in (200, 404)
    assert public.get(address).status_code in (302, 404)
