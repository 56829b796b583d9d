"""The clock is read here, once per request or job, and passed on as an argument."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

CIVIL = ZoneInfo("Europe/London")
LAST_MINUTE = time(23, 59)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def civil_day(moment: datetime) -> date:
    """The day it is in England at that moment."""
    return moment.astimezone(CIVIL).date()


def civil_moment(day: date, at: time = LAST_MINUTE) -> datetime:
    """That time of that day in England; 11:59pm unless a time is given."""
    return datetime.combine(day, at, tzinfo=CIVIL)
