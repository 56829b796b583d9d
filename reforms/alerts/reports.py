"""What sources reported of a promise, as rules read it. No database here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Report:
    """A report on one dating, by its number, or on the whole where it names none. `words` say what was reported."""

    known_on: date
    happened_on: date
    number: int | None = None
    is_met: bool = True
    words: str = "met"


def met_on(reports: Iterable[Report], number: int | None, on: date) -> date | None:
    """The day it was met, as far as was known on the day. A report on another dating does not count."""
    counted = (None, number)
    days = [each.happened_on for each in known(reports, on) if each.is_met and each.number in counted]
    return min((day for day in days if day <= on), default=None)


def last_of(reports: Iterable[Report], on: date) -> Report | None:
    """What was reported last, of whichever dating, as far as was known on the day."""
    return max(known(reports, on), key=lambda each: (each.happened_on, each.known_on), default=None)


def known(reports: Iterable[Report], on: date) -> list[Report]:
    """What had been reported by the day."""
    return [each for each in reports if each.known_on <= on]
