"""The database and timing.py give the same answers: for a table of cases, for made-up ones, and for the fixtures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pillars.ledger import entries, every
from pillars.models import Commitment
from pillars.timing import Timing
from tests import builders as make

ON = date(2023, 4, 21)
BEFORE, AFTER = date(2023, 3, 31), date(2023, 12, 31)
LATER_KNOWN = ON + timedelta(days=1)

pytestmark = pytest.mark.django_db


def by_both(commitments, *, on: date = ON) -> dict[str, tuple]:
    """The timing, deciding deadline and its window by SQL, once Python has agreed to each."""
    in_python = {
        entry.reference: (
            entry.timing.value,
            entry.deciding and entry.deciding.pk,
            entry.deciding and entry.deciding.earliest,
            entry.deciding and entry.deciding.latest,
        )
        for entry in every(entries(commitments.order_by("reference"), on=on))
    }
    columns = ("reference", "timing", "deciding_id", "deciding_earliest", "deciding_latest")
    known = commitments.known(on=on).standing().with_timing(on=on)
    in_sql = {reference: tuple(answer) for reference, *answer in known.values_list(*columns)}
    assert in_sql == in_python
    return in_sql


def timing_of(commitment: Commitment) -> Timing:
    """The answer that both give, its parts being there too."""
    return Timing(by_both(Commitment.objects.filter(programme=commitment.programme))[commitment.reference][0])


# One window

WINDOWS = [
    pytest.param(None, None, Timing.NO_DATE, id="no dates"),
    pytest.param(date(2023, 1, 1), BEFORE, Timing.PASSED, id="passed"),
    pytest.param(date(2023, 1, 1), ON - timedelta(days=1), Timing.PASSED, id="ended yesterday"),
    pytest.param(date(2023, 1, 1), ON, Timing.CLOSING, id="ends today"),
    pytest.param(date(2023, 1, 1), ON + timedelta(days=28), Timing.CLOSING, id="28 days left"),
    pytest.param(date(2023, 1, 1), ON + timedelta(days=29), Timing.OPEN, id="29 days left"),
    pytest.param(ON, AFTER, Timing.OPEN, id="opens today"),
    pytest.param(ON + timedelta(days=1), AFTER, Timing.AHEAD, id="opens tomorrow"),
    pytest.param(ON + timedelta(days=1), ON + timedelta(days=2), Timing.AHEAD, id="short, opens tomorrow"),
    pytest.param(None, ON + timedelta(days=29), Timing.AHEAD, id="by, 29 days left"),
    pytest.param(None, ON + timedelta(days=28), Timing.CLOSING, id="by, 28 days left"),
    pytest.param(None, BEFORE, Timing.PASSED, id="by, passed"),
    pytest.param(ON, None, Timing.OPEN, id="from today"),
    pytest.param(AFTER, None, Timing.AHEAD, id="from a later day"),
]


@pytest.mark.parametrize(("earliest", "latest", "timing"), WINDOWS)
def test_one_window(earliest, latest, timing):
    deadline = make.make_deadline(earliest=earliest, latest=latest)
    assert timing_of(deadline.commitment) is timing


# Several windows, replaced ones, and those not known yet


def test_without_deadlines_there_is_no_date():
    assert timing_of(make.make_commitment()) is Timing.NO_DATE


def test_the_next_unmet_deadline_decides():
    first = make.make_deadline(latest=BEFORE)
    make.make_deadline(first.commitment, latest=AFTER)
    assert timing_of(first.commitment) is Timing.PASSED
    make.make_update(first.commitment, deadline=first, happened_on=date(2023, 3, 1))
    assert timing_of(first.commitment) is Timing.AHEAD


def test_when_all_are_met_the_last_decides():
    first = make.make_deadline(latest=date(2023, 2, 1))
    last = make.make_deadline(first.commitment, latest=BEFORE)
    make.make_update(first.commitment, deadline=first, happened_on=date(2023, 3, 1))
    make.make_update(first.commitment, deadline=last, happened_on=date(2023, 3, 1))
    assert timing_of(first.commitment) is Timing.MET


def test_a_replaced_deadline_no_longer_counts():
    old = make.make_deadline(latest=BEFORE)
    make.make_deadline(old.commitment, latest=AFTER, replaces=old)
    assert timing_of(old.commitment) is Timing.AHEAD


def test_a_replacement_that_nobody_knew_yet_changes_nothing():
    old = make.make_deadline(latest=BEFORE)
    make.make_deadline(old.commitment, latest=AFTER, replaces=old, known_on=LATER_KNOWN)
    assert timing_of(old.commitment) is Timing.PASSED


def test_a_deadline_that_nobody_knew_yet_is_not_there():
    assert timing_of(make.make_deadline(latest=AFTER, known_on=LATER_KNOWN).commitment) is Timing.NO_DATE


# Met


@pytest.mark.parametrize(
    ("happened_on", "known_on", "timing"),
    [
        pytest.param(BEFORE, BEFORE, Timing.MET, id="on the last day"),
        pytest.param(BEFORE + timedelta(days=1), ON, Timing.MET_LATE, id="the day after"),
        pytest.param(BEFORE, LATER_KNOWN, Timing.PASSED, id="known later"),
        pytest.param(LATER_KNOWN, ON, Timing.PASSED, id="not happened yet"),
    ],
)
@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "deadline"])
def test_met(happened_on, known_on, timing, is_whole):
    deadline = make.make_deadline(latest=BEFORE)
    about = {} if is_whole else {"deadline": deadline}
    make.make_update(deadline.commitment, happened_on=happened_on, known_on=known_on, **about)
    assert timing_of(deadline.commitment) is timing


def test_the_first_report_that_it_is_met_counts():
    deadline = make.make_deadline(latest=BEFORE)
    for day in (ON, BEFORE):
        make.make_update(deadline.commitment, deadline=deadline, happened_on=day, known_on=ON)
    assert timing_of(deadline.commitment) is Timing.MET


def test_what_is_met_as_a_whole_is_measured_against_what_was_due_not_how_long_it_runs():
    due = make.make_deadline(latest=BEFORE)
    make.make_deadline(due.commitment, latest=date(2023, 3, 1), role="until")
    make.make_deadline(due.commitment, latest=date(2023, 3, 2), role="start")
    make.make_update(due.commitment, happened_on=BEFORE)
    assert timing_of(due.commitment) is Timing.MET


def test_what_is_met_as_a_whole_with_nothing_to_measure_against_is_met():
    until = make.make_deadline(latest=BEFORE, role="until")
    make.make_update(until.commitment, happened_on=ON)
    assert timing_of(until.commitment) is Timing.MET


def test_another_status_is_not_met():
    deadline = make.make_deadline(latest=BEFORE)
    make.make_update(deadline.commitment, status="slipped", happened_on=BEFORE)
    assert timing_of(deadline.commitment) is Timing.PASSED


# Conditions


def test_conditional_needs_a_condition_and_no_date_at_all():
    conditional = make.make_commitment(condition="subject to money")
    assert timing_of(conditional) is Timing.CONDITIONAL
    make.make_deadline(conditional)
    assert timing_of(conditional) is Timing.CONDITIONAL
    make.make_deadline(conditional, latest=AFTER)
    assert timing_of(conditional) is Timing.AHEAD


def test_a_conditional_whose_dates_are_met_has_no_date():
    conditional = make.make_commitment(condition="subject to money")
    make.make_deadline(conditional)
    dated = make.make_deadline(conditional, latest=BEFORE)
    make.make_update(conditional, deadline=dated, happened_on=BEFORE)
    assert timing_of(conditional) is Timing.NO_DATE


# Parts


def test_a_commitment_without_dates_stands_by_those_of_its_parts():
    whole = make.make_commitment()
    make.make_deadline(make.make_commitment(parent=whole), latest=BEFORE)
    assert timing_of(whole) is Timing.PASSED


def test_a_commitment_with_a_date_stands_by_its_own():
    whole = make.make_deadline(latest=AFTER).commitment
    make.make_deadline(make.make_commitment(parent=whole), latest=BEFORE)
    assert timing_of(whole) is Timing.AHEAD


def test_a_part_that_is_met_counts_as_met_for_the_whole():
    whole = make.make_commitment()
    part = make.make_deadline(make.make_commitment(parent=whole), latest=BEFORE).commitment
    make.make_deadline(make.make_commitment(parent=whole), latest=AFTER)
    make.make_update(part, happened_on=BEFORE)
    assert timing_of(whole) is Timing.AHEAD


UNDATED = [
    pytest.param(None, False, Timing.PASSED, id="neither is met"),
    pytest.param(None, True, Timing.PASSED, id="only the one without a date is"),
    pytest.param(BEFORE, False, Timing.NO_DATE, id="only the one with a date is"),
    pytest.param(BEFORE, True, Timing.MET, id="both are"),
    pytest.param(ON, True, Timing.MET_LATE, id="both are, the one with a date late"),
]


@pytest.mark.parametrize(("dated_met_on", "is_other_met", "expected"), UNDATED)
def test_a_whole_is_met_when_its_part_without_a_date_is_too(dated_met_on, is_other_met, expected):
    whole = make.make_commitment()
    dated = make.make_deadline(make.make_commitment(parent=whole), latest=BEFORE).commitment
    other = make.make_commitment(parent=whole)
    for part, met_on in ((dated, dated_met_on), (other, BEFORE if is_other_met else None)):
        if met_on:
            make.make_update(part, happened_on=met_on)
    assert timing_of(whole) is expected


def test_parts_without_a_date_alone_decide_nothing():
    whole = make.make_commitment()
    make.make_update(make.make_commitment(parent=whole), happened_on=BEFORE)
    assert timing_of(whole) is Timing.NO_DATE


@pytest.mark.parametrize("hidden", ["unknown", "merged"])
def test_a_part_that_is_not_there_does_not_count(hidden):
    whole = make.make_commitment()
    values = {"known_on": LATER_KNOWN} if hidden == "unknown" else {"merged_into": whole}
    make.make_deadline(make.make_commitment(parent=whole, **values), latest=BEFORE)
    assert timing_of(whole) is Timing.NO_DATE


# Everything else

DAYS = st.none() | st.integers(-40, 40).map(lambda days: ON + timedelta(days=days))
KNOWN = st.sampled_from([make.DAY, make.DAY, LATER_KNOWN])
DEADLINES = st.lists(
    st.tuples(DAYS, DAYS, st.sampled_from(["due", "start", "until"]), KNOWN, st.booleans()), max_size=4
)
UPDATES = st.lists(
    st.tuples(st.integers(-1, 3), DAYS.filter(bool), st.sampled_from(["met", "met", "slipped"]), KNOWN), max_size=3
)
CASES = st.lists(st.tuples(DEADLINES, UPDATES, st.booleans()), min_size=1, max_size=3)


def build(programme, case, parent=None) -> Commitment:
    """A commitment with these deadlines and updates; some deadlines replace the one before."""
    deadlines, updates, is_conditional = case
    condition = "subject to money" if is_conditional else ""
    commitment = make.make_commitment(programme, parent=parent, condition=condition)
    made = []
    for first, last, role, known_on, is_replacing in deadlines:
        earliest, latest = (last, first) if first and last and first > last else (first, last)
        window = {"earliest": earliest, "latest": latest, "role": role, "known_on": known_on}
        replaces = made[-1] if made and is_replacing else None
        made.append(make.make_deadline(commitment, replaces=replaces, **window))
    for place, happened_on, status, known_on in updates:
        deadline = made[place] if 0 <= place < len(made) else None
        make.make_update(commitment, deadline=deadline, happened_on=happened_on, status=status, known_on=known_on)
    return commitment


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES)
def test_both_agree_on_anything(db, cases):
    programme = make.make_programme()
    whole = build(programme, cases[0])
    for case in cases[1:]:
        build(programme, case, parent=whole)
    by_both(Commitment.objects.filter(programme=programme))


@pytest.mark.parametrize("on", [date(2023, 2, 2), ON, date(2024, 6, 1), date(2026, 11, 21)], ids=str)
def test_both_agree_on_the_fixtures(on):
    by_both(Commitment.objects.all(), on=on)
