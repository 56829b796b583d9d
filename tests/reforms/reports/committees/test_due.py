"""By when a committee is answered, and how what it asked for stands: tables of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from reforms.reports.committees.due import (
    Answer,
    State,
    Stretch,
    awaited_by,
    due_after,
    spells,
    state_of,
    stretches,
    threshold_on,
)

DAY = date.fromisoformat
DUE = date(2026, 12, 12)


@pytest.mark.parametrize(
    ("meeting", "due"),
    [
        pytest.param("2023-04-21", "2023-06-21", id="the same day of the month"),
        pytest.param("2026-12-31", "2027-02-28", id="31 December"),
        pytest.param("2027-12-31", "2028-02-29", id="31 December before a leap year"),
        pytest.param("2023-07-31", "2023-09-30", id="a shorter month"),
        pytest.param("2023-11-15", "2024-01-15", id="over the new year"),
        pytest.param("2024-02-29", "2024-04-29", id="29 February"),
        pytest.param("2023-02-28", "2023-04-28", id="the last of February is not the last of April"),
    ],
)
def test_an_answer_is_due_two_calendar_months_after_the_meeting(meeting, due):
    assert due_after(DAY(meeting)) == DAY(due)


LATER = date(2027, 3, 31)
ACCEPTED = Answer(date(2026, 12, 1), "accepted", LATER)
REJECTED = Answer(date(2026, 12, 1), "rejected")


@pytest.mark.parametrize(
    ("newest", "is_closed", "on", "state"),
    [
        pytest.param(None, False, "2026-12-11", State.OPEN, id="the day before"),
        pytest.param(None, False, "2026-12-12", State.OPEN, id="on the day"),
        pytest.param(None, False, "2026-12-13", State.OVERDUE, id="the day after"),
        pytest.param(ACCEPTED, False, "2026-12-13", State.ANSWERED, id="answered in time"),
        pytest.param(ACCEPTED, False, "2027-03-31", State.ANSWERED, id="on the day of what was promised"),
        pytest.param(ACCEPTED, False, "2027-04-01", State.OVERDUE, id="after what was promised"),
        pytest.param(REJECTED, False, "2030-01-01", State.ANSWERED, id="nothing is awaited after a rejection"),
        pytest.param(None, True, "2030-01-01", State.CLOSED, id="closed without an answer"),
        pytest.param(ACCEPTED, True, "2030-01-01", State.CLOSED, id="closed after its day"),
    ],
)
def test_how_it_stands(newest, is_closed, on, state):
    assert state_of(DUE, newest, is_closed=is_closed, on=DAY(on)) == state


def test_what_is_awaited():
    assert awaited_by(DUE, None) == DUE
    assert awaited_by(DUE, ACCEPTED) == LATER
    assert awaited_by(DUE, REJECTED) is None


@pytest.mark.parametrize(
    ("left", "threshold"),
    [(15, None), (14, 14), (8, 14), (7, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 1), (-1, 0), (-400, 0)],
)
def test_thresholds(left, threshold):
    assert threshold_on(DUE, DUE - timedelta(days=left)) == threshold


RECORDED = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("answers", "closed_on", "expected"),
    [
        pytest.param([], None, [Stretch(DUE, RECORDED)], id="nothing yet"),
        pytest.param([], DAY("2026-11-01"), [Stretch(DUE, RECORDED, DAY("2026-11-01"))], id="closed"),
        pytest.param([REJECTED], None, [Stretch(DUE, RECORDED, REJECTED.on)], id="rejected"),
        pytest.param(
            [ACCEPTED], None, [Stretch(DUE, RECORDED, ACCEPTED.on), Stretch(LATER, ACCEPTED.on)], id="accepted"
        ),
        pytest.param(
            [Answer(RECORDED, "accepted", LATER)], None, [Stretch(LATER, RECORDED)], id="answered on the same day"
        ),
    ],
)
def test_what_was_awaited_one_after_another(answers, closed_on, expected):
    assert stretches(RECORDED, DUE, answers, closed_on) == expected


@pytest.mark.parametrize(
    "stretch",
    [
        pytest.param(Stretch(DUE, RECORDED), id="from long before, for ever"),
        pytest.param(Stretch(DUE, DUE - timedelta(days=5), DUE + timedelta(days=3)), id="late known, ended overdue"),
        pytest.param(Stretch(DUE, DUE + timedelta(days=9), DUE + timedelta(days=12)), id="known when overdue"),
        pytest.param(Stretch(DUE, RECORDED, DUE - timedelta(days=13)), id="ended on its second day"),
        pytest.param(Stretch(DUE, RECORDED, DUE - timedelta(days=14)), id="ended before any"),
    ],
)
def test_spells_are_what_the_thresholds_say_day_by_day(stretch):
    days = [DUE + timedelta(days=number) for number in range(-70, 40)]
    running = [day for day in days if stretch.first <= day and (stretch.end is None or day < stretch.end)]
    found: dict[int, list[date]] = {}
    for day in running:
        threshold = threshold_on(DUE, day)
        if threshold is not None:
            found.setdefault(threshold, []).append(day)

    assert [first for first, _ in spells(stretch)] == [each[0] for each in found.values()]
    ends = [end for _, end in spells(stretch) if end]
    assert ends == [each[-1] + timedelta(days=1) for each in found.values()][: len(ends)]
