"""When a phase or a milestone needs attention: rules on plain rows and a day, without the database.

A milestone is a marked point, known to fall in a window. Its mark is the first day of the window; the last day for
"by" a day, and for words that say until when. A milestone dated by a commitment has the window of that commitment's
first deadline, or of what has replaced it by the day.

near      The 28 days before the mark, unless it is reported met.
reached   From the mark, for 28 days, or until it has passed.
passed    From the day after the window's last day, for 28 days, unless it is reported met. Never for an open end, nor
          for words that say until when: an end needs no report. The reason says what was reported last of it, of an
          earlier date too, and that nothing was only where nothing was.

A phase is a stretch. Both its ends are near for the 28 days before them; it is reached when it begins, for 28 days; and
it has passed from the day after its last, for 28 days. Nothing has to be reported.

So a milestone never has two flags on one day. A phase has two only when its end is near soon after its beginning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from pillars.dating import first_date
from pillars.timing import CLOSING_DAYS
from reforms.alerts.flag_due import FlagDue, ahead_in_words, flag, has_just_begun, has_just_ended, past_in_words, quoted
from reforms.alerts.kinds import FlagKind
from reforms.alerts.reports import Report, last_of, met_on
from reforms.base.formatting import date_in_words

UNTIL = "until"
MOST_WORDS = 150
"""Characters of the published words in the longest of reasons."""


@dataclass(frozen=True)
class Dating:
    """One set of published words and the window they mean. `replaces` is the number of the dating it took over from."""

    number: int
    known_on: date
    earliest: date | None
    latest: date | None
    words: str = ""
    role: str = "due"
    replaces: int | None = None

    @property
    def mark(self) -> date | None:
        """The day the milestone is near before and reached on."""
        return self.latest if self.role == UNTIL or self.earliest is None else self.earliest

    @property
    def is_one_day(self) -> bool:
        return self.earliest is None or self.earliest == self.latest


@dataclass(frozen=True)
class MilestoneRow:
    slug: str
    title: str
    url: str
    known_on: date
    datings: tuple[Dating, ...]
    reports: tuple[Report, ...] = ()

    @property
    def subject(self) -> str:
        return f"milestone:{self.slug}"

    def dating(self, on: date) -> Dating | None:
        """The first dating known on the day, or what has replaced it by then."""
        return first_date(self.datings, on=on, keys=attrgetter("number", "replaces"))

    def met_on(self, on: date) -> date | None:
        """The day it was met, as far as was known on the day. A report on another dating does not count."""
        current = self.dating(on)
        return met_on(self.reports, current.number if current else None, on)

    def last_report(self, on: date) -> Report | None:
        """What was reported last of it by the day, of whichever dating."""
        return last_of(self.reports, on)


@dataclass(frozen=True)
class PhaseRow:
    programme: str
    number: int
    title: str
    url: str
    known_on: date
    earliest: date | None
    latest: date | None
    words: str = ""

    @property
    def subject(self) -> str:
        return f"phase:{self.programme}/{self.number}"


def is_near(day: date | None, on: date) -> bool:
    """Whether the day is ahead, and no more than 28 days away."""
    return day is not None and 0 < (day - on).days <= CLOSING_DAYS


# Phases


def phase_flags(row: PhaseRow, on: date) -> Iterator[FlagDue]:
    """What one phase asks for on the day."""
    first, last, words = row.earliest, row.latest, quoted(row.words)
    # By day: a phase of one day is near once.
    for day, verb in {last: "Ends", first: "Begins"}.items():
        if day and is_near(day, on):
            reason = f"{verb} {ahead_in_words(day, on)}{words}"
            yield flag(row, FlagKind.PHASE_NEAR, due_on=day, on=on, reason=reason, threshold=CLOSING_DAYS)
    if last and last < on:
        if has_just_ended(last, on):
            reason = f"Ended {past_in_words(last, on)}{words}"
            yield flag(row, FlagKind.PHASE_PASSED, due_on=last, on=on, reason=reason)
    elif first and has_just_begun(first, on):
        reason = f"Began {past_in_words(first, on)}{words}"
        yield flag(row, FlagKind.PHASE_REACHED, due_on=first, on=on, reason=reason)


# Milestones


def milestone_flags(row: MilestoneRow, on: date) -> Iterator[FlagDue]:
    """What one milestone asks for on the day: nothing, or one flag."""
    dating = row.dating(on)
    if dating is None or dating.mark is None:
        return
    met, mark = row.met_on(on), dating.mark
    if met is None and has_passed(dating, on):
        yield from _passed(row, dating, on)
    elif has_just_begun(mark, on):
        reason = _reached_reason(dating, mark, on, met)
        yield flag(row, FlagKind.MILESTONE_REACHED, due_on=mark, on=on, reason=reason)
    elif met is None and is_near(mark, on):
        reason = f"{_verb(dating, 'Ends', 'Due', 'Window opens')} {ahead_in_words(mark, on)}{quoted(dating.words)}"
        yield flag(row, FlagKind.MILESTONE_NEAR, due_on=mark, on=on, reason=reason, threshold=CLOSING_DAYS)


def has_passed(dating: Dating, on: date) -> bool:
    """Whether the whole window lies before the day, and a report that it was met could have been expected."""
    return dating.role != UNTIL and dating.latest is not None and dating.latest < on


def _passed(row: MilestoneRow, dating: Dating, on: date) -> Iterator[FlagDue]:
    last = dating.latest
    if last and has_just_ended(last, on):
        reason = _passed_reason(dating, last, on, row.last_report(on))
        yield flag(row, FlagKind.MILESTONE_PASSED, due_on=last, on=on, reason=reason)


def _passed_reason(dating: Dating, last: date, on: date, report: Report | None) -> str:
    """Silence is said only of what is silent: a slip, or a report on an earlier date, is a report."""
    if report is None:
        return f"Window passed, nothing reported: it ended {past_in_words(last, on)}{quoted(dating.words)}"
    reported = f"last reported {report.words} on {date_in_words(report.happened_on)}"
    return f"Window passed, {reported}: it ended {past_in_words(last, on)}{quoted(dating.words, most=MOST_WORDS)}"


def _reached_reason(dating: Dating, mark: date, on: date, met: date | None) -> str:
    if met:
        return f"Reported met on {date_in_words(met)}{quoted(dating.words)}"
    verb = _verb(dating, "Ends" if mark == on else "Ended", "Due", "Window opened")
    return f"{verb} {past_in_words(mark, on)}{quoted(dating.words)}"


def _verb(dating: Dating, until: str, one_day: str, window: str) -> str:
    """The word for what happens on the mark."""
    if dating.role == UNTIL:
        return until
    return one_day if dating.is_one_day else window
