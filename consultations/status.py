"""Where a consultation stands: a pure rule over its days and moments, never stored.

It is open from its opening day; one with a closing and no opening was always open. It closes at a moment. One that
is only promised waits for its window, and when that has passed we say so and nothing more.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Protocol

from django.db.models import TextChoices

from pillars.timing import CLOSING_DAYS
from reforms.base.as_at import AsAt
from reforms.base.clock import LAST_MINUTE, civil_day, civil_moment


class Status(TextChoices):
    PROMISED = "promised", "Promised, not yet opened"
    WINDOW_PASSED = "window_passed", "Promised, window passed, nothing reported"
    OPEN = "open", "Open"
    CLOSING = "closing", "Closing soon"
    CLOSED = "closed", "Closed"


class HasMoments(Protocol):
    """What the rule asks of a consultation."""

    opens_at: datetime | None
    closes_at: datetime | None
    opens_latest: date | None


def moment_of(as_at: AsAt) -> datetime:
    """The moment a page answers for: now, or on a past day the last before 11:59pm, when most things close."""
    return as_at.now if as_at.is_today else civil_moment(as_at.day, LAST_MINUTE) - timedelta(seconds=1)


def status_of(consultation: HasMoments, *, as_at: AsAt) -> Status:
    """Where the consultation stands for the page's day."""
    return status_at(consultation.opens_at, consultation.closes_at, consultation.opens_latest, at=moment_of(as_at))


def status_at(
    opens_at: datetime | None, closes_at: datetime | None, opens_latest: date | None, *, at: datetime
) -> Status:
    """Where a consultation with these days stands at a moment."""
    day = civil_day(at)
    if not has_opened(opens_at, closes_at, on=day):
        is_past = opens_latest is not None and opens_latest < day
        return Status.WINDOW_PASSED if is_past else Status.PROMISED
    if closes_at is None:
        return Status.OPEN
    if closes_at <= at:
        return Status.CLOSED
    return Status.CLOSING if (civil_day(closes_at) - day).days <= CLOSING_DAYS else Status.OPEN


def has_opened(opens_at: datetime | None, closes_at: datetime | None, *, on: date) -> bool:
    """Whether it opened on the day or before."""
    return closes_at is not None if opens_at is None else civil_day(opens_at) <= on
