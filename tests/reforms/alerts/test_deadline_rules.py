"""When a deadline is flagged: the tables below are the specification."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reforms.alerts.deadline_rules import DeadlineRow, Sibling, deadline_flags
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.reports import Report

OPENING, CLOSING, PASSED = FlagKind.DEADLINE_OPENING, FlagKind.DEADLINE_CLOSING, FlagKind.DEADLINE_PASSED
LONG_AGO = date(2020, 1, 1)
OWN = 5
"""The key of the deadline in question."""


def deadline(earliest: str | None, latest: str | None, **values) -> DeadlineRow:
    first, last = (date.fromisoformat(words) if words else None for words in (earliest, latest))
    return DeadlineRow(OWN, "SH-1-01", 1, "Do it", "/c/", LONG_AGO, first, last, **values)


def on_day(row: DeadlineRow, on: str) -> list[tuple[FlagKind, str]]:
    return [(flag.kind, flag.reason) for flag in deadline_flags(row, date.fromisoformat(on))]


AUTUMN = deadline("2023-09-01", "2023-11-30", words="in Autumn 2023")


@pytest.mark.parametrize(
    ("on", "kind", "reason"),
    [
        pytest.param("2023-08-31", None, "", id="the day before"),
        pytest.param(
            "2023-09-01", OPENING, "Window opened today, 1 September 2023, to 30 November 2023", id="the first day"
        ),
        pytest.param(
            "2023-09-28",
            OPENING,
            "Window opened 27 days ago, on 1 September 2023, to 30 November 2023",
            id="the 28th day",
        ),
        pytest.param("2023-09-29", None, "", id="the 29th day"),
        pytest.param("2023-11-01", None, "", id="29 days before its end"),
        pytest.param("2023-11-02", CLOSING, "Window closes in 28 days, on 30 November 2023", id="28 days before"),
        pytest.param("2023-11-23", CLOSING, "Window closes in 7 days, on 30 November 2023", id="a week before"),
        pytest.param("2023-11-30", CLOSING, "Window closes today, 30 November 2023", id="the last day"),
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
def test_a_window_day_by_day(on, kind, reason):
    assert on_day(AUTUMN, on) == ([(kind, f"{reason} (“in Autumn 2023”)")] if kind else [])


@pytest.mark.parametrize(
    ("earliest", "latest", "role", "on", "kind", "reason"),
    [
        pytest.param(None, "2023-12-31", "due", "2023-12-02", None, "", id="by: 29 days before"),
        pytest.param(
            None, "2023-12-31", "due", "2023-12-03", CLOSING, "Due in 28 days, on 31 December 2023", id="by: 28 days"
        ),
        pytest.param(None, "2023-12-31", "due", "2023-12-31", CLOSING, "Due today, 31 December 2023", id="by: its day"),
        pytest.param(
            "2023-05-11", "2023-05-11", "due", "2023-05-10", CLOSING, "Due in 1 day, on 11 May 2023", id="a day: before"
        ),
        pytest.param("2023-05-11", "2023-05-11", "due", "2023-05-11", CLOSING, "Due today, 11 May 2023", id="a day"),
        pytest.param(
            "2023-05-11",
            "2023-05-11",
            "due",
            "2023-05-12",
            PASSED,
            "Window passed, nothing reported: it ended 1 day ago, on 11 May 2023",
            id="a day: after",
        ),
        pytest.param(
            "2023-04-01",
            "2023-04-20",
            "due",
            "2023-04-01",
            CLOSING,
            "Window closes in 19 days, on 20 April 2023",
            id="short: closing from its first day",
        ),
        pytest.param("2023-04-01", "2023-04-20", "due", "2023-03-31", None, "", id="short: not before it opens"),
        pytest.param(
            "2025-02-02",
            None,
            "start",
            "2025-02-02",
            OPENING,
            "Window to start opened today, 2 February 2025",
            id="from: its day",
        ),
        pytest.param("2025-02-02", None, "start", "2035-02-02", None, "", id="from: never over"),
        pytest.param(
            "2023-09-01",
            "2023-11-30",
            "start",
            "2023-11-29",
            CLOSING,
            "Window to start closes in 1 day, on 30 November 2023",
            id="start: closing",
        ),
        pytest.param(
            None,
            "2023-11-30",
            "start",
            "2023-11-29",
            CLOSING,
            "Last day to start is in 1 day, on 30 November 2023",
            id="start by: closing",
        ),
        pytest.param("2023-04-01", "2025-03-31", "until", "2023-04-01", None, "", id="until: its first day"),
        pytest.param(
            "2023-04-01", "2025-03-31", "until", "2025-03-30", CLOSING, "Ends in 1 day, on 31 March 2025", id="until"
        ),
        pytest.param("2023-04-01", "2025-03-31", "until", "2025-04-01", None, "", id="until: an end needs no report"),
        pytest.param(None, None, "due", "2023-04-01", None, "", id="no date"),
    ],
)
def test_other_shapes(earliest, latest, role, on, kind, reason):
    assert on_day(deadline(earliest, latest, role=role), on) == ([(kind, reason)] if kind else [])


MET = Report(date(2023, 11, 10), date(2023, 11, 5), OWN)


@pytest.mark.parametrize(
    ("report", "on", "kinds"),
    [
        pytest.param(MET, "2023-11-09", [CLOSING], id="met, not known yet"),
        pytest.param(MET, "2023-11-10", [], id="met: not closing"),
        pytest.param(MET, "2023-12-01", [], id="met: not passed"),
        pytest.param(replace(MET, number=None), "2023-11-10", [], id="the whole met"),
        pytest.param(replace(MET, number=9), "2023-11-10", [CLOSING], id="another date met"),
        pytest.param(replace(MET, number=9), "2023-12-01", [], id="another date met: something is reported"),
        pytest.param(replace(MET, is_met=False), "2023-11-10", [CLOSING], id="under way: closing all the same"),
        pytest.param(replace(MET, is_met=False), "2023-12-01", [], id="under way: something is reported"),
        pytest.param(
            Report(date(2023, 12, 5), date(2023, 11, 5), OWN), "2023-12-04", [PASSED], id="reported after that day"
        ),
    ],
)
def test_what_is_reported(report, on, kinds):
    assert [kind for kind, _reason in on_day(replace(AUTUMN, reports=(report,)), on)] == kinds


FIRST, SECOND = Sibling(OWN - 1, None, LONG_AGO), Sibling(OWN, None, LONG_AGO)
MOVED = Sibling(OWN + 1, OWN, date(2023, 11, 20))


@pytest.mark.parametrize(
    ("values", "on", "is_flagged"),
    [
        pytest.param({"siblings": (SECOND, MOVED)}, "2023-11-19", True, id="before it moved"),
        pytest.param({"siblings": (SECOND, MOVED)}, "2023-11-20", False, id="moved"),
        pytest.param({"siblings": (SECOND,), "marked_on": LONG_AGO}, "2023-11-20", False, id="a milestone goes by it"),
        pytest.param(
            {"siblings": (SECOND,), "marked_on": date(2023, 11, 21)}, "2023-11-20", True, id="a milestone, later"
        ),
        pytest.param(
            {"siblings": (FIRST, SECOND), "marked_on": LONG_AGO}, "2023-11-20", True, id="a milestone, by the first"
        ),
        pytest.param({"asked_on": LONG_AGO}, "2023-11-20", False, id="a consultation opens by it"),
        pytest.param({"asked_on": date(2023, 11, 21)}, "2023-11-20", True, id="a consultation, later"),
    ],
)
def test_one_date_is_said_once_and_only_while_it_stands(values, on, is_flagged):
    assert bool(on_day(replace(AUTUMN, **values), on)) == is_flagged


def test_it_is_named_by_its_commitment_and_number():
    [flag] = deadline_flags(AUTUMN, date(2023, 11, 10))

    assert flag.key == ("deadline_closing", "deadline:SH-1-01/1", "", date(2023, 11, 30), 28)
    assert (flag.title, flag.url) == ("Do it", "/c/")


ROLES = ("due", "start", "until")
LONGEST_WORDS = "w" * 200


@settings(max_examples=40)
@given(
    first=st.dates(min_value=date(2020, 3, 1), max_value=date(2030, 1, 1)),
    length=st.integers(min_value=0, max_value=200),
    has_earliest=st.booleans(),
    role=st.sampled_from(ROLES),
)
def test_one_flag_at_a_time_never_late_and_short_enough(first, length, has_earliest, role):
    last = first + timedelta(days=length)
    row = DeadlineRow(
        OWN, "SH-1-01", 1, "Do it", "/c/", LONG_AGO, first if has_earliest else None, last, LONGEST_WORDS, role
    )
    found: list[FlagDue] = []
    for number in range(-30, length + 40):
        due = list(deadline_flags(row, first + timedelta(days=number)))
        assert len(due) <= 1
        found += due

    days = [flag.kind for flag in found]
    assert days.count(CLOSING) == (29 if not has_earliest or length in (0, *range(28, 201)) else length + 1)
    assert max(days.count(OPENING), days.count(PASSED)) <= 28
    assert all(len(flag.reason) <= 300 and "late" not in flag.reason.lower() for flag in found)
