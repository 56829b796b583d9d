"""Commitments met and windows passed between two days: by the rules of timing, and by nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pillars.models import Commitment
from pillars.timing import Timing
from reforms.alerts.feeds.told import Asked, ChangeKind
from tests.builders import make_commitment, make_deadline, make_pillar, make_update
from tests.reforms.reports.changes.making import BEFORE, DURING, LONG_AGO, SINCE, TODAY, references, told

pytestmark = pytest.mark.django_db
MET, PASSED = ChangeKind.MET, ChangeKind.PASSED
ONE_DAY = timedelta(days=1)
MET_STATES = (Timing.MET, Timing.MET_LATE)


@pytest.mark.parametrize(
    ("latest", "known_on", "passed_on"),
    [
        pytest.param(DURING, LONG_AGO, DURING + ONE_DAY, id="between the days"),
        pytest.param(SINCE, LONG_AGO, SINCE + ONE_DAY, id="its last day is the first"),
        pytest.param(BEFORE, LONG_AGO, None, id="had passed on the first day"),
        pytest.param(TODAY - ONE_DAY, LONG_AGO, TODAY, id="its last day was yesterday"),
        pytest.param(TODAY, LONG_AGO, None, id="its last day is today"),
        pytest.param(BEFORE, DURING, DURING, id="had passed when it became known"),
        pytest.param(None, LONG_AGO, None, id="no end"),
    ],
)
def test_a_window_passes_on_the_day_after_its_last(latest, known_on, passed_on):
    deadline = make_deadline(make_commitment(), words="by then", latest=latest, known_on=known_on)
    found = told(PASSED)

    assert [(each.reference, each.day) for each in found] == (
        [(f"{deadline.reference}/{deadline.number}", passed_on)] if passed_on else []
    )
    for each in found:
        assert each.summary.endswith("No source recorded here says what became of it.")


def test_a_window_of_which_something_short_of_met_was_reported_says_what():
    deadline = make_deadline(make_commitment(), words="by then", latest=DURING)
    make_update(deadline.commitment, known_on=BEFORE, status="slipped", happened_on=LONG_AGO)
    make_update(deadline.commitment, known_on=TODAY + ONE_DAY, status="dropped")
    [change] = told(PASSED)

    assert change.summary == "“by then” (by 2 May 2041). Last reported: slipped, 1 January 2040."


def test_a_window_of_which_something_was_reported_met_has_not_passed():
    deadline = make_deadline(make_commitment(), latest=DURING)
    make_update(deadline.commitment, known_on=DURING)

    assert references(PASSED) == []
    assert references(MET) == [deadline.reference]


def test_a_window_that_was_moved_has_not_passed():
    first = make_deadline(make_commitment(), latest=DURING)
    make_deadline(first.commitment, latest=TODAY + ONE_DAY, replaces=first, known_on=DURING)

    assert references(PASSED) == []
    assert references(ChangeKind.DEADLINE) == [f"{first.reference}/2"]


@pytest.mark.parametrize("hidden", ["recommendation", "merged", "not known"])
def test_what_nobody_promised_neither_passes_nor_is_met(hidden):
    values: dict[str, dict[str, Any]] = {
        "recommendation": {"kind": Commitment.Kind.RECOMMENDATION},
        "merged": {"merged_into": make_commitment()},
        "not known": {"known_on": TODAY + ONE_DAY},
    }
    make_deadline(make_commitment(**values[hidden]), latest=DURING)
    make_update(make_commitment(**values[hidden]), known_on=DURING)

    assert references(PASSED) == references(MET) == []


def test_a_whole_does_not_repeat_the_window_of_its_part():
    whole = make_commitment()
    part = make_commitment(parent=whole)
    make_deadline(part, latest=DURING)

    assert references(PASSED) == [f"{part.reference}/1"]


@pytest.mark.parametrize(
    ("known_on", "happened_on", "expected"),
    [
        pytest.param(DURING, LONG_AGO, DURING, id="reported between the days"),
        pytest.param(BEFORE, BEFORE, None, id="reported before"),
        pytest.param(BEFORE, DURING, DURING, id="reported ahead of its day"),
        pytest.param(TODAY, TODAY, TODAY, id="today"),
        pytest.param(TODAY + ONE_DAY, DURING, None, id="not yet reported"),
        pytest.param(DURING, TODAY + ONE_DAY, None, id="yet to happen"),
    ],
)
def test_a_commitment_is_met_when_a_report_makes_it_so(known_on, happened_on, expected):
    commitment = make_commitment(title="A promise")
    make_update(commitment, known_on=known_on, happened_on=happened_on, summary="It is done.")

    assert [(each.title, each.day) for each in told(MET)] == (
        [(f"{commitment.reference} A promise", expected)] if expected else []
    )


def test_one_of_two_dates_does_not_make_the_whole_met():
    commitment = make_commitment()
    first = make_deadline(commitment, latest=DURING)
    make_deadline(commitment, latest=TODAY + ONE_DAY)
    make_update(commitment, deadline=first, known_on=DURING)

    assert references(MET) == []
    assert references(ChangeKind.PROGRESS) == [f"{commitment.reference}/1"]


@pytest.mark.parametrize("number", [1, 2])
def test_about_a_pillar(number):
    first = make_pillar()
    pillars = [first, make_pillar(first.programme)]
    for pillar in pillars:
        make_deadline(make_commitment(pillar=pillar), latest=DURING)
        make_update(make_commitment(pillar=pillar), known_on=DURING)
    asked = Asked(first.programme.slug, (number,))

    for kind in (MET, PASSED):
        [reference] = references(kind, asked)
        found = Commitment.objects.get(reference=reference.partition("/")[0])
        assert found.pillar == pillars[number - 1]
    assert references(MET, Asked(council="kent")) == []


@pytest.mark.parametrize("since", [date(2023, 2, 2), date(2023, 4, 21), date(2024, 6, 1), date(2026, 1, 1)])
def test_of_the_whole_plan_it_agrees_with_the_timing_of_both_days(since):
    """Each commitment that stands as met now and did not before, and no other."""
    until = date(2026, 11, 1)
    rows = Commitment.objects.known(on=until).standing().exclude(kind=Commitment.Kind.RECOMMENDATION)
    met = [
        set(rows.with_timing(on=day).filter(timing__in=MET_STATES).values_list("reference", flat=True))
        for day in (since, until)
    ]

    assert set(references(MET, on=until, since=since)) == met[1] - met[0]
    assert met[1] - met[0]
