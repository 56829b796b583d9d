"""The words beside a state's glyph. Late is said only once something is met."""

from __future__ import annotations

from datetime import date

from pillars.timing import Answer, Timing
from reforms.base.formatting import date_in_words, days_in_words, span_in_words

DAYS_WORTH_COUNTING = 60


def state_words(answer: Answer, *, met_on: date | None = None, condition: str = "", reported: str = "") -> str:
    """What a reader is told: "Window open, 40 days left", "Met 1 April 2023".

    `reported` is what a source last said of it, short of that it was met: "under way, 20 June 2024".
    """
    match answer.timing:
        case Timing.OPEN:
            return f"Window open{_left(answer.days)}"
        case Timing.CLOSING:
            return "Closes today" if answer.days == 0 else f"Closes in {days_in_words(answer.days or 0)}"
        case Timing.PASSED:
            last = f"last reported {reported}" if reported else "nothing reported"
            return f"Window passed, {last}, {span_in_words(answer.days or 0)} past"
        case Timing.MET:
            return f"Met {date_in_words(met_on)}" if met_on else "Met"
        case Timing.MET_LATE:
            return _met_late(answer.days, met_on)
        case Timing.CONDITIONAL:
            return f"Conditional: {condition}" if condition else "Conditional"
    return answer.timing.label


def _left(days: int | None) -> str:
    return f", {days_in_words(days)} left" if days is not None and days <= DAYS_WORTH_COUNTING else ""


def _met_late(days: int | None, met_on: date | None) -> str:
    words = f"Met late, {date_in_words(met_on)}" if met_on else "Met late"
    return f"{words}, by {span_in_words(days)}" if days else words
