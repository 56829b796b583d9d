"""When digests are due. Pure rules.

Once a civil day, from 7am in England. What is told weekly goes with the first digests of a week, which begins on
Monday: on Monday, or on the first later day on which anything is sent at all. A day that was missed is not made up for:
the next digest has everything in it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from reforms.alerts.topics import Frequency
from reforms.base.clock import civil_day, civil_moment

FIRST_TIME = time(7)


def day_due(now: datetime, *, last: date | None) -> date | None:
    """The day whose digests are due at the moment; None before seven, and once the day's have been made.

    `last` is the day for which digests were made last.
    """
    day = civil_day(now)
    is_done = last is not None and last >= day
    return None if is_done or now < civil_moment(day, FIRST_TIME) else day


def frequencies_due(day: date, *, last: date | None) -> frozenset[Frequency]:
    """What goes into the digests of the day."""
    if last is not None and monday_of(last) >= monday_of(day):
        return frozenset({Frequency.DAILY})
    return frozenset({Frequency.DAILY, Frequency.WEEKLY})


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def days_missed(day: date, *, last: date | None) -> list[date]:
    """The days between the two, without either."""
    if last is None:
        return []
    return [last + timedelta(days=number) for number in range(1, (day - last).days)]
