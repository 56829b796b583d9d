"""By when a committee is answered, and what is awaited when: rules on days alone, without the database.

Unless the committee sets a day of its own, an answer is due two calendar months after the meeting: on the same day of
the month, or on that month's last where it is shorter. A meeting on 31 December means 28 February, or the 29th.

open       Nothing is answered, and the day of the answer has not passed.
overdue    The day has passed: of the answer, or of what an answer said would happen by then.
answered   There is an answer, and its day, where it has one, has not passed. The newest answer counts.
closed     The chair said so.

What is awaited after an answer is what it said would happen. After a rejection nothing is, but that the chair closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from pillars.periods import months_later

MONTHS = 2
RULE = (
    "An answer is due two calendar months after the meeting, unless the committee sets another day. "
    "For a meeting on 31 December that is 28 February, or the 29th in a leap year."
)
THRESHOLDS = (1, 3, 7, 14)
"""Days before something is due: a flag begins with each, and takes over from the one before."""
OVERDUE = 0
REJECTED = "rejected"
ONE_DAY = timedelta(days=1)


class State(TextChoices):
    """How something that a committee asked for stands, in the order in which it wants attention."""

    OVERDUE = "overdue", "Overdue"
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"


@dataclass(frozen=True)
class Answer:
    """A reply as the rules see it: the day it came, its verdict, and by when something is to happen."""

    on: date
    verdict: str
    by_when: date | None = None


@dataclass(frozen=True)
class Stretch:
    """Something is awaited by `due_on`: from the day `first`, and no more on the day `end`, if there is one."""

    due_on: date
    first: date
    end: date | None = None


def due_after(meeting_on: date) -> date:
    """When an answer is due, where the committee sets no day of its own."""
    return months_later(meeting_on, MONTHS)


def awaited_by(due_on: date, newest: Answer | None) -> date | None:
    """The day of what is awaited next; None after a rejection, when only the chair is."""
    if newest is None:
        return due_on
    return None if newest.verdict == REJECTED else newest.by_when


def state_of(due_on: date, newest: Answer | None, *, is_closed: bool, on: date) -> State:
    """How it stands on a day."""
    awaited = awaited_by(due_on, newest)
    if is_closed:
        return State.CLOSED
    if awaited is not None and awaited < on:
        return State.OVERDUE
    return State.ANSWERED if newest else State.OPEN


def threshold_on(due_on: date, on: date) -> int | None:
    """The threshold whose flag is due on the day; None where it is too early."""
    left = (due_on - on).days
    return OVERDUE if left < 0 else next((each for each in THRESHOLDS if each >= left), None)


def stretches(recorded_on: date, due_on: date, answers: Sequence[Answer], closed_on: date | None) -> list[Stretch]:
    """What was awaited, one after another. An answer ends one on its day, and may begin the next."""
    marks = [recorded_on, *(answer.on for answer in answers)]
    ends = [*marks[1:], closed_on]
    newest = [None, *answers]
    found = [
        Stretch(awaited, first, end)
        for first, end, answer in zip(marks, ends, newest, strict=True)
        if (awaited := awaited_by(due_on, answer)) is not None
    ]
    return [each for each in found if each.end is None or each.first < each.end]


def spells(stretch: Stretch) -> Iterator[tuple[date, date | None]]:
    """The first day of each flag that it asks for, and the first day without that flag, if there is one."""
    starts = [*(stretch.due_on - timedelta(days=each) for each in reversed(THRESHOLDS)), stretch.due_on + ONE_DAY]
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        first = max(start, stretch.first)
        end = min((each for each in (following, stretch.end) if each), default=None)
        if end is None or first < end:
            yield first, end
