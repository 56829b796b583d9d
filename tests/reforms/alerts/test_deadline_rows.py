"""Deadlines from the database: which are flagged, and at what cost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pillars.ledger import entries
from pillars.models import Commitment, Deadline
from reforms.alerts.deadline_rows import load_deadlines
from reforms.alerts.due import NATIONAL, flags_due
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.for_pages import flags_about
from reforms.alerts.kinds import FlagKind
from tests.builders import make_commitment, make_consultation, make_deadline, make_update
from tests.queries import count_queries
from tests.reforms.pages.making import make_milestone

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# A year that no fixture speaks of.
DAY = date(2041, 4, 21)
KNOWN_ON = date(2041, 1, 1)
CLOSES_ON = DAY + timedelta(days=10)


def make_due(commitment: Commitment | None = None, **values) -> Deadline:
    """A deadline that closes in ten days."""
    commitment = commitment or make_commitment(known_on=KNOWN_ON)
    return make_deadline(commitment, **{"latest": CLOSES_ON, "known_on": KNOWN_ON} | values)


def about(*deadlines: Deadline, on: date = DAY) -> list[FlagDue]:
    names = {f"deadline:{each.commitment.reference}/{each.number}" for each in deadlines}
    return [flag for flag in flags_due(on=on, organisations=NATIONAL) if flag.subject in names]


def test_a_deadline_is_flagged_under_its_commitment():
    deadline = make_due()

    [flag] = about(deadline)
    assert (flag.kind, flag.due_on, flag.days) == (FlagKind.DEADLINE_CLOSING, CLOSES_ON, 10)
    assert (flag.title, flag.url) == (deadline.commitment.title, deadline.commitment.get_absolute_url())


@pytest.mark.parametrize(
    ("of_commitment", "of_deadline"),
    [
        pytest.param({}, {"known_on": DAY + timedelta(days=1)}, id="not known yet"),
        pytest.param({"known_on": DAY + timedelta(days=1)}, {}, id="its commitment not known yet"),
        pytest.param({"kind": Commitment.Kind.RECOMMENDATION}, {}, id="asked for, not promised"),
        pytest.param({}, {"latest": None}, id="no date"),
    ],
)
def test_not_flagged(of_commitment, of_deadline):
    assert about(make_due(make_commitment(**{"known_on": KNOWN_ON} | of_commitment), **of_deadline)) == []


def test_what_was_found_to_be_part_of_another_is_not_flagged():
    merged = make_commitment(known_on=KNOWN_ON, merged_into=make_commitment(known_on=KNOWN_ON))

    assert about(make_due(merged)) == []


def test_a_moved_deadline_takes_over_on_the_day_that_is_known():
    old = make_due()
    new = make_due(old.commitment, latest=CLOSES_ON + timedelta(days=5), replaces=old, known_on=DAY)

    assert [flag.due_on for flag in about(old, new, on=DAY - timedelta(days=1))] == [old.latest]
    assert [flag.due_on for flag in about(old, new)] == [new.latest]


@pytest.mark.parametrize(
    ("known_on", "kinds"),
    [
        pytest.param(KNOWN_ON, [], id="left to its milestone"),
        pytest.param(DAY + timedelta(days=1), [FlagKind.DEADLINE_CLOSING], id="its milestone is not known yet"),
    ],
)
def test_a_date_that_a_milestone_goes_by_is_said_once(known_on, kinds):
    first = make_due()
    second = make_due(first.commitment)
    make_milestone(first.commitment.programme, commitment=first.commitment, known_on=known_on)

    assert [flag.kind for flag in about(first)] == kinds
    assert [flag.kind for flag in about(second)] == [FlagKind.DEADLINE_CLOSING]


@pytest.mark.parametrize(
    ("opens_latest", "is_flagged"),
    [pytest.param(CLOSES_ON, False, id="the same window"), pytest.param(DAY, True, id="another window")],
)
def test_a_date_that_a_promised_consultation_opens_by_is_said_once(opens_latest, is_flagged):
    deadline = make_due()
    make_consultation(
        is_promised=True, promised_by=deadline.commitment, opens_latest=opens_latest, known_on=KNOWN_ON, opens_words="x"
    )

    assert bool(about(deadline)) == is_flagged


def test_the_same_three_queries_whatever_there_is():
    def grow(times: int) -> None:
        for _ in range(times):
            deadline = make_due()
            make_due(deadline.commitment, replaces=deadline)
            make_update(deadline.commitment, status="under_way")
            make_milestone(deadline.commitment.programme, commitment=deadline.commitment)
            make_consultation(promised_by=deadline.commitment)

    grow(2)
    few = count_queries(lambda: load_deadlines(DAY))
    grow(12)

    assert count_queries(lambda: load_deadlines(DAY)) == few == 3


def test_a_page_that_has_commitments_at_hand_asks_nothing(django_assert_num_queries):
    whole = make_commitment(known_on=KNOWN_ON)
    make_due(whole)
    make_due(make_commitment(parent=whole, known_on=KNOWN_ON))
    asked_for = make_commitment(kind=Commitment.Kind.RECOMMENDATION, known_on=KNOWN_ON)
    make_due(asked_for)
    keys = [whole.pk, asked_for.pk, *Commitment.objects.filter(parent=whole).values_list("pk", flat=True)]
    rows = entries(Commitment.objects.filter(pk__in=keys), on=DAY)

    with django_assert_num_queries(0):
        found = flags_about(rows, on=DAY)

    assert len(found) == 2
    assert {flag.key for flag in found} == {flag.key for flag in about(*Deadline.objects.filter(commitment__in=keys))}


def test_on_the_committees_day(committee_day):
    found = [flag for flag in flags_due(on=committee_day, organisations=NATIONAL) if flag.subject_type == "deadline"]

    assert {flag.subject for flag in found if flag.kind == FlagKind.DEADLINE_PASSED} == {
        "deadline:SH-0-09/1",
        "deadline:SH-5-04a/1",
    }
    assert [flag.reason for flag in found if flag.kind == FlagKind.DEADLINE_CLOSING] == [
        "Window to start closes in 9 days, on 30 April 2023 (“from April 2023”)"
    ]
