"""Acknowledging, putting off and showing again: who may, what is kept, and what asks again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from consultations.models import Consultation
from councils.permissions import NotAllowedError
from reforms.alerts.acknowledging.actions import (
    GONE,
    OVER,
    RefusedError,
    acknowledge_flag,
    plain_key,
    said_key,
    snooze_flag,
    take_back,
    wrong_day,
)
from reforms.alerts.due import flags_due
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.models import Acknowledgement
from reforms.base.clock import civil_moment
from reforms.base.models import Event
from tests.councils.writing.at_once import Office
from tests.councils.writing.cast import Cast, make_cast
from tests.reforms.alerts.acknowledging.desk import CLOSES_ON, DAY, WHY, closing, now
from tests.reforms.pages.making import make_step


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def flag(db) -> FlagDue:
    return closing()


def acknowledge(cast: Cast, flag: FlagDue, **values: Any) -> Acknowledgement:
    given = {"organisation": cast.council, "flag_key": flag.key, "reason": WHY, "by": cast.officer, "now": now()}
    return acknowledge_flag(**given | values)


def snooze(cast: Cast, flag: FlagDue, **values: Any) -> Acknowledgement:
    given = {"organisation": cast.council, "flag_key": flag.key, "reason": WHY, "by": cast.officer, "now": now()}
    return snooze_flag(**given | {"until": DAY + timedelta(days=3)} | values)


def events() -> list[Event]:
    return list(Event.objects.filter(verb__endswith="_flag").order_by("pk"))


def test_acknowledging_keeps_who_when_and_why(cast, flag):
    said = acknowledge(cast, flag, reason=f"  {WHY} ")

    assert (said.organisation, said.by, said.at, said.reason) == (cast.council, cast.officer, now(), WHY)
    assert (said_key(said), said.snoozed_until) == (plain_key(flag), None)


def test_each_leaves_an_event_without_the_reason(cast, flag):
    said = snooze(cast, flag)
    take_back(organisation=cast.council, key=said.pk, by=cast.approver, now=now())
    acknowledge(cast, flag)

    found = events()
    assert [(each.verb, each.state_before, each.state_after, each.by) for each in found] == [
        ("snooze_flag", "due", "put off", cast.officer),
        ("take_back_flag", "put off", "due", cast.approver),
        ("acknowledge_flag", "due", "acknowledged", cast.officer),
    ]
    assert {(each.subject, each.organisation) for each in found} == {(flag.subject, cast.council.slug)}
    key = {"kind": flag.kind.value, "due_on": CLOSES_ON.isoformat(), "threshold": flag.threshold}
    assert [each.details for each in found] == [key | {"until": "2041-04-24"}, key, key]


@pytest.mark.parametrize("role", ["officer", "approver", "contributor", "scrutiny_member", "stranger", "administrator"])
def test_who_may(cast, flag, role):
    by = getattr(cast, role)

    if role in ("officer", "approver"):
        said = acknowledge(cast, flag, by=by)
        take_back(organisation=cast.council, key=said.pk, by=by, now=now())
        return
    said = acknowledge(cast, flag)
    for move in (acknowledge, snooze):
        with pytest.raises(NotAllowedError):
            move(cast, flag, by=by)
    with pytest.raises(NotAllowedError):
        take_back(organisation=cast.council, key=said.pk, by=by, now=now())
    assert Acknowledgement.objects.get() == said


def refused(do: Callable[[], Any]) -> tuple[str, str]:
    """The words and the field of a refusal."""
    with pytest.raises(RefusedError) as caught:
        do()
    return str(caught.value), caught.value.field


@pytest.mark.parametrize(
    "reason", [pytest.param("", id="none"), pytest.param(" \n", id="blank"), pytest.param("w" * 301, id="too long")]
)
def test_a_reason_is_asked_for_and_is_short(cast, flag, reason):
    assert refused(lambda: acknowledge(cast, flag, reason=reason))[1] == "reason"
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize(
    ("until", "due_on", "words"),
    [
        pytest.param(DAY, CLOSES_ON, "Day to be reminded on has to be from 22 April 2041 to 2 June 2041", id="today"),
        pytest.param(
            date(2020, 1, 1),
            CLOSES_ON,
            "Day to be reminded on has to be from 22 April 2041 to 2 June 2041",
            id="long past",
        ),
        pytest.param(DAY + timedelta(days=1), CLOSES_ON, "", id="tomorrow"),
        pytest.param(CLOSES_ON + timedelta(days=28), CLOSES_ON, "", id="28 days after it is due"),
        pytest.param(
            CLOSES_ON + timedelta(days=29),
            CLOSES_ON,
            "Day to be reminded on has to be from 22 April 2041 to 2 June 2041",
            id="29 days",
        ),
        pytest.param(
            DAY + timedelta(days=1),
            DAY - timedelta(days=28),
            "It is over by tomorrow, so it cannot be put off. Acknowledge it instead",
            id="over by tomorrow",
        ),
    ],
)
def test_the_day_it_is_put_off_to(until, due_on, words):
    assert wrong_day(until, due_on=due_on, today=DAY) == words


def test_a_wrong_day_keeps_nothing(cast, flag):
    assert refused(lambda: snooze(cast, flag, until=DAY))[1] == "until"
    assert not Acknowledgement.objects.exists()


def test_the_same_twice_is_kept_once_and_the_second_is_told(cast, flag):
    acknowledge(cast, flag)

    words, field = refused(lambda: snooze(cast, flag, by=cast.approver))
    assert (words, field) == (f"It is acknowledged already, by {cast.officer}.", "")
    assert Acknowledgement.objects.get().by == cast.officer
    assert len(events()) == 1


def test_what_was_put_off_until_today_can_be_put_off_again(cast, flag):
    snooze(cast, flag)
    assert "until 24 April 2041" in refused(lambda: snooze(cast, flag, now=now(2)))[0]

    said = snooze(cast, flag, until=DAY + timedelta(days=8), now=now(3))

    assert Acknowledgement.objects.get() == said


def test_each_organisation_speaks_for_itself(cast, flag):
    said = acknowledge(cast, flag)
    acknowledge(cast, flag, organisation=cast.other_council, by=cast.stranger)

    assert (
        refused(lambda: take_back(organisation=cast.other_council, key=said.pk, by=cast.stranger, now=now()))[0] == GONE
    )
    assert Acknowledgement.objects.count() == 2
    assert set(Acknowledgement.objects.visible_to(cast.officer)) == {said}


def test_showing_again_twice_says_that_it_is_shown(cast, flag):
    said = acknowledge(cast, flag)
    take_back(organisation=cast.council, key=said.pk, by=cast.officer, now=now())

    assert refused(lambda: take_back(organisation=cast.council, key=said.pk, by=cast.officer, now=now()))[0] == GONE
    assert len(events()) == 2


def test_a_flag_that_is_not_due_is_refused(cast, flag):
    assert refused(lambda: acknowledge(cast, flag, now=now(60)))[0] == OVER


def test_a_step_of_another_organisation_is_not_due_here(cast, db):
    latest = DAY + timedelta(days=2)
    make_step(cast.other_council, latest=latest, earliest=None, origin="written")
    [flag] = [
        each
        for each in flags_due(on=DAY, organisations=[cast.other_council.slug], are_private=True)
        if each.organisation
    ]

    assert refused(lambda: acknowledge(cast, flag))[0] == OVER
    acknowledge(cast, flag, organisation=cast.other_council, by=cast.stranger)


def keys_due(days: int = 0) -> set[tuple]:
    return {plain_key(flag) for flag in flags_due(on=DAY + timedelta(days=days))}


def test_a_moved_date_and_the_next_threshold_ask_again(cast, flag):
    said = said_key(acknowledge(cast, flag))

    assert said in keys_due()
    assert said not in keys_due(7)  # seven days are left
    slug = flag.subject.partition(":")[2]
    Consultation.objects.filter(slug=slug).update(closes_at=civil_moment(CLOSES_ON + timedelta(days=1)))
    assert said not in keys_due()


# Two at once, on real connections


@pytest.mark.long
def test_of_two_at_once_one_is_kept_and_the_other_is_told(office: Office):
    cast = office.alone(make_cast)
    flag = office.alone(closing)

    def say(by: Any) -> str:
        try:
            acknowledge(cast, flag, by=by)
        except RefusedError as error:
            return str(error)
        return "kept"

    said = office.at_once(lambda: say(cast.officer), lambda: say(cast.approver), lambda: say(cast.second_officer))

    assert sorted(words == "kept" for words in said) == [False, False, True]
    assert all(words == "kept" or words.startswith("It is acknowledged already, by ") for words in said)
    assert office.alone(Acknowledgement.objects.count) == 1
    assert office.alone(lambda: len(events())) == 1
