"""The flags on an organisation's desk, as its people use them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reforms.alerts.acknowledging.actions import OVER, acknowledge_flag
from reforms.alerts.acknowledging.forms import name_of
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.models import Acknowledgement
from reforms.base.accounts import second_factor
from reforms.base.models import User
from tests.councils.writing.cast import Cast, make_cast
from tests.queries import count_queries
from tests.reforms.alerts.acknowledging.desk import DAY, WHY, closing, now
from tests.reforms.base.accounts.people import with_second_factor
from tests.reforms.pages.making import make_step
from tests.reforms.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SAY = "Acknowledge or put off"
LONG_AGO_TYPED = "1/1/2041"


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def flag(db) -> FlagDue:
    return closing()


@pytest.fixture(autouse=True)
def today(time_machine) -> None:
    time_machine.move_to(now())


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person if second_factor.has(person) else with_second_factor(person))
    return client


def page_of(person: User) -> str:
    return main_of(client_of(person).get(reverse("my-work")))


def say(cast: Cast, flag: FlagDue, move: str = "acknowledge", *, by: User | None = None, **fields: str) -> Any:
    address = reverse("my-work-flags", args=[cast.council.slug])
    return client_of(by or cast.officer).post(address, {"move": move, "flag": name_of(flag), "reason": WHY} | fields)


def part(page: str, *, is_put_aside: bool) -> str:
    """The flags that wait, or those put aside."""
    waiting, _, aside = page.partition("Acknowledged or put off (")
    return aside if is_put_aside else waiting


def test_an_acknowledged_flag_is_put_aside_with_who_when_and_why(cast, flag):
    response = say(cast, flag)

    assert response["Location"] == f"{reverse('my-work')}#{cast.council.slug}"
    page = page_of(cast.approver)
    assert flag.title not in part(page, is_put_aside=False)
    aside = part(page, is_put_aside=True)
    assert f"Acknowledged by {cast.officer}, 21 April 2041 at 9am: {WHY}" in aside
    assert "Show it again" in aside


def test_a_flag_that_was_put_off_comes_back_on_its_day(cast, flag, time_machine):
    say(cast, flag, "snooze", until="23/4/2041")
    assert "Put off until 23 April 2041" in part(page_of(cast.officer), is_put_aside=True)

    time_machine.move_to(now(2))

    page = page_of(cast.officer)
    assert flag.title in part(page, is_put_aside=False)
    assert f"Put off until 23 April 2041 by {cast.officer}" in page


def test_shown_again(cast, flag):
    say(cast, flag)
    said = Acknowledgement.objects.get()

    for words in ("It is shown again.", "That was shown again already."):
        client = client_of(cast.approver)
        client.post(reverse("my-work-flags", args=[cast.council.slug]), {"move": "show", "said": str(said.pk)})
        assert words in main_of(client.get(reverse("my-work")))
    assert flag.title in part(page_of(cast.officer), is_put_aside=False)


@pytest.mark.parametrize("typed", ["", "x", "-1", "٣", "9" * 30])
def test_showing_again_what_is_not_there_is_no_mistake_of_ours(cast, typed):
    address = reverse("my-work-flags", args=[cast.council.slug])

    assert client_of(cast.officer).post(address, {"move": "show", "said": typed}).status_code == 302


@pytest.mark.parametrize(
    ("move", "fields", "field", "words"),
    [
        pytest.param("acknowledge", {"reason": " "}, "reason", "Say why", id="no reason"),
        pytest.param("acknowledge", {"reason": "w" * 60_000}, "reason", "Shorten the reason to 300", id="a huge text"),
        pytest.param("acknowledge", {"reason": "a\x00b"}, "reason", "Null characters", id="NUL"),
        pytest.param("snooze", {}, "until", "Enter the day to be reminded on", id="no day"),
        pytest.param("snooze", {"until": "soon"}, "until", "is not a day", id="not a day"),
        pytest.param("snooze", {"until": "31/2/2041"}, "until", "is not a day", id="no such day"),
        pytest.param("snooze", {"until": LONG_AGO_TYPED}, "until", "has to be from 22 April 2041", id="a past day"),
        pytest.param("snooze", {"until": "1/1/2042"}, "until", "to 2 June 2041", id="far off"),
    ],
)
def test_a_mistake_is_said_on_the_page_at_its_field(cast, flag, move, fields, field, words):
    response = say(cast, flag, move, **fields)

    assert response.status_code == 400
    html = response.content.decode()
    page = main_of(response)
    assert "There is a problem" in page
    assert words in page
    [place] = re.findall(rf'<a href="#(flag-{cast.council.slug}-\d+-{field})">', html)
    assert f'id="{place}"' in html
    assert f'id="{place}_error"' in html
    assert '<details class="app-flag" open>' in html
    assert not Acknowledgement.objects.exists()


def test_a_reason_that_may_name_a_child_is_asked_about_once(cast, flag):
    reason = "NHS number 943 476 5919"
    first = say(cast, flag, reason=reason)
    assert first.status_code == 400
    assert "looks like an NHS number" in main_of(first)
    [heeded] = re.findall(r'name="heeded" value="(\w{64})"', first.content.decode())

    assert say(cast, flag, reason=reason, heeded=heeded).status_code == 302
    assert Acknowledgement.objects.get().reason == reason


def test_the_second_of_two_is_told_who_was_quicker(cast, flag):
    acknowledge_flag(organisation=cast.council, flag_key=flag.key, reason=WHY, by=cast.approver, now=now())

    response = say(cast, flag)

    assert response.status_code == 400
    assert f"It is acknowledged already, by {cast.approver}." in main_of(response)


@pytest.mark.parametrize(
    "name", ["", "no such flag", "consultation_closing consultation:gone 2041-05-01 14", "x" * 9000]
)
def test_a_flag_that_is_over_is_said_to_be_over(cast, flag, name):
    client = client_of(cast.officer)
    address = reverse("my-work-flags", args=[cast.council.slug])
    response = client.post(address, {"move": "acknowledge", "flag": name, "reason": WHY})

    assert response.status_code == 302
    assert OVER.rstrip(".") in main_of(client.get(reverse("my-work")))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("officer", 302),
        ("approver", 302),
        ("contributor", 403),
        ("scrutiny_member", 403),
        ("stranger", 404),
        ("administrator", 404),
    ],
)
def test_who_may(cast, flag, role, status):
    assert say(cast, flag, by=getattr(cast, role)).status_code == status
    assert Acknowledgement.objects.exists() == (status == 302)


@pytest.mark.parametrize(
    ("role", "sees_form", "sees_aside"),
    [("officer", True, True), ("contributor", False, True), ("scrutiny_member", False, False)],
)
def test_what_each_role_sees(cast, flag, role, sees_form, sees_aside):
    other = closing()
    say(cast, flag)

    page = page_of(getattr(cast, role))

    assert other.title in page
    assert (SAY in page, WHY in page, "Show it again" in page) == (sees_form, sees_aside, sees_form)


def test_public_pages_know_nothing_of_it(cast, flag, public):
    say(cast, flag)

    page = public.get("/flags/").content.decode()
    assert flag.title in page
    assert WHY not in page


def test_a_private_step_waits_for_its_own_people_alone(cast):
    make_step(cast.council, title="Quinquereme", origin="written", earliest=None, latest=DAY + timedelta(days=2))

    assert "Quinquereme" in page_of(cast.officer)
    assert "Quinquereme" in page_of(cast.scrutiny_member)
    assert "Quinquereme" not in page_of(cast.stranger)


def test_many_ask_no_more_than_few(cast, flag):
    client = client_of(cast.officer)
    say(cast, flag)
    client.get(reverse("my-work"))
    few = count_queries(lambda: client.get(reverse("my-work")))
    for number in range(9):
        other = closing()
        if number % 2:
            say(cast, other)

    assert count_queries(lambda: client.get(reverse("my-work"))) == few
    assert "Consultation closing: the other 2" in main_of(client.get(reverse("my-work")))
