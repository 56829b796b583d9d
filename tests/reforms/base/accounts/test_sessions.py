"""Two hours idle, twelve in all; and a person who was let go is out at the next request."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client

from reforms.base.accounts import sessions
from reforms.base.models import User
from tests.reforms.base.accounts.people import is_signed_in, make_person, sign_in

BEGAN = datetime(2026, 11, 21, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def session(*, seen: timedelta = timedelta(0)) -> SessionStore:
    """One that began at nine, and was last used so much later."""
    made = SessionStore()
    sessions.begin(made, now=BEGAN)
    made[sessions.SEEN] = (BEGAN + seen).timestamp()
    return made


@pytest.mark.parametrize(
    ("seen", "later", "ended", "is_over"),
    [
        pytest.param(0 * HOUR, 0 * HOUR, None, False, id="at-once"),
        pytest.param(0 * HOUR, 2 * HOUR - SECOND, None, False, id="just-under-two-hours-idle"),
        pytest.param(0 * HOUR, 2 * HOUR, None, True, id="two-hours-idle"),
        pytest.param(11 * HOUR, 12 * HOUR - SECOND, None, False, id="just-under-twelve-hours"),
        pytest.param(11 * HOUR, 12 * HOUR, None, True, id="twelve-hours"),
        pytest.param(1 * HOUR, 1 * HOUR, BEGAN - SECOND, False, id="ended-before-it-began"),
        pytest.param(1 * HOUR, 1 * HOUR, BEGAN, True, id="ended-as-it-began"),
        pytest.param(1 * HOUR, 1 * HOUR, BEGAN + SECOND, True, id="ended-since"),
        pytest.param(0 * HOUR, -1 * HOUR, None, False, id="clock-put-back"),
    ],
)
def test_is_over(seen: timedelta, later: timedelta, ended: datetime | None, is_over: bool):
    assert sessions.is_over(session(seen=seen), ended_at=ended, now=BEGAN + later) is is_over


@pytest.mark.parametrize(("ended", "is_over"), [(None, False), (BEGAN, True)])
def test_session_of_which_nothing_is_known_ends_with_all_others(ended: datetime | None, is_over: bool):
    assert sessions.is_over(SessionStore(), ended_at=ended, now=BEGAN) is is_over


@pytest.mark.django_db
class TestRequests:
    @pytest.fixture
    def maya(self) -> User:
        return make_person()

    @pytest.fixture
    def client(self, maya: User, time_machine) -> Client:
        time_machine.move_to(BEGAN, tick=False)
        client = Client()
        sign_in(client)
        return client

    @pytest.mark.parametrize(
        ("hours", "is_in"),
        [
            pytest.param([1.9], True, id="within-two-hours"),
            pytest.param([2], False, id="idle"),
            pytest.param([1.9] * 6, True, id="busy-for-eleven-hours"),
            pytest.param([1.9] * 6 + [0.6], False, id="twelve-hours-however-busy"),
        ],
    )
    def test_how_long_somebody_stays_signed_in(self, client: Client, time_machine, hours: list[float], is_in: bool):
        for wait in hours:
            time_machine.shift(wait * HOUR)
            found = is_signed_in(client)

        assert found is is_in

    def test_private_page_sends_to_sign_in_and_back(self, client: Client, time_machine):
        time_machine.shift(2 * HOUR)

        assert client.get("/accounts/")["Location"] == "/accounts/sign-in/?next=/accounts/"
        assert not Session.objects.exists()

    def test_signing_in_again_begins_anew(self, client: Client, time_machine):
        time_machine.shift(13 * HOUR)
        sign_in(client)
        time_machine.shift(1.9 * HOUR)

        assert is_signed_in(client)

    def test_use_is_written_once_a_minute(self, client: Client, time_machine):
        client.get("/accounts/")
        before = Session.objects.get().session_data
        time_machine.shift(59)
        client.get("/accounts/")

        assert Session.objects.get().session_data == before
        time_machine.shift(1)
        client.get("/accounts/")
        assert Session.objects.get().session_data != before

    def test_session_from_before_these_limits_begins_now(self, maya: User, time_machine):
        time_machine.move_to(BEGAN, tick=False)
        client = Client()
        client.force_login(maya)

        assert is_signed_in(client)
        time_machine.shift(1.9 * HOUR)
        assert is_signed_in(client)
        time_machine.shift(2 * HOUR)
        assert not is_signed_in(client)

    def test_person_who_is_deactivated_is_out(self, client: Client, maya: User):
        User.objects.update(is_active=False)

        assert not is_signed_in(client)

    def test_sessions_that_were_ended_stay_so(self, client: Client, maya: User, time_machine):
        User.objects.update(sessions_ended_at=BEGAN + SECOND)
        time_machine.shift(2 * SECOND)

        assert not is_signed_in(client)
        sign_in(client)
        assert is_signed_in(client)

    def test_cookie_ends_with_the_browser(self, client: Client):
        assert client.cookies["sessionid"]["expires"] == ""
        assert client.cookies["sessionid"]["httponly"]

    @pytest.mark.parametrize(
        ("name", "hours"),
        [
            pytest.param("SESSION_IDLE_SECONDS", [3], id="idle"),
            pytest.param("SESSION_LONGEST_SECONDS", [1.9] * 7, id="longest"),
        ],
    )
    def test_without_its_limit_a_session_goes_on(self, client: Client, time_machine, settings, name: str, hours):
        setattr(settings, name, 10**9)
        for wait in hours:
            time_machine.shift(wait * HOUR)

            assert is_signed_in(client)


@pytest.mark.django_db
def test_nothing_is_read_for_a_visitor_without_a_session(public: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        public.get("/livez")
    public.cookies["sessionid"] = "made-up"
    with django_assert_num_queries(0):
        public.get("/livez")
