"""When a consultation needs attention: rules on plain rows and a day, without the database.

Days are civil days in England, so a closing at 11:59pm on 11 May is on 11 May, whatever day it is in UTC.

closing   From 28 days before the closing day to the closing day itself, once it has opened. The flag that is due is
          that of the smallest threshold (28, 14, 7, 3 or 1 days) which is not less than the days left: with 20 days
          left it is 28, with 14 it is 14, with none it is 1. So each threshold comes due once, and takes over from
          the one before.
closed    From the day after the closing day, for 28 days.
opened    A promised consultation: from the first day of the window it was promised for, for 28 days, or until that
          window has passed, while nothing has opened. A promise "by" a day has no first day, so no such flag.
passed    A promised consultation: from the day after the window's last day, for 28 days, while nothing has opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from reforms.alerts.flag_due import FlagDue, flag, has_just_begun, has_just_ended, past_in_words, quoted
from reforms.alerts.kinds import FlagKind
from reforms.base.clock import civil_day
from reforms.base.formatting import days_in_words, moment_in_words

THRESHOLDS = (1, 3, 7, 14, 28)


@dataclass(frozen=True)
class ConsultationRow:
    """A live consultation has moments; a promised one has words and the window they mean."""

    slug: str
    title: str
    url: str
    known_on: date
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    opens_earliest: date | None = None
    opens_latest: date | None = None
    opens_words: str = ""

    @property
    def subject(self) -> str:
        return f"consultation:{self.slug}"

    def has_opened(self, on: date) -> bool:
        """Whether it opened on the day or before. One with a closing and no opening has always been open."""
        if self.opens_at is None:
            return self.closes_at is not None
        return civil_day(self.opens_at) <= on


def consultation_flags(row: ConsultationRow, on: date) -> Iterator[FlagDue]:
    """What one consultation asks for on the day: nothing, or one flag."""
    if row.has_opened(on):
        yield from _of_closing(row, on)
    else:
        yield from _of_promise(row, on)


def smallest_threshold(days_left: int) -> int | None:
    """The threshold that is due with so many days left; None when it is too early or over."""
    if days_left < 0:
        return None
    return next((threshold for threshold in THRESHOLDS if threshold >= days_left), None)


def _of_closing(row: ConsultationRow, on: date) -> Iterator[FlagDue]:
    if row.closes_at is None:
        return
    closes_on = civil_day(row.closes_at)
    left = (closes_on - on).days
    if threshold := smallest_threshold(left):
        reason = _closing_reason(row.closes_at, left)
        yield flag(row, FlagKind.CONSULTATION_CLOSING, due_on=closes_on, on=on, reason=reason, threshold=threshold)
    elif has_just_ended(closes_on, on):
        reason = f"Closed {days_in_words(-left)} ago, on {moment_in_words(row.closes_at)}"
        yield flag(row, FlagKind.CONSULTATION_CLOSED, due_on=closes_on, on=on, reason=reason)


def _closing_reason(closes_at: datetime, left: int) -> str:
    if left == 0:
        return f"Closes today, {moment_in_words(closes_at)}"
    return f"Closes in {days_in_words(left)}, on {moment_in_words(closes_at)}"


def _of_promise(row: ConsultationRow, on: date) -> Iterator[FlagDue]:
    first, last, words = row.opens_earliest, row.opens_latest, quoted(row.opens_words)
    if last and last < on:
        if has_just_ended(last, on):
            reason = f"Promised window ended {past_in_words(last, on)}{words}, and no opening is reported"
            yield flag(row, FlagKind.PROMISED_WINDOW_PASSED, due_on=last, on=on, reason=reason)
    elif first and has_just_begun(first, on):
        reason = f"Promised window opened {past_in_words(first, on)}{words}, and no opening is reported"
        yield flag(row, FlagKind.PROMISED_WINDOW_OPENED, due_on=first, on=on, reason=reason)
