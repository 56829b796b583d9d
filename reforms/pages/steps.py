"""Steps towards answering a consultation, with where each stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from consultations.models import Step
from pillars.timing import Answer, Timing, window_answer
from reforms.base.formatting import days_in_words


@dataclass(frozen=True)
class DatedStep:
    """A step as it stood on a day. `glyph` is empty for a past one: nobody has said whether it was done."""

    step: Step
    glyph: Timing | str
    words: str


def dated_steps(steps: Iterable[Step], *, on: date) -> list[DatedStep]:
    """Each step with the shape and the words of where it stands."""
    return [_dated(step, window_answer(step.earliest, step.latest, on=on)) for step in steps]


def _dated(step: Step, answer: Answer) -> DatedStep:
    match answer.timing:
        case Timing.PASSED:
            return DatedStep(step, "", "Past")
        case Timing.CLOSING | Timing.OPEN if answer.days is not None:
            words = "Today" if answer.days == 0 else f"{days_in_words(answer.days)} left"
            return DatedStep(step, answer.timing, words)
        case Timing.AHEAD if answer.days is not None:
            return DatedStep(step, answer.timing, f"In {days_in_words(answer.days)}")
    return DatedStep(step, answer.timing, answer.timing.label)
