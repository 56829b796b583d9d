"""Links of invitation: used once, within seven days, by the person at the address they went to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from reforms.base.accounts.invitations import (
    NotOpenError,
    accept_invitation,
    invitation_of,
    make_invitation,
    withdraw_invitations,
)
from reforms.base.models import Event, Invitation, User
from tests.reforms.base.accounts.people import CODE, is_signed_in, make_person, with_second_factor
from tests.reforms.pages.reading import source_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
PASSWORD = "seven tall silver birches"
DAY = timedelta(days=1)


@pytest.fixture
def sami() -> User:
    return User.objects.create_user("sami@example.org", name="Sami Waterhouse")


@pytest.fixture
def token(sami: User) -> str:
    return make_invitation(person=sami, by=None, now=NOW)


def address(token: str) -> str:
    return f"/accounts/invitation/{token}/"


class TestOpen:
    def test_link_is_for_one_person(self, sami: User, token: str):
        assert invitation_of(token, now=NOW).user == sami

    def test_database_has_no_link(self, token: str):
        secret = token.partition("-")[2]
        [row] = Invitation.objects.values()

        assert secret not in str(row)
        assert len(secret) >= 43

    @pytest.mark.parametrize(
        ("later", "is_open"), [pytest.param(7 * DAY - timedelta(seconds=1), True, id="7-days"), (7 * DAY, False)]
    )
    def test_seven_days(self, token: str, later: timedelta, is_open: bool):
        assert is_it_open(token, now=NOW + later) is is_open

    def test_another_takes_its_place(self, sami: User, token: str):
        newer = make_invitation(person=sami, by=None, now=NOW)

        assert [is_it_open(each, now=NOW) for each in (token, newer)] == [False, True]

    def test_taken_back(self, sami: User, token: str):
        assert withdraw_invitations(person=sami, now=NOW) == 1
        assert not is_it_open(token, now=NOW)

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"email": "another@example.org"}, id="another-address"),
            pytest.param({"is_active": False}, id="deactivated"),
        ],
    )
    def test_not_for_somebody_who_has_changed(self, sami: User, token: str, change: dict):
        User.objects.filter(pk=sami.pk).update(**change)

        assert not is_it_open(token, now=NOW)

    @pytest.mark.parametrize(
        "wrong", ["", "-", "x", "1-", "-x", "9" * 40 + "-x", "٣-x", "1-" + "x" * 5000, "1-x\n", "1.5-x", "-1-x"]
    )
    def test_made_up_links_open_nothing(self, token: str, wrong: str):
        assert not is_it_open(wrong, now=NOW)

    def test_link_of_one_person_does_not_open_another(self, token: str):
        other = make_person("other@example.org")

        assert not is_it_open(f"{other.pk}-{token.partition('-')[2]}", now=NOW)


def is_it_open(token: str, *, now: datetime) -> bool:
    try:
        invitation_of(token, now=now)
    except NotOpenError:
        return False
    return True


class TestAccept:
    def test_person_has_a_password_and_there_is_an_event(self, sami: User, token: str):
        accept_invitation(invitation=invitation_of(token, now=NOW), password=PASSWORD, now=NOW)

        sami.refresh_from_db()
        assert sami.check_password(PASSWORD)
        event = Event.objects.latest("pk")
        assert (event.verb, event.subject, event.by, event.details) == ("accept", f"person:{sami.pk}", sami, {})

    def test_second_of_two_who_use_it_is_refused(self, token: str):
        first, second = invitation_of(token, now=NOW), invitation_of(token, now=NOW)
        accept_invitation(invitation=first, password=PASSWORD, now=NOW)

        with pytest.raises(NotOpenError):
            accept_invitation(invitation=second, password="another one of mine", now=NOW)
        assert Event.objects.filter(verb="accept").count() == 1


class TestPage:
    @pytest.fixture(autouse=True)
    def now(self, time_machine) -> None:
        time_machine.move_to(NOW, tick=False)

    def choose(self, client: Client, token: str, password: str = PASSWORD, again: str | None = None, **more):
        given = {"password1": password, "password2": password if again is None else again}
        return client.post(address(token), given, **more)

    def test_says_who_it_is_for(self, public: Client, token: str):
        page = public.get(address(token))

        assert "You will sign in as sami@example.org" in words_of(page)
        assert "no-store" in page["Cache-Control"]

    def test_chooses_a_password_and_is_in(self, public: Client, sami: User, token: str):
        assert self.choose(public, token)["Location"] == "/"
        assert "Sami Waterhouse" in words_of(public.get("/"))
        assert public.get(address(token)).status_code == 404

    def test_double_submit_is_told_and_changes_nothing(self, public: Client, sami: User, token: str):
        self.choose(public, token)
        second = self.choose(Client(), token, "another one of mine")

        assert (second.status_code, "This link no longer works" in words_of(second)) == (404, True)
        sami.refresh_from_db()
        assert sami.check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("password", "again", "says"),
        [
            pytest.param("", "", "Enter a password", id="nothing"),
            pytest.param("short", "short", "too short", id="short"),
            pytest.param("waterhouse 1999", "waterhouse 1999", "“Waterhouse”", id="own-name"),
            pytest.param(PASSWORD, "another", "same password each time", id="not-the-same"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_link_still_works(
        self, public: Client, token: str, password: str, again: str, says: str
    ):
        response = self.choose(public, token, password, again)

        assert says in words_of(response)
        assert "<title>Error: " in source_of(response)
        assert public.get(address(token)).status_code == 200

    def test_somebody_else_who_is_signed_in_is_signed_out(self, public: Client, token: str):
        public.force_login(make_person())
        self.choose(public, token)

        page = words_of(public.get("/"))
        assert ("Sami Waterhouse" in page, "Maya Thornbury" in page) == (True, False)

    def test_second_factor_is_asked_where_there_is_one(self, public: Client, sami: User, token: str):
        with_second_factor(sami)

        assert self.choose(public, token)["Location"] == CODE
        assert not is_signed_in(public)

    def test_form_needs_its_token(self, token: str):
        assert self.choose(Client(enforce_csrf_checks=True), token).status_code == 403

    @pytest.mark.parametrize("wrong", ["x", "1-x", "9999999999-abc"])
    def test_made_up_link_is_not_found(self, public: Client, wrong: str):
        assert public.get(address(wrong)).status_code == 404
