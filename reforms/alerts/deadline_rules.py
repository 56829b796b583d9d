"""When a deadline needs attention: rules on plain rows and a day, without the database.

Where a window stands is for pillars/timing.py to say. A deadline of one day is read as "by" that day: a day has no
window that could open. Only a deadline that stands is flagged, which is one that no other had replaced by the day, and
none that is reported met.

opening   From the first day of its window, for 28 days, or until it is closing. Not for words that say until when:
          what runs until a day promises nothing for its first.
closing   The last 28 days, the last day included. There is one threshold: nobody who reads this has to act by then, so
          a second reminder would be noise.
passed    From the day after its last, for 28 days, while nothing is reported of the commitment: what is under way or
          has slipped is not silent. Not for words that say until when: an end needs no report.

A deadline that dates a milestone, or the opening of a promised consultation, is left to these, from the day on which
they were known: their flags name the same days, and one date is said once. So a deadline never has two flags on one
day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pillars.dating import first_date
from pillars.outcomes import Outcome, outcome_of
from pillars.timing import CLOSING_DAYS, Timing, window_timing
from reforms.alerts.flag_due import (
    FlagDue,
    ahead_in_words,
    flag,
    has_just_begun,
    has_just_ended,
    past_in_words,
    quoted,
)
from reforms.alerts.kinds import FlagKind
from reforms.alerts.reports import Report, known, met_on
from reforms.base.formatting import date_in_words

SUBJECTS = "deadline"
START, UNTIL = "start", "until"


class Sibling(NamedTuple):
    """A deadline of the same commitment, itself included: its key, that of the one it replaces, and since when."""

    key: int
    replaces: int | None
    known_on: date


@dataclass(frozen=True)
class DeadlineRow:
    """One deadline of a commitment.

    `marked_on` is the day from which a milestone goes by the commitment's date; `asked_on` that from which a
    consultation which the commitment promises has the same window.
    """

    key: int
    reference: str
    number: int
    title: str
    url: str
    known_on: date
    earliest: date | None
    latest: date | None
    words: str = ""
    role: str = "due"
    siblings: tuple[Sibling, ...] = ()
    reports: tuple[Report, ...] = ()
    marked_on: date | None = None
    asked_on: date | None = None

    @property
    def subject(self) -> str:
        """A commitment never gives two deadlines one number, nor a number anew: one that moves is another."""
        return f"{SUBJECTS}:{self.reference}/{self.number}"

    @property
    def is_one_day(self) -> bool:
        """Whether one day is named: that day, or "by" it."""
        return self.earliest is None or self.earliest == self.latest

    def is_replaced(self, on: date) -> bool:
        """Whether another deadline, known by the day, stands in its place."""
        return any(each.replaces == self.key and each.known_on <= on for each in self.siblings)

    def dates_milestone(self, on: date) -> bool:
        """Whether a milestone known by the day goes by it."""
        if self.marked_on is None or self.marked_on > on:
            return False
        found = first_date(self.siblings, on=on, keys=lambda each: (each.key, each.replaces))
        return found is not None and found.key == self.key

    def dates_consultation(self, on: date) -> bool:
        """Whether it is the opening of a promised consultation known by the day."""
        return self.asked_on is not None and self.asked_on <= on

    def stands_alone(self, on: date) -> bool:
        """Whether it stands, and nothing else is flagged by its date."""
        return not (self.is_replaced(on) or self.dates_milestone(on) or self.dates_consultation(on))

    def outcome(self, on: date) -> Outcome:
        """Where it stands on the day, by what was known then."""
        earliest = None if self.is_one_day else self.earliest
        timing = window_timing(earliest, self.latest, on=on, met_on=met_on(self.reports, self.key, on))
        return outcome_of(timing, is_reported=timing is Timing.PASSED and bool(known(self.reports, on)))


def deadline_flags(row: DeadlineRow, on: date) -> Iterator[FlagDue]:
    """What one deadline asks for on the day: nothing, or one flag."""
    return (found for found in _flags(row, on) if row.stands_alone(on))


def _flags(row: DeadlineRow, on: date) -> Iterator[FlagDue]:
    match row.outcome(on):
        case Outcome.OPEN if row.earliest and row.role != UNTIL and has_just_begun(row.earliest, on):
            yield flag(row, FlagKind.DEADLINE_OPENING, due_on=row.earliest, on=on, reason=_opening(row, on))
        case Outcome.CLOSING if row.latest:
            kind, reason = FlagKind.DEADLINE_CLOSING, _closing(row, row.latest, on)
            yield flag(row, kind, due_on=row.latest, on=on, reason=reason, threshold=CLOSING_DAYS)
        case Outcome.PASSED if row.latest and row.role != UNTIL and has_just_ended(row.latest, on):
            reason = f"Window passed, nothing reported: it ended {past_in_words(row.latest, on)}{quoted(row.words)}"
            yield flag(row, FlagKind.DEADLINE_PASSED, due_on=row.latest, on=on, reason=reason)


def _opening(row: DeadlineRow, on: date) -> str:
    window = "Window to start" if row.role == START else "Window"
    ends = f", to {date_in_words(row.latest)}" if row.latest else ""
    return f"{window} opened {past_in_words(row.earliest or on, on)}{ends}{quoted(row.words)}"


def _closing(row: DeadlineRow, last: date, on: date) -> str:
    when = f"today, {date_in_words(last)}" if last == on else ahead_in_words(last, on)
    return f"{_verb(row)} {when}{quoted(row.words)}"


def _verb(row: DeadlineRow) -> str:
    """The word for what happens on the last day."""
    if row.role == UNTIL:
        return "Ends"
    if row.role == START:
        return "Last day to start is" if row.is_one_day else "Window to start closes"
    return "Due" if row.is_one_day else "Window closes"
