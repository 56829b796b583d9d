"""What is due, from the database: set-wise, and only from what was known on the day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.models import Consultation
from councils.models import Position
from pillars.models import Commitment, Deadline, Milestone, Organisation, Phase, Programme, ProgressUpdate
from reforms.alerts import due, watched
from reforms.alerts.consultation_rules import ConsultationRow, consultation_flags
from reforms.alerts.due import NATIONAL, facts_known, flags_due, in_order
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.watched import Watch
from reforms.base.clock import civil_moment
from tests.builders import make_position, make_version
from tests.reforms.alerts.conftest import Stale, closing, wide_watch

pytestmark = pytest.mark.django_db

# A year that no fixture speaks of.
DAY = date(2041, 4, 21)
KNOWN_ON = date(2041, 1, 1)


@pytest.fixture
def owner() -> Organisation:
    return Organisation.objects.create(slug="test-owner", name="Owner", kind=Organisation.Kind.DEPARTMENT)


@pytest.fixture
def programme(owner) -> Programme:
    return Programme.objects.create(
        slug="test-plan",
        prefix="TP",
        kind=Programme.Kind.STRATEGY,
        title="The plan",
        owner=owner,
        published_on=KNOWN_ON,
        known_on=KNOWN_ON,
        commitment_noun="commitment",
        commitment_noun_plural="commitments",
    )


def make_consultation(owner: Organisation, slug: str, **values) -> Consultation:
    return Consultation.objects.create(
        **{"slug": slug, "title": slug, "owner": owner, "known_on": KNOWN_ON, "closes_at": civil_moment(DAY), **values}
    )


def make_milestone(programme: Programme, slug: str, **values) -> Milestone:
    return Milestone.objects.create(
        **{"slug": slug, "programme": programme, "title": slug, "known_on": KNOWN_ON, **values}
    )


def make_dated(programme: Programme, number: int, *, due_on: date) -> tuple[Milestone, Deadline]:
    """A milestone dated by a commitment that is due on the day."""
    commitment = Commitment.objects.create(
        reference=f"TP-0-{number:02}", programme=programme, title="Do it", strength="firm", known_on=KNOWN_ON
    )
    deadline = Deadline.objects.create(
        commitment=commitment, words="on the day", earliest=due_on, latest=due_on, known_on=KNOWN_ON
    )
    return make_milestone(programme, f"test-dated-{number}", commitment=commitment), deadline


def due_about(subject: str, *, on: date = DAY) -> list[tuple[FlagKind, date]]:
    return [(flag.kind, flag.due_on) for flag in flags_due(on=on) if flag.subject == subject]


def test_consultations_phases_and_milestones_are_watched(owner, programme):
    make_consultation(owner, "test-rules")
    make_milestone(programme, "test-launch", words="on the day", earliest=DAY, latest=DAY)
    Phase.objects.create(programme=programme, number=1, title="One", words="now", earliest=DAY, known_on=KNOWN_ON)

    found = {flag.subject: flag for flag in flags_due(on=DAY, organisations=NATIONAL)}

    assert list(found) == ["consultation:test-rules", "milestone:test-launch", "phase:test-plan/1"]
    assert [flag.url for flag in found.values()] == [
        "/consultations/test-rules/",
        "/programmes/test-plan/",
        "/programmes/test-plan/",
    ]


def test_a_closing_stored_in_utc_is_judged_in_england(owner):
    make_consultation(owner, "test-summer", closes_at=civil_moment(date(2041, 5, 11)))
    stored = Consultation.objects.get(slug="test-summer").closes_at

    assert (stored.hour, stored.tzname()) == (22, "UTC")
    assert due_about("consultation:test-summer") == [(FlagKind.CONSULTATION_CLOSING, date(2041, 5, 11))]


@pytest.mark.parametrize(
    ("known_on", "is_due"),
    [
        pytest.param(DAY, True, id="known that day"),
        pytest.param(DAY + timedelta(days=1), False, id="known a day later"),
    ],
)
def test_only_what_was_known_on_the_day_is_due(owner, known_on, is_due):
    make_consultation(owner, "test-rules", known_on=known_on)

    assert bool(due_about("consultation:test-rules")) == is_due
    later = facts_known(until=DAY + timedelta(days=9))
    assert ("consultation:test-rules" in {flag.subject for flag in later.due(on=DAY)}) == is_due


def test_a_milestone_is_dated_by_the_deadline_of_its_commitment(programme):
    milestone, _deadline = make_dated(programme, 1, due_on=DAY)

    [flag] = [flag for flag in flags_due(on=DAY) if flag.subject == "milestone:test-dated-1"]

    assert (flag.kind, flag.due_on) == (FlagKind.MILESTONE_REACHED, DAY)
    assert flag.url == milestone.commitment.get_absolute_url()


@pytest.mark.parametrize(
    ("known_on", "due_on"),
    [
        pytest.param(DAY, DAY + timedelta(days=7), id="moved by the day"),
        pytest.param(DAY + timedelta(days=1), DAY, id="moved later"),
    ],
)
def test_a_moved_deadline_moves_its_milestone_once_that_is_known(programme, known_on, due_on):
    milestone, deadline = make_dated(programme, 1, due_on=DAY)
    moved_to = DAY + timedelta(days=7)
    Deadline.objects.create(
        commitment=milestone.commitment,
        number=2,
        words="a week later",
        earliest=moved_to,
        latest=moved_to,
        replaces=deadline,
        known_on=known_on,
    )

    assert [day for _kind, day in due_about("milestone:test-dated-1")] == [due_on]


@pytest.mark.parametrize(
    ("status", "known_on", "is_due"),
    [
        pytest.param("met", DAY, False, id="reported met"),
        pytest.param("met", DAY + timedelta(days=2), True, id="reported met later"),
        pytest.param("under_way", DAY, True, id="reported under way"),
    ],
)
def test_a_milestone_has_not_passed_in_silence_once_it_is_reported_met(programme, status, known_on, is_due):
    milestone, _deadline = make_dated(programme, 1, due_on=DAY - timedelta(days=27))
    ProgressUpdate.objects.create(
        commitment=milestone.commitment, status=status, happened_on=DAY, summary="Done", known_on=known_on
    )

    kinds = [kind for kind, _day in due_about("milestone:test-dated-1", on=DAY + timedelta(days=1))]

    assert kinds == ([FlagKind.MILESTONE_PASSED] if is_due else [])


def test_a_milestone_that_was_over_when_a_source_gave_it_is_not_missing_a_report(programme):
    week_ago = DAY - timedelta(days=7)
    make_milestone(
        programme, "test-published", words="a week ago", earliest=week_ago, latest=week_ago, known_on=week_ago
    )

    assert due_about("milestone:test-published") == [(FlagKind.MILESTONE_REACHED, week_ago)]


def test_loading_takes_the_same_few_queries_whatever_there_is(owner, programme):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            list(flags_due(on=DAY))
        return len(captured)

    def add(numbers: range) -> None:
        for number in numbers:
            make_consultation(owner, f"test-{number}")
            make_dated(programme, number, due_on=DAY)
            make_milestone(programme, f"test-words-{number}", words="now", earliest=DAY)
            Phase.objects.create(
                programme=programme, number=number, title="P", words="now", earliest=DAY, known_on=KNOWN_ON
            )

    add(range(1, 3))
    few = queries()
    add(range(3, 40))

    assert queries() == few == 11


def test_answers_for_other_days_need_no_more_queries(owner, django_assert_num_queries):
    make_consultation(owner, "test-rules")
    facts = facts_known(until=DAY)

    with django_assert_num_queries(0):
        due = [facts.due(on=DAY - timedelta(days=number)) for number in range(40)]

    assert sum(map(len, due)) == 29


def test_flags_stand_by_kind_then_by_date(owner, programme):
    make_consultation(owner, "test-later", closes_at=civil_moment(DAY + timedelta(days=5)))
    make_consultation(owner, "test-sooner")
    make_consultation(owner, "test-over", closes_at=civil_moment(DAY - timedelta(days=5)))

    found = flags_due(on=DAY, organisations=NATIONAL)
    assert [flag.subject.partition(":test-")[2] for flag in found] == ["sooner", "later", "over"]


# What organisations have of their own

A_WHILE = DAY - timedelta(days=400)


def make_stale(organisation: Organisation | None = None, **values) -> Position:
    position = make_position(organisation)
    make_version(position, published_on=A_WHILE, review_on=DAY - timedelta(days=3), **values)
    return position


def stale(flags) -> set[str]:
    return {flag.subject for flag in flags if flag.kind == FlagKind.POSITION_STALE}


def test_positions_are_watched():
    position = make_stale()

    assert f"position:{position.reference}" in stale(flags_due(on=DAY))


def test_only_what_concerns_the_whole_country():
    make_stale()

    assert stale(flags_due(on=DAY, organisations=NATIONAL)) == set()


def test_of_one_organisation_and_the_whole_country(owner):
    make_consultation(owner, "test-rules")
    position, other = make_stale(), make_stale()
    again = make_stale(position.organisation)

    found = list(flags_due(on=DAY, organisations=[position.organisation.slug]))

    assert stale(found) == {f"position:{position.reference}", f"position:{again.reference}"}
    assert f"position:{other.reference}" not in stale(found)
    assert "consultation:test-rules" in {flag.subject for flag in found}


def test_what_concerns_the_whole_country_asks_nothing_of_positions(owner, django_assert_num_queries):
    make_stale()

    with django_assert_num_queries(8) as captured:
        list(flags_due(on=DAY, organisations=NATIONAL))

    assert not any("councils_position" in query["sql"] for query in captured)


def test_flags_are_made_as_they_are_asked_for(monkeypatch):
    made = []

    def due_on(day: date, organisations: Collection[str] | None) -> Iterator[FlagDue]:
        for number in range(1000):
            made.append(number)
            yield from wide_watch([Stale("devon", DAY)]).due_on(day, organisations)

    monkeypatch.setattr(due, "watches", lambda: (replace(wide_watch([]), due_on=due_on),))

    next(flags_due(on=DAY))

    assert made == [0]


def test_in_order_the_country_comes_first_then_the_earliest(watch_only):
    days = [DAY - timedelta(days=number) for number in (1, 3, 2)]
    rows = [Stale("devon", day, reference=f"SH-{place}") for place, day in enumerate(days)]
    watch_only(closing("rules", DAY), positions=rows)

    found = in_order(flags_due(on=DAY))

    assert [flag.subject.partition("/")[2] for flag in found] == ["", "SH-1", "SH-2", "SH-0"]


# The interface for other rooms


@pytest.fixture
def fresh_watches(monkeypatch):
    monkeypatch.setattr(watched, "_watches", dict(watched._watches))


def test_a_room_can_add_what_it_watches(fresh_watches):
    def load(until: date) -> Iterator[ConsultationRow]:
        yield ConsultationRow("ours", "Ours", "/ours/", KNOWN_ON, closes_at=civil_moment(DAY))

    watched.register(Watch("another", "Others", load, consultation_flags))

    assert due_about("consultation:ours") == [(FlagKind.CONSULTATION_CLOSING, DAY)]


def test_the_same_subjects_cannot_be_added_twice(fresh_watches):
    with pytest.raises(ValueError, match="consultation"):
        watched.register(watched.watches()[0])


# The data we ship


def test_on_the_committees_day_three_consultations_have_20_days_left(committee_day):
    closing = [flag for flag in flags_due(on=committee_day) if flag.kind == FlagKind.CONSULTATION_CLOSING]

    assert [flag.subject for flag in closing] == [
        "consultation:agency-social-work",
        "consultation:national-framework-and-dashboard",
        "consultation:stable-homes-strategy",
    ]
    assert {flag.reason for flag in closing} == {"Closes in 20 days, on 11 May 2023 at 11:59pm"}


def test_on_the_committees_day_phase_one_has_just_begun(committee_day):
    assert due_about("phase:stable-homes/1", on=committee_day) == [(FlagKind.PHASE_REACHED, date(2023, 4, 1))]
