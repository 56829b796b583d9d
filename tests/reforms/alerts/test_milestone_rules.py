"""When a phase or a milestone is flagged: the tables below are the specification."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.milestone_rules import Dating, MilestoneRow, PhaseRow, milestone_flags, phase_flags
from reforms.alerts.reports import Report

NEAR, REACHED, PASSED = FlagKind.MILESTONE_NEAR, FlagKind.MILESTONE_REACHED, FlagKind.MILESTONE_PASSED
LONG_AGO = date(2020, 1, 1)


def day_or_none(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def dating(earliest: str | None, latest: str | None, *, number: int = 1, **values) -> Dating:
    return Dating(number, LONG_AGO, day_or_none(earliest), day_or_none(latest), **values)


def milestone(*datings: Dating, reports: tuple[Report, ...] = ()) -> MilestoneRow:
    return MilestoneRow("launch", "The launch", "/p/", LONG_AGO, datings, reports)


def phase(earliest: str | None, latest: str | None, **values) -> PhaseRow:
    return PhaseRow("plan", 1, "Phase one", "/p/", LONG_AGO, day_or_none(earliest), day_or_none(latest), **values)


def milestone_on(row: MilestoneRow, on: str) -> list[FlagDue]:
    return list(milestone_flags(row, date.fromisoformat(on)))


def phase_on(row: PhaseRow, on: str) -> list[FlagDue]:
    return list(phase_flags(row, date.fromisoformat(on)))


def said(found: list[FlagDue]) -> list[tuple[FlagKind, str]]:
    return [(flag.kind, flag.reason) for flag in found]


@pytest.mark.parametrize(
    ("on", "kind", "reason"),
    [
        pytest.param("2023-08-03", None, "", id="29 days before"),
        pytest.param("2023-08-04", NEAR, "Window opens in 28 days, on 1 September 2023", id="28 days before"),
        pytest.param("2023-08-31", NEAR, "Window opens in 1 day, on 1 September 2023", id="the day before"),
        pytest.param("2023-09-01", REACHED, "Window opened today, 1 September 2023", id="the first day"),
        pytest.param("2023-09-28", REACHED, "Window opened 27 days ago, on 1 September 2023", id="the 28th day"),
        pytest.param("2023-09-29", None, "", id="the 29th day"),
        pytest.param("2023-11-30", None, "", id="the last day"),
        pytest.param(
            "2023-12-01",
            PASSED,
            "Window passed, nothing reported: it ended 1 day ago, on 30 November 2023",
            id="the day after",
        ),
        pytest.param(
            "2023-12-28",
            PASSED,
            "Window passed, nothing reported: it ended 28 days ago, on 30 November 2023",
            id="28 days after",
        ),
        pytest.param("2023-12-29", None, "", id="29 days after"),
    ],
)
def test_a_milestone_in_a_window_day_by_day(on, kind, reason):
    row = milestone(dating("2023-09-01", "2023-11-30", words="in Autumn 2023"))

    expected = [(kind, f"{reason} (“in Autumn 2023”)")] if kind else []

    assert said(milestone_on(row, on)) == expected


@pytest.mark.parametrize(
    ("earliest", "latest", "role", "on", "kind", "reason"),
    [
        pytest.param(None, "2023-12-31", "due", "2023-12-02", None, "", id="by: 29 days before"),
        pytest.param(
            None,
            "2023-12-31",
            "due",
            "2023-12-03",
            NEAR,
            "Due in 28 days, on 31 December 2023",
            id="by: 28 days before",
        ),
        pytest.param(None, "2023-12-31", "due", "2023-12-31", REACHED, "Due today, 31 December 2023", id="by: its day"),
        pytest.param(
            None,
            "2023-12-31",
            "due",
            "2024-01-01",
            PASSED,
            "Window passed, nothing reported: it ended 1 day ago, on 31 December 2023",
            id="by: the day after",
        ),
        pytest.param(
            "2024-02-29",
            "2024-02-29",
            "due",
            "2024-02-01",
            NEAR,
            "Due in 28 days, on 29 February 2024",
            id="a leap day",
        ),
        pytest.param(
            "2025-02-02",
            None,
            "start",
            "2025-02-02",
            REACHED,
            "Window opened today, 2 February 2025",
            id="from: its day",
        ),
        pytest.param("2025-02-02", None, "start", "2035-02-02", None, "", id="from: never passed"),
        pytest.param(
            "2023-04-01", "2025-03-31", "until", "2023-04-01", None, "", id="until: its first day says nothing"
        ),
        pytest.param(
            "2023-04-01",
            "2025-03-31",
            "until",
            "2025-03-03",
            NEAR,
            "Ends in 28 days, on 31 March 2025",
            id="until: near",
        ),
        pytest.param(
            "2023-04-01", "2025-03-31", "until", "2025-03-31", REACHED, "Ends today, 31 March 2025", id="until: its day"
        ),
        pytest.param(
            "2023-04-01",
            "2025-03-31",
            "until",
            "2025-04-01",
            REACHED,
            "Ended 1 day ago, on 31 March 2025",
            id="until: over, and no report is missing",
        ),
        pytest.param("2023-04-01", "2025-03-31", "until", "2025-04-28", None, "", id="until: 28 days after"),
        pytest.param(None, None, "due", "2023-04-01", None, "", id="no date"),
    ],
)
def test_milestones_of_other_shapes(earliest, latest, role, on, kind, reason):
    row = milestone(dating(earliest, latest, role=role))

    assert said(milestone_on(row, on)) == ([(kind, reason)] if kind else [])


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        pytest.param("2023-03-09", [NEAR], id="before it was met"),
        pytest.param("2023-03-10", [], id="met early: no longer near"),
        pytest.param("2023-04-01", [REACHED], id="its window opens all the same"),
        pytest.param("2023-05-01", [], id="its window passes in silence"),
    ],
)
def test_a_milestone_reported_met(on, kinds):
    met = Report(known_on=date(2023, 3, 10), happened_on=date(2023, 3, 1))
    row = milestone(dating("2023-04-01", "2023-04-30"), reports=(met,))

    assert [flag.kind for flag in milestone_on(row, on)] == kinds


def test_a_milestone_reached_and_met_says_when():
    row = milestone(dating("2023-04-01", "2023-04-30"), reports=(Report(date(2023, 4, 5), date(2023, 4, 3)),))

    assert said(milestone_on(row, "2023-04-05")) == [(REACHED, "Reported met on 3 April 2023")]


@pytest.mark.parametrize(
    ("met", "kinds"),
    [
        pytest.param(Report(date(2023, 4, 30), date(2023, 4, 30)), [], id="known in time"),
        pytest.param(Report(date(2023, 5, 2), date(2023, 4, 30)), [PASSED], id="not known yet"),
        pytest.param(Report(date(2023, 4, 30), date(2023, 4, 30), number=1), [], id="of this deadline"),
        pytest.param(Report(date(2023, 4, 30), date(2023, 4, 30), number=2), [PASSED], id="of another deadline"),
    ],
)
def test_only_a_report_known_on_the_day_and_about_this_milestone_counts(met, kinds):
    row = milestone(dating("2023-04-01", "2023-04-30"), dating("2024-04-01", None, number=2), reports=(met,))

    assert [flag.kind for flag in milestone_on(row, "2023-05-01")] == kinds


MOVED = (
    dating("2023-04-01", "2023-04-30", number=1),
    Dating(7, date(2023, 4, 10), date(2023, 6, 1), date(2023, 6, 30), replaces=1),
    Dating(8, date(2023, 5, 10), date(2023, 9, 1), date(2023, 9, 30), replaces=7),
)


@pytest.mark.parametrize(
    ("on", "due_on"),
    [
        pytest.param("2023-04-09", "2023-04-01", id="before it moved"),
        pytest.param("2023-04-10", None, id="the day it moved: far off again"),
        pytest.param("2023-05-09", "2023-06-01", id="near the new date"),
        pytest.param("2023-05-10", None, id="moved once more"),
        pytest.param("2023-09-01", "2023-09-01", id="at the last of its dates"),
    ],
)
def test_a_milestone_follows_its_deadline_as_it_moves(on, due_on):
    found = milestone_on(milestone(*MOVED), on)

    assert [flag.due_on.isoformat() for flag in found] == ([due_on] if due_on else [])


EARLIER, CURRENT = (
    dating("2023-01-01", "2023-03-31", number=1),
    dating("2023-04-01", "2023-04-30", replaces=1, number=2),
)


@pytest.mark.parametrize(
    ("report", "said_of_it"),
    [
        pytest.param(None, "nothing reported", id="nothing"),
        pytest.param(
            Report(date(2023, 4, 2), date(2023, 4, 1), 1, False, "slipped"),
            "last reported slipped on 1 April 2023",
            id="a slip, of the earlier date",
        ),
        pytest.param(
            Report(date(2023, 4, 2), date(2023, 4, 1), 1, True, "one of its dates met"),
            "last reported one of its dates met on 1 April 2023",
            id="the earlier date met",
        ),
        pytest.param(
            Report(date(2023, 4, 2), date(2023, 4, 1), None, False, "under way"),
            "last reported under way on 1 April 2023",
            id="the whole under way",
        ),
        pytest.param(
            Report(date(2023, 5, 3), date(2023, 4, 1), 1, False, "slipped"), "nothing reported", id="known a day later"
        ),
    ],
)
def test_silence_is_said_of_a_milestone_only_where_nothing_is_reported(report, said_of_it):
    row = milestone(EARLIER, CURRENT, reports=(report,) if report else ())

    ended = "it ended 2 days ago, on 30 April 2023"
    assert said(milestone_on(row, "2023-05-02")) == [(PASSED, f"Window passed, {said_of_it}: {ended}")]


def test_a_second_deadline_of_the_commitment_does_not_date_the_milestone():
    row = milestone(dating("2023-04-01", "2023-04-30", number=1), dating("2024-04-01", "2024-04-30", number=2))

    assert milestone_on(row, "2024-04-01") == []


def test_deadlines_that_replace_each_other_in_a_ring_do_not_hang():
    ring = (dating("2023-04-01", None, number=1), dating("2023-04-01", None, number=2, replaces=3))
    row = milestone(*ring, dating("2023-04-01", None, number=3, replaces=2), dating("2023-04-01", None, replaces=1))

    assert len(milestone_on(row, "2023-04-01")) == 1


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param("2023-03-03", [], id="29 days before it begins"),
        pytest.param("2023-03-04", [(FlagKind.PHASE_NEAR, "Begins in 28 days, on 1 April 2023")], id="28 days before"),
        pytest.param("2023-04-01", [(FlagKind.PHASE_REACHED, "Began today, 1 April 2023")], id="it begins"),
        pytest.param("2023-04-21", [(FlagKind.PHASE_REACHED, "Began 20 days ago, on 1 April 2023")], id="20 days on"),
        pytest.param("2023-04-28", [(FlagKind.PHASE_REACHED, "Began 27 days ago, on 1 April 2023")], id="the 28th day"),
        pytest.param("2023-04-29", [], id="the 29th day"),
        pytest.param(
            "2025-03-03", [(FlagKind.PHASE_NEAR, "Ends in 28 days, on 31 March 2025")], id="28 days to its end"
        ),
        pytest.param("2025-03-31", [], id="its last day"),
        pytest.param("2025-04-01", [(FlagKind.PHASE_PASSED, "Ended 1 day ago, on 31 March 2025")], id="the day after"),
        pytest.param(
            "2025-04-28", [(FlagKind.PHASE_PASSED, "Ended 28 days ago, on 31 March 2025")], id="28 days after"
        ),
        pytest.param("2025-04-29", [], id="29 days after"),
    ],
)
def test_a_phase_day_by_day(on, expected):
    assert said(phase_on(phase("2023-04-01", "2025-03-31"), on)) == expected


def test_a_phase_without_an_end_never_passes():
    row = phase("2025-02-02", None, words="After two years")

    assert said(phase_on(row, "2025-02-02")) == [
        (FlagKind.PHASE_REACHED, "Began today, 2 February 2025 (“After two years”)")
    ]
    assert phase_on(row, "2035-02-02") == []


def test_a_phase_is_named_by_its_programme_and_number():
    [flag] = phase_on(phase("2023-04-01", None), "2023-04-01")

    assert flag.key == ("phase_reached", "phase:plan/1", "", date(2023, 4, 1), 0)


windows = st.tuples(
    st.dates(min_value=date(2020, 3, 1), max_value=date(2030, 1, 1)), st.integers(min_value=0, max_value=400)
)


@given(window=windows, has_earliest=st.booleans())
def test_a_milestone_has_one_flag_at_a_time_and_each_begins_once(window, has_earliest):
    first, length = window
    last = first + timedelta(days=length)
    row = milestone(Dating(1, LONG_AGO, first if has_earliest else None, last))
    days = [first + timedelta(days=number) for number in range(-60, length + 60)]
    found = [[flag.key for flag in milestone_flags(row, day)] for day in days]

    begun = Counter(now[0] for before, now in zip([[], *found], found, strict=False) if now and now != before)

    assert max(map(len, found)) == 1
    assert {key[0] for key in begun} == {NEAR, REACHED, PASSED}
    assert set(begun.values()) == {1}


@given(window=windows)
def test_each_flag_of_a_phase_is_due_in_one_run_of_days(window):
    first, length = window
    row = PhaseRow("plan", 1, "Phase one", "/p/", LONG_AGO, first, first + timedelta(days=length))
    days = [first + timedelta(days=number) for number in range(-60, length + 60)]
    due = [(flag.key, number) for number, day in enumerate(days) for flag in phase_flags(row, day)]

    for key in {key for key, _number in due}:
        numbers = [number for found, number in due if found == key]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert len(numbers) <= 28


@pytest.mark.parametrize("reports", [(), (Report(LONG_AGO, date(2023, 9, 30), 9, True, "one of its dates met"),)])
def test_the_longest_reason_fits_its_column(reports):
    row = milestone(dating(None, "2023-09-30", words="w" * 200), reports=reports)

    assert len(milestone_on(row, "2023-10-28")[0].reason) <= 300
