"""What stands in whose calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from councils.models import Membership, Renewal
from pillars.models import Organisation
from reforms.alerts.calendars import facts
from reforms.alerts.calendars.entries import Entry, Kind
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Acknowledgement
from reforms.base.models import User
from tests.builders import (
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_position,
    make_version,
)
from tests.queries import count_queries
from tests.reforms.pages.making import SPRING, make_member, make_milestone, make_phase, make_step

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
COMING = date(2026, 12, 1)
CANARY = "KNOWN-ONLY-TO-US"


def named(entries: list[Entry], kind: Kind, reference: str) -> Entry | None:
    return next((each for each in entries if each.name == f"{kind.value}-{reference}"), None)


def nation(kind: Kind, reference: str) -> Entry | None:
    return named(facts.of_the_nation(on=TODAY), kind, reference)


# The nation


def test_a_consultation_of_the_strategy_closes_to_the_minute():
    found = nation(Kind.CONSULTATION_CLOSES, "stable-homes-strategy")

    assert found is not None
    assert found.starts == datetime(2023, 5, 11, 22, 59, tzinfo=UTC)
    assert found.alarms == (7, 1)
    assert found.path == "/consultations/stable-homes-strategy/"
    assert "Closes 11 May 2023 at 11:59pm." in found.about
    assert "Source: " in found.about


def test_it_opens_on_the_civil_day():
    found = nation(Kind.CONSULTATION_OPENS, "working-together")

    assert found is not None
    assert (found.starts, found.last) == (date(2023, 6, 21), date(2023, 6, 21))


@pytest.mark.parametrize(
    ("is_promised_by", "stands"),
    [pytest.param(False, True, id="by nobody"), pytest.param(True, False, id="as a deadline")],
)
def test_a_promised_consultation_stands_once(is_promised_by, stands):
    window = {"opens_words": "Spring 2023", "opens_earliest": SPRING["earliest"], "opens_latest": SPRING["latest"]}
    promise = make_commitment() if is_promised_by else None
    found = make_consultation(is_promised=True, promised_by=promise, **window)

    assert (nation(Kind.CONSULTATION_OPENS, found.slug) is not None) is stands
    assert nation(Kind.CONSULTATION_CLOSES, found.slug) is None


def test_a_phase_has_a_first_and_a_last_day():
    phase = make_phase(make_commitment().programme)

    first, last = nation(Kind.PHASE_BEGINS, phase.reference), nation(Kind.PHASE_ENDS, phase.reference)
    assert first is not None
    assert last is not None
    assert (first.starts, last.starts) == (SPRING["earliest"], SPRING["latest"])


def test_what_a_milestone_marks_stands_once():
    deadline = make_deadline(make_commitment(), **SPRING)
    milestone = make_milestone(deadline.commitment.programme, commitment=deadline.commitment)

    found = nation(Kind.MILESTONE, milestone.slug)
    assert found is not None
    assert (found.starts, found.last) == (SPRING["earliest"], SPRING["latest"])
    assert nation(Kind.DEADLINE, f"{deadline.reference}-{deadline.number}") is None


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param({"known_on": COMING}, id="not yet known"),
        pytest.param({"earliest": None, "latest": None}, id="without a date"),
    ],
)
def test_a_deadline_that_has_no_place_is_left_out(hidden):
    deadline = make_deadline(make_commitment(), **SPRING | hidden)

    assert nation(Kind.DEADLINE, f"{deadline.reference}-{deadline.number}") is None


def test_deadlines_of_what_is_part_of_another_are_left_out():
    deadline = make_deadline(make_commitment(merged_into=make_commitment()), **SPRING)

    assert nation(Kind.DEADLINE, f"{deadline.reference}-{deadline.number}") is None


# A council


def test_a_public_timetable_stands_in_its_councils_calendar_alone():
    lincolnshire = Organisation.objects.get(slug="lincolnshire")
    own = facts.of_a_council(lincolnshire, on=TODAY)

    found = named(own, Kind.STEP, "lincolnshire/step-2")
    assert found is not None
    assert found.starts == date(2023, 4, 21)
    assert found.title.startswith("Lincolnshire: Take the proposals")
    assert nation(Kind.STEP, "lincolnshire/step-2") is None
    assert named(facts.of_a_council(make_council().organisation, on=TODAY), Kind.STEP, "lincolnshire/step-2") is None


def test_a_review_stands_on_its_day_and_moves_with_a_renewal():
    version = make_version(review_on=date(2026, 12, 24), published_on=date(2026, 6, 24))
    organisation, reference = version.position.organisation, version.position.reference
    first = named(facts.of_a_council(organisation, on=TODAY), Kind.REVIEW, reference)
    Renewal.objects.create(
        version=version, by=make_member(organisation), at=NOW, renewed_on=TODAY, review_on=date(2027, 5, 22)
    )
    second = named(facts.of_a_council(organisation, on=TODAY), Kind.REVIEW, reference)

    assert first is not None
    assert second is not None
    assert (first.starts, second.starts) == (date(2026, 12, 24), date(2027, 5, 22))
    assert second.known_on == TODAY
    assert second.path == f"/councils/{organisation.slug}/#position-{version.position_id}"


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn", "discarded"])
def test_only_what_is_published_has_a_review(state):
    day = date(2026, 6, 24) if state == "withdrawn" else None
    version = make_version(state=state, published_on=day, known_on=TODAY, review_on=COMING)

    own = facts.of_a_council(version.position.organisation, on=TODAY)
    assert named(own, Kind.REVIEW, version.position.reference) is None


# A person


@pytest.fixture
def private_step():
    return make_step(make_council().organisation, title=CANARY, origin="written")


def test_a_private_step_is_for_its_own_people(private_step):
    council = private_step.organisation
    reference = private_step.reference
    mine = facts.of_a_person(make_member(council, Membership.Role.SCRUTINY_MEMBER), on=TODAY)
    theirs = facts.of_a_person(make_member(make_council().organisation), on=TODAY)

    assert named(mine, Kind.STEP, reference) is not None
    for entries in (theirs, facts.of_the_nation(on=TODAY), facts.of_a_council(council, on=TODAY)):
        assert CANARY not in str(entries)


def test_a_role_that_is_taken_away_shows_no_more(private_step):
    person = make_member(private_step.organisation)
    Membership.objects.filter(user=person).delete()

    assert CANARY not in str(facts.of_a_person(person, on=TODAY))


def snooze(organisation: Organisation, by: User, until: date) -> Acknowledgement:
    return Acknowledgement.objects.create(
        organisation=organisation,
        kind=FlagKind.POSITION_STALE,
        subject="position:kent/SH-4",
        due_on=date(2026, 10, 1),
        snoozed_until=until,
        reason=CANARY,
        by=by,
        at=NOW,
    )


@pytest.mark.parametrize(
    ("until", "stands"),
    [
        pytest.param(COMING, True, id="ahead"),
        pytest.param(TODAY, True, id="today"),
        pytest.param(date(2026, 11, 21), False, id="over"),
    ],
)
def test_a_snoozed_flag_comes_back_for_its_own_organisation(until, stands):
    organisation = make_council().organisation
    person, stranger = make_member(organisation), make_member(make_council().organisation)
    snooze(organisation, person, until)
    kinds = [{each.kind for each in facts.of_a_person(who, on=TODAY)} for who in (person, stranger)]

    assert [Kind.SNOOZED in each for each in kinds] == [stands, False]
    assert CANARY not in str(facts.of_a_person(person, on=TODAY))


def test_everybodys_entries_hold_everyones(private_step):
    person = make_member(private_step.organisation)
    snooze(private_step.organisation, person, COMING)
    everything = {each.name: each for each in facts.of_everybody(on=TODAY)}
    lincolnshire = Organisation.objects.get(slug="lincolnshire")

    for entries in (facts.of_a_person(person, on=TODAY), facts.of_a_council(lincolnshire, on=TODAY)):
        assert [everything.get(each.name) for each in entries] == entries


def test_a_larger_organisation_costs_no_more_queries(private_step):
    organisation = private_step.organisation
    person = make_member(organisation)
    make_version(make_position(organisation), review_on=COMING)
    before = count_queries(lambda: facts.of_a_person(person, on=TODAY))
    for _ in range(10):
        make_step(organisation, origin="written")
        make_version(make_position(organisation), review_on=COMING)
        make_step(make_council().organisation)

    assert count_queries(lambda: facts.of_a_person(person, on=TODAY)) == before
