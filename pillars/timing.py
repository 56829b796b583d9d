"""Where a promise stands on a day: derived, never stored, and never called late by silence.

Pages ask Python and filters ask SQL; both follow the rules below, word for word, and are tested together.
All days are civil days, and all comparisons include their ends. `on` is the day asked about. `soon` is
`on` + 28 days, so "28 days or less are left" reads `latest <= soon`.

Timing of one window (`window_timing`), the first line that holds:

1. met         met_on is not null and met_on <= on and (latest is null or met_on <= latest)
2. met_late    met_on is not null and met_on <= on
3. no_date     earliest is null and latest is null
4. passed      latest < on
5. ahead       earliest > on
6. closing     latest <= soon
7. ahead       earliest is null
8. open        otherwise

A null makes a comparison false. So a "by" date, which has no earliest, is ahead until 28 days before its end
and is never open; an open end, which has no latest, is ahead and then open for ever; and a window that has
not begun is ahead even when less than 28 days are left to its end. A met_on after `on` has not happened yet.

Timing of a commitment (`commitment_timing`) from its promises, one for each deadline that stands: a deadline
that another replaces is left out. The order of promises is latest ascending with nulls last, then earliest
ascending with nulls last, then their place in the sequence. A commitment that stands by its parts has, after
their deadlines, a promise without a window for each part that has no date: what is said of some parts alone
does not make the whole met. The first line that holds:

1. The commitment's own met_on is not null and met_on <= on. It is measured against the promises of role due,
   or where there are none those of role start, never those of role until. The last of them in order answers:
   met_late if it has a latest and met_on > latest, else met. With none to measure against, it is met.
2. A promise is unmet (its met_on is null, or after `on`): the first of these in order decides, by the rules
   for its window.
3. There are promises, so all are met: the last in order that is of no undated part decides, by the rules for
   its window.
4. There are no promises: no_date.

Then, where lines 2 to 4 gave no_date, the commitment has a condition, and no promise has an earliest or a
latest, it is conditional instead.

`days` says how long: to `earliest` when ahead (to `latest` for a "by" date), to `latest` when open or
closing, since `latest` when passed, and from `latest` to the day it was met when met late; null where
there is no such day and in every other state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CLOSING_DAYS = 28
"""A window is closing when this many days or fewer are left."""
UNDATED_PART = "part"
"""The role of a promise that stands for a part without a date, beside parts that have one."""


class Timing(StrEnum):
    """Where a promise stands. A vague date passes only after its last day, and passed never means late."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSING = "closing"
    PASSED = "passed"
    MET = "met"
    MET_LATE = "met_late"
    NO_DATE = "no_date"
    CONDITIONAL = "conditional"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return LABELS[self]

    @property
    def css(self) -> str:
        """What a style sheet's class ends in: no underscores."""
        return self.value.replace("_", "")


LABELS: dict[Timing, str] = {
    Timing.AHEAD: "Ahead",
    Timing.OPEN: "Window open",
    Timing.CLOSING: "Closing soon",
    Timing.PASSED: "Window passed, nothing reported",
    Timing.MET: "Met",
    Timing.MET_LATE: "Met late",
    Timing.NO_DATE: "No date given",
    Timing.CONDITIONAL: "Conditional",
}


@dataclass(frozen=True)
class Promise:
    """One deadline that stands: its window, what it dates (due, start or until), and the day it was met.

    Or a part without any, whose role is UNDATED_PART.
    """

    earliest: date | None
    latest: date | None
    role: str = "due"
    met_on: date | None = None


@dataclass(frozen=True)
class Answer:
    """The timing, the place of the promise that decided it, and a number of days (see the module's rules)."""

    timing: Timing
    promise: int | None = None
    days: int | None = None


def window_timing(earliest: date | None, latest: date | None, *, on: date, met_on: date | None = None) -> Timing:
    """Where one window stands on a day."""
    if met_on is not None and met_on <= on:
        return Timing.MET_LATE if latest is not None and met_on > latest else Timing.MET
    if earliest is None and latest is None:
        return Timing.NO_DATE
    if latest is not None and latest < on:
        return Timing.PASSED
    if earliest is not None and earliest > on:
        return Timing.AHEAD
    if latest is not None and (latest - on).days <= CLOSING_DAYS:
        return Timing.CLOSING
    return Timing.AHEAD if earliest is None else Timing.OPEN


def window_answer(earliest: date | None, latest: date | None, *, on: date, met_on: date | None = None) -> Answer:
    """Where one window stands on a day, and how many days that is from its ends."""
    return _answer(Promise(earliest, latest, met_on=met_on), None, on)


def commitment_timing(promises: Sequence[Promise], *, on: date, met_on: date | None, is_conditional: bool) -> Answer:
    """Where a commitment stands on a day: its next unmet promise decides, unless it is met as a whole."""
    if met_on is not None and met_on <= on:
        return _met(promises, on, met_on)
    answer = _next(promises, on)
    has_dates = any(promise.earliest or promise.latest for promise in promises)
    if answer.timing is Timing.NO_DATE and is_conditional and not has_dates:
        return Answer(Timing.CONDITIONAL)
    return answer


def _next(promises: Sequence[Promise], on: date) -> Answer:
    """By the first unmet promise in order, or by the last when all are met."""
    order = in_order(promises)
    if not order:
        return Answer(Timing.NO_DATE)
    unmet = [place for place in order if not _is_met(promises[place], on)]
    dated = [place for place in order if promises[place].role != UNDATED_PART]
    place = unmet[0] if unmet else (dated or order)[-1]
    return _answer(promises[place], place, on)


def in_order(promises: Sequence[Promise]) -> list[int]:
    """The places of promises, earliest latest first; those with no latest, then no earliest, last."""
    return sorted(range(len(promises)), key=lambda place: (*_end(promises[place]), place))


def _end(promise: Promise) -> tuple[date, date]:
    """Sorts a promise. A null sorts like the last day there is, which no source names."""
    return promise.latest or date.max, promise.earliest or date.max


def _is_met(promise: Promise, on: date) -> bool:
    return promise.met_on is not None and promise.met_on <= on


def _met(promises: Sequence[Promise], on: date, met_on: date) -> Answer:
    """A commitment met as a whole, against the last of what was due, or else of what was to start."""
    measure = _places(promises, "due") or _places(promises, "start")
    if not measure:
        return Answer(Timing.MET)
    place = measure[-1]
    promise = promises[place]
    return _answer(Promise(promise.earliest, promise.latest, promise.role, met_on), place, on)


def _places(promises: Sequence[Promise], role: str) -> list[int]:
    """The places of the promises of one role, in order."""
    return [place for place in in_order(promises) if promises[place].role == role]


def _answer(promise: Promise, place: int | None, on: date) -> Answer:
    timing = window_timing(promise.earliest, promise.latest, on=on, met_on=promise.met_on)
    return Answer(timing, place, _days(promise, timing, on))


def _days(promise: Promise, timing: Timing, on: date) -> int | None:
    """Days to the next end of the window, or past its last day; None where there is nothing to count."""
    match timing:
        case Timing.AHEAD:
            return _between(on, promise.earliest or promise.latest)
        case Timing.OPEN | Timing.CLOSING:
            return _between(on, promise.latest)
        case Timing.PASSED:
            return _between(promise.latest, on)
        case Timing.MET_LATE:
            return _between(promise.latest, promise.met_on)
    return None


def _between(first: date | None, last: date | None) -> int | None:
    return (last - first).days if first and last else None
