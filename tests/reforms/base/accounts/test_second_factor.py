"""A second factor: who must have one, where they are led until they do, and how it is used."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from councils.models import Council, Membership
from reforms.base.accounts.second_factor import has_yet_to_set_up, must_have
from reforms.base.models import User
from tests.reforms.base.accounts.people import (
    CODE,
    PASSWORD,
    code_of,
    is_signed_in,
    make_person,
    sign_in,
    with_second_factor,
)
from tests.reforms.pages.reading import source_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SET_UP = "/accounts/second-factor/set-up/"
TURN_OFF = "/accounts/second-factor/turn-off/"
CODES = "/accounts/second-factor/codes/"


def member(role: str, **values) -> User:
    person = make_person(f"{role}@example.org", **values)
    organisation = Council.objects.get(organisation__slug="lincolnshire").organisation
    Membership.objects.create(user=person, organisation=organisation, role=role)
    return person


def administrator(**values) -> User:
    return make_person("nell@example.org", is_staff=True, is_superuser=True, **values)


@pytest.mark.parametrize(
    ("role", "is_demo", "is_embedded", "expected"),
    [
        pytest.param("contributor", False, True, False, id="contributor"),
        pytest.param("officer", False, True, False, id="officer"),
        pytest.param("scrutiny_member", False, True, False, id="scrutiny-member"),
        pytest.param("approver", False, True, True, id="approver"),
        pytest.param("approver", True, True, False, id="approver-of-the-demo"),
        pytest.param("approver", True, False, True, id="approver-of-the-demo-on-a-database-of-the-user-s"),
        pytest.param("administrator", False, True, True, id="administrator"),
        pytest.param("administrator", True, True, False, id="administrator-of-the-demo"),
        pytest.param("administrator", True, False, True, id="administrator-of-the-demo-on-a-database-of-the-user-s"),
    ],
)
def test_must_have(settings, role: str, is_demo: bool, is_embedded: bool, expected: bool):
    settings.IS_EMBEDDED_DATABASE = is_embedded
    person = administrator(is_demo=is_demo) if role == "administrator" else member(role, is_demo=is_demo)

    assert must_have(person) is expected
    assert has_yet_to_set_up(person) is expected
    assert not has_yet_to_set_up(with_second_factor(person))


@pytest.fixture
def approver() -> User:
    return member("approver")


class TestUntilItIsSetUp:
    @pytest.mark.parametrize("address", ["/accounts/", "/accounts/password/", "/accounts/people/", "/admin/"])
    def test_private_pages_lead_to_it(self, public: Client, address: str):
        public.force_login(administrator())

        assert public.get(address)["Location"] == SET_UP
        assert public.post(address)["Location"] == SET_UP

    @pytest.mark.parametrize("address", ["/", "/councils/lincolnshire/", "/commitments.json"])
    def test_public_pages_stay_open(self, public: Client, approver: User, address: str):
        public.force_login(approver)

        assert public.get(address).status_code == 200

    def test_one_can_sign_out(self, public: Client, approver: User):
        public.force_login(approver)
        public.post("/accounts/sign-out/")

        assert not is_signed_in(public)

    def test_role_given_bites_at_the_next_request(self, public: Client):
        person = member("officer")
        public.force_login(person)
        assert public.get("/accounts/").status_code == 200

        Membership.objects.filter(user=person).update(role="approver")
        assert public.get("/accounts/")["Location"] == SET_UP

    def test_others_may_do_without(self, public: Client):
        public.force_login(member("officer"))

        assert public.get("/accounts/").status_code == 200

    def test_without_the_rule_private_pages_are_open(self, public: Client, approver: User, monkeypatch):
        monkeypatch.setattr("reforms.base.accounts.second_factor.must_have", lambda person: False)
        public.force_login(approver)

        assert public.get("/accounts/").status_code == 200


class TestSetUp:
    def test_from_sign_in_to_recovery_codes(self, public: Client, approver: User):
        sign_in(public, approver.email)
        page = public.get("/accounts/", follow=True)
        secret = page.context["form"].secret
        assert page.redirect_chain == [(SET_UP, 302)]
        assert secret in words_of(page)

        assert public.post(SET_UP, {"code": self.code(secret)})["Location"] == CODES
        assert "10 of 10 are left" in words_of(public.get(CODES))
        assert public.get("/accounts/").status_code == 200

    def code(self, secret: str) -> str:
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    def test_picture_stands_in_the_page_without_style_or_address(self, public: Client, approver: User):
        sign_in(public, approver.email)
        [svg] = re.findall(r'(?s)<div class="app-qr".*?>(.*?)</div>', source_of(public.get(SET_UP)))

        assert svg.startswith("<svg ")
        assert "style" not in svg
        assert "data:" not in source_of(public.get(SET_UP))

    @pytest.mark.parametrize("code", ["", "000000", "abc", "1" * 5000, "1\0"])
    def test_wrong_code_turns_nothing_on(self, public: Client, approver: User, code: str):
        sign_in(public, approver.email)
        public.get(SET_UP)
        response = public.post(SET_UP, {"code": code})

        assert "There is a problem" in words_of(response)
        assert not Authenticator.objects.exists()

    def test_asks_for_the_password_again_some_minutes_after_signing_in(
        self, public: Client, approver: User, time_machine
    ):
        time_machine.move_to("2026-11-21 09:00 +0000", tick=False)
        sign_in(public, approver.email)
        time_machine.shift(6 * 60)
        again = public.get(SET_UP)
        assert again["Location"] == f"/accounts/confirm/?next={SET_UP.replace('/', '%2F')}"

        assert "Enter your password" in words_of(public.post(again["Location"], {"password": "wrong"}))
        assert public.post(again["Location"], {"password": PASSWORD})["Location"] == SET_UP
        assert public.get(SET_UP).status_code == 200


class TestSignIn:
    @pytest.fixture
    def half_way(self, public: Client, approver: User) -> Client:
        """The password was right, and the code is still to come."""
        with_second_factor(approver)
        assert sign_in(public, approver.email)["Location"] == CODE
        return public

    def test_password_alone_opens_nothing(self, half_way: Client):
        assert not is_signed_in(half_way)
        assert half_way.get("/accounts/")["Location"].startswith("/accounts/sign-in/")

    def test_code_of_the_app(self, half_way: Client, approver: User):
        assert half_way.post(CODE, {"code": code_of(approver)})["Location"] == "/"
        assert is_signed_in(half_way)

    def test_code_of_the_app_works_once(self, half_way: Client, approver: User):
        code = code_of(approver)
        half_way.post(CODE, {"code": code})
        other = Client()
        sign_in(other, approver.email)

        assert "Enter the code that your app shows now" in words_of(other.post(CODE, {"code": code}))

    def test_recovery_code_works_once(self, half_way: Client, approver: User):
        [kept] = Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES)
        code = RecoveryCodes(kept).get_unused_codes()[0]
        half_way.post(CODE, {"code": code})
        assert is_signed_in(half_way)

        other = Client()
        sign_in(other, approver.email)
        other.post(CODE, {"code": code})
        assert not is_signed_in(other)

    @pytest.mark.parametrize("code", ["", "000000", "\0", "९" * 6])
    def test_wrong_code_is_a_form_error(self, half_way: Client, code: str):
        response = half_way.post(CODE, {"code": code})

        assert response.status_code == 200
        assert "There is a problem" in words_of(response)
        assert not is_signed_in(half_way)

    def test_one_can_start_again(self, half_way: Client):
        assert half_way.get("/accounts/sign-in/")["Location"] == CODE
        assert half_way.post("/accounts/sign-in/again/")["Location"] == "/accounts/sign-in/"
        assert half_way.get("/accounts/sign-in/").status_code == 200

    def test_leads_where_the_person_was_going(self, public: Client, approver: User):
        with_second_factor(approver)
        public.post("/accounts/sign-in/", {"username": approver.email, "password": PASSWORD, "next": "/flags/"})

        assert public.post(CODE, {"code": code_of(approver)})["Location"] == "/flags/"


class TestTurningOff:
    def test_approver_cannot(self, public: Client, approver: User):
        sign_in(public, with_second_factor(approver).email)
        public.post(CODE, {"code": code_of(approver)})

        assert "you cannot turn it off" in words_of(public.post(TURN_OFF))
        assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()

    def test_officer_can(self, public: Client):
        officer = with_second_factor(member("officer"))
        sign_in(public, officer.email)
        public.post(CODE, {"code": code_of(officer)})

        assert public.post(TURN_OFF)["Location"] == "/accounts/second-factor/"
        assert not Authenticator.objects.exists()
        assert "Your second factor is off." in words_of(public.get("/accounts/second-factor/"))


class TestRecoveryCodes:
    @pytest.fixture
    def signed_in(self, public: Client, approver: User) -> Client:
        sign_in(public, with_second_factor(approver).email)
        public.post(CODE, {"code": code_of(approver)})
        return public

    def test_new_ones_take_the_place_of_the_old(self, signed_in: Client):
        before = signed_in.get(CODES).context["unused_codes"]

        assert signed_in.post(f"{CODES}new/")["Location"] == CODES
        assert not set(before) & set(signed_in.get(CODES).context["unused_codes"])

    def test_file_has_them_all(self, signed_in: Client):
        response = signed_in.get("/accounts/second-factor/codes.txt")

        assert response["Content-Type"].startswith("text/plain")
        assert set(signed_in.get(CODES).context["unused_codes"]) <= set(source_of(response).split())

    def test_there_are_none_without_a_second_factor(self, public: Client):
        sign_in(public, member("officer").email)

        assert public.get(CODES).status_code == 404


def test_administrators_site_shows_no_secret(public: Client):
    nell = with_second_factor(administrator())
    sign_in(public, nell.email)
    public.post(CODE, {"code": code_of(nell)})

    assert public.get("/admin/").status_code == 200
    for model in ("mfa/authenticator", "account/emailaddress", "socialaccount/socialapp", "base/invitation"):
        assert public.get(f"/admin/{model}/").status_code == 404
