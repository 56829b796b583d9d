"""When digests are due: every case a row, on plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

import pytest

from reforms.alerts.digests.periods import day_due, days_missed, frequencies_due, monday_of
from reforms.alerts.topics import Frequency
from reforms.base.clock import CIVIL

MONDAY, TUESDAY, SUNDAY = date(2023, 5, 8), date(2023, 5, 9), date(2023, 5, 7)
DAY = timedelta(days=1)


def utc(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        pytest.param(utc(MONDAY, 5, 59, 59), SUNDAY, None, id="a second before seven, in summer"),
        pytest.param(utc(MONDAY, 6), SUNDAY, MONDAY, id="at seven, in summer"),
        pytest.param(utc(date(2023, 1, 9), 6, 59, 59), None, None, id="a second before seven, in winter"),
        pytest.param(utc(date(2023, 1, 9), 7), None, date(2023, 1, 9), id="at seven, in winter"),
        pytest.param(utc(MONDAY, 6), MONDAY, None, id="made already"),
        pytest.param(utc(MONDAY, 22, 59), SUNDAY, MONDAY, id="late at night"),
        pytest.param(utc(MONDAY, 23), SUNDAY, None, id="after midnight in England it is another day, before seven"),
        pytest.param(utc(MONDAY, 6), None, MONDAY, id="never before"),
        pytest.param(utc(MONDAY, 6), SUNDAY - 30 * DAY, MONDAY, id="after a month without any"),
        pytest.param(utc(MONDAY, 4), SUNDAY - 2 * DAY, None, id="at night nothing is made up for"),
        pytest.param(utc(MONDAY, 6), TUESDAY, None, id="a later day has been done"),
    ],
)
def test_which_day_is_due(now, last, due):
    assert day_due(now, last=last) == due


@pytest.mark.parametrize(
    ("day", "last", "is_weekly"),
    [
        pytest.param(MONDAY, SUNDAY, True, id="on Monday"),
        pytest.param(TUESDAY, MONDAY, False, id="not on Tuesday"),
        pytest.param(TUESDAY, SUNDAY, True, id="on Tuesday where there was none on Monday"),
        pytest.param(MONDAY + 6 * DAY, SUNDAY, True, id="on Sunday where there was none all week"),
        pytest.param(MONDAY + 6 * DAY, TUESDAY, False, id="not on Sunday where there was one on Tuesday"),
        pytest.param(MONDAY + 7 * DAY, TUESDAY, True, id="on the next Monday again"),
        pytest.param(TUESDAY, TUESDAY - 364 * DAY, True, id="a year later"),
        pytest.param(TUESDAY, None, True, id="the first of all"),
        pytest.param(date(2021, 1, 1), date(2020, 12, 28), False, id="a week goes over the end of a year"),
        pytest.param(date(2021, 1, 4), date(2021, 1, 1), True, id="and then ends"),
    ],
)
def test_what_is_weekly_goes_with_the_first_of_a_week(day, last, is_weekly):
    due = frequencies_due(day, last=last)

    assert (Frequency.WEEKLY in due) is is_weekly
    assert Frequency.DAILY in due
    assert Frequency.NEVER not in due


@pytest.mark.parametrize(
    ("last", "count"), [(None, 0), (SUNDAY, 0), (SUNDAY - DAY, 1), (SUNDAY - 29 * DAY, 29), (MONDAY, 0)]
)
def test_days_that_were_missed(last, count):
    missed = days_missed(MONDAY, last=last)

    assert len(missed) == count
    assert missed == sorted(set(missed))
    assert all(last < day < MONDAY for day in missed)


def sundays_of_change() -> list[date]:
    """The last Sundays of March and October, from 2020 to 2029: twenty of them."""
    ends = chain.from_iterable((date(year, 3, 31), date(year, 10, 31)) for year in range(2020, 2030))
    return [end - timedelta(days=(end.weekday() + 1) % 7) for end in ends]


@pytest.mark.parametrize("change", sundays_of_change(), ids=str)
def test_clock_changes(change):
    """Around each, every ten minutes for three days: once a day, at the first look from seven, and weekly once."""
    assert CIVIL.utcoffset(datetime.combine(change, time(0, 30))) != CIVIL.utcoffset(datetime.combine(change, time(7)))
    last, done = change - 2 * DAY, []
    for step in range(3 * 24 * 6):
        now = utc(change - DAY, 0) + step * timedelta(minutes=10)
        if day := day_due(now, last=last):
            local = now.astimezone(CIVIL)
            done.append((day, local.date(), local.time(), Frequency.WEEKLY in frequencies_due(day, last=last)))
            last = day

    days = [change - DAY, change, change + DAY]
    assert done == [(day, day, time(7), day.weekday() == 0) for day in days]
    assert monday_of(change) == change - 6 * DAY
