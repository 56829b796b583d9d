"""Signing in at a provider: only people who are here already, by an address that it vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client

from reforms.base import clock
from reforms.base.accounts.single_sign_on import is_vouched_for
from reforms.base.faults import faults_on
from reforms.base.models import User
from reforms.environment import Configuration
from reforms.environment.single_sign_on import single_sign_on
from tests.reforms.base.accounts.people import CODE, code_of, is_signed_in, make_person, with_second_factor
from tests.reforms.base.accounts.provider import CLIENT, Provider, running_provider
from tests.reforms.pages.reading import links_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SIGN_IN = "/accounts/sign-in/"
LEAVE = "/accounts/single-sign-on/sign-in/"
BACK = "/accounts/single-sign-on/back/"
VERIFIED = {"email": "maya@example.org", "email_verified": True}


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with running_provider() as provider:
        configuration = Configuration(
            oidc_server_url=provider.url,
            oidc_client_id=CLIENT,
            oidc_client_secret="hush",
            oidc_name="Exampleshire Council",
        )
        settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(configuration)
        yield provider


@pytest.fixture
def maya() -> User:
    return make_person()


def leave(client: Client, query: str = "") -> dict[str, list[str]]:
    """Go to the provider; what it is asked."""
    response = client.get(f"{LEAVE}{query}")
    assert response.status_code == 302
    return parse_qs(urlsplit(response["Location"]).query)


def come_back(client: Client, query: str = "", **more: str) -> HttpResponse:
    [state] = leave(client, query)["state"]
    return client.get(BACK, {"state": state, "code": "one", **more})


class TestWithoutAProvider:
    def test_nothing_leads_there(self, public: Client):
        assert "single-sign-on" not in public.get(SIGN_IN).content.decode()

    @pytest.mark.parametrize("address", [LEAVE, BACK])
    def test_there_is_no_such_address(self, public: Client, address: str):
        assert public.get(address).status_code == 404


class TestWay:
    def test_sign_in_page_leads_there_and_on(self, public: Client, provider: Provider):
        page = public.get(f"{SIGN_IN}?next=/flags/")

        assert "Sign in with Exampleshire Council" in words_of(page)
        assert f"{LEAVE}?next=/flags/" in links_of(page)

    def test_provider_is_asked_for_an_address_with_proof(self, public: Client, provider: Provider, maya: User):
        asked = leave(public)
        assert asked["redirect_uri"] == [f"http://testserver{BACK}"]
        assert asked["client_id"] == [CLIENT]
        assert {"code_challenge", "state"} <= asked.keys()
        assert "email" in asked["scope"][0]

        public.get(BACK, {"state": asked["state"][0], "code": "one"})
        assert "code_verifier" in provider.asked[0]

    def test_leads_where_the_person_was_going(self, public: Client, provider: Provider, maya: User):
        provider.claims = VERIFIED

        assert come_back(public, "?next=/flags/")["Location"] == "/flags/"
        assert is_signed_in(public)

    def test_leads_only_to_this_site(self, public: Client, provider: Provider, maya: User):
        provider.claims = VERIFIED

        assert come_back(public, "?next=//evil.example/")["Location"] == "/"


class TestWhoIsLetIn:
    @pytest.mark.parametrize(
        ("claims", "domains", "is_in"),
        [
            pytest.param(VERIFIED, (), True, id="verified"),
            pytest.param({"email": "MAYA@Example.org", "email_verified": True}, (), True, id="capitals"),
            pytest.param({"email": "maya@example.org", "email_verified": False}, (), False, id="not-verified"),
            pytest.param(
                {"email": "maya@example.org", "email_verified": False},
                ("example.org",),
                False,
                id="denied-of-own-domain",
            ),
            pytest.param({"email": "maya@example.org"}, (), False, id="nothing-said"),
            pytest.param({"email": "maya@example.org"}, ("example.org",), True, id="own-domain"),
            pytest.param({"email": "maya@example.org"}, ("example.com",), False, id="another-domain"),
            pytest.param({"email": "maya@example.org", "xms_edov": True}, (), True, id="entra"),
            pytest.param({"email": "maya@example.org", "xms_edov": 0}, ("example.org",), False, id="entra-denies"),
            pytest.param({"email": "nobody@example.org", "email_verified": True}, (), False, id="nobody-here"),
            pytest.param({"email_verified": True}, (), False, id="no-address"),
            pytest.param({"email": ["maya@example.org"], "email_verified": True}, (), False, id="a-list"),
            pytest.param({"preferred_username": "maya@example.org"}, ("example.org",), False, id="another-claim"),
        ],
    )
    def test_by_what_the_provider_says(
        self, public: Client, provider: Provider, maya: User, settings, claims, domains, is_in: bool
    ):
        settings.OIDC_DOMAINS = domains
        provider.claims = claims
        response = come_back(public)

        assert is_signed_in(public) is is_in
        assert response.status_code == (302 if is_in else 403)
        assert is_in or "You cannot sign in with this account" in words_of(response)
        assert User.objects.count() == 1

    def test_person_keeps_their_password_and_nothing_is_kept_of_the_account(
        self, public: Client, provider: Provider, maya: User
    ):
        provider.claims = VERIFIED
        come_back(public)

        maya.refresh_from_db()
        assert maya.has_usable_password()
        assert not SocialAccount.objects.exists()

    def test_person_who_was_invited_needs_no_password(self, public: Client, provider: Provider):
        User.objects.create_user("maya@example.org")
        provider.claims = VERIFIED
        come_back(public)

        assert is_signed_in(public)

    def test_person_who_has_left_is_not_let_in(self, public: Client, provider: Provider, maya: User):
        User.objects.update(is_active=False)
        provider.claims = VERIFIED

        assert come_back(public).status_code == 403

    def test_second_factor_is_asked_all_the_same(self, public: Client, provider: Provider, maya: User):
        with_second_factor(maya)
        provider.claims = VERIFIED

        assert come_back(public)["Location"] == CODE
        assert not is_signed_in(public)
        public.post(CODE, {"code": code_of(maya)})
        assert is_signed_in(public)

    @pytest.mark.parametrize("process", ["connect", "redirect"])
    def test_nobody_connects_an_account_to_theirs(self, public: Client, provider: Provider, maya: User, process: str):
        other = make_person("other@example.org")
        public.force_login(other)
        provider.claims = VERIFIED

        assert come_back(public, f"?process={process}").status_code == 403
        assert not SocialAccount.objects.exists()


class TestWhatGoesWrong:
    def test_stopped_at_the_provider(self, public: Client, provider: Provider, maya: User):
        [state] = leave(public)["state"]
        response = public.get(BACK, {"state": state, "error": "access_denied"}, follow=True)

        assert "You stopped at your organisation’s sign-in" in words_of(response)

    @pytest.mark.parametrize("query", [{}, {"state": "made-up", "code": "one"}, {"state": "\0"}])
    def test_answer_that_nobody_asked_for(self, public: Client, provider: Provider, maya: User, query):
        response = public.get(BACK, query)

        assert (response.status_code, "We could not sign you in" in words_of(response)) == (401, True)

    def test_answer_counts_once(self, public: Client, provider: Provider, maya: User):
        provider.claims = VERIFIED
        [state] = leave(public)["state"]
        public.get(BACK, {"state": state, "code": "one"})

        assert Client().get(BACK, {"state": state, "code": "one"}).status_code == 401

    @pytest.mark.parametrize(
        "claims",
        [
            pytest.param({"iss": "https://evil.example"}, id="another-issuer"),
            pytest.param({"aud": "another-site"}, id="for-another-site"),
            pytest.param({"exp": 1}, id="too-old"),
        ],
    )
    def test_token_of_somebody_else(self, public: Client, provider: Provider, maya: User, claims):
        provider.claims = VERIFIED | claims

        assert come_back(public).status_code == 401
        assert not is_signed_in(public)

    def test_provider_that_is_broken_is_counted(self, public: Client, provider: Provider):
        provider.is_broken = True
        response = public.get(LEAVE)

        assert (response.status_code, "We could not sign you in" in words_of(response)) == (503, True)
        assert faults_on(clock.civil_day(clock.now())) == {"single sign-on": 1}

    def test_provider_that_is_away(self, public: Client, provider: Provider, settings):
        [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        app["settings"]["server_url"] = "http://127.0.0.1:9"

        assert public.get(LEAVE).status_code == 503


@pytest.mark.parametrize(
    ("claims", "expected"),
    [({"email_verified": "true"}, True), ({"email_verified": "false"}, False), ({"xms_edov": "1"}, True)],
)
def test_what_some_providers_write_as_text(settings, claims, expected: bool):
    settings.OIDC_DOMAINS = ()

    assert is_vouched_for("maya@example.org", claims) is expected
