"""How documents put the same thing: every reading that is kept, and which of them our record follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pillars.models import Citation, Commitment, Wording
from pillars.places import Places


@dataclass(frozen=True)
class Reading:
    """One document's words, and where they stand."""

    wording: Wording
    citations: Sequence[Citation]


@dataclass(frozen=True)
class Topic:
    """What the readings are of, for one commitment or a part of it; the one in use first.

    Why one is used weighs it against all the others, so it is said from the day the last of them was out.
    """

    reference: str
    title: str
    field: str
    readings: Sequence[Reading]
    is_weighed: bool

    @property
    def commitment(self) -> Commitment:
        return self.readings[0].wording.commitment

    @property
    def used(self) -> Wording | None:
        """The reading that our record follows, where it was out."""
        first = self.readings[0].wording
        return first if first.is_used else None

    @property
    def reason(self) -> str:
        """Why that one is used; nothing as long as another was still to come."""
        return self.used.reason if self.used and self.is_weighed else ""


def topics(wordings: Iterable[Wording], places: Places, *, on: date) -> list[Topic]:
    """What documents put differently by the day, in the order in which the readings were written down."""
    found: dict[tuple[str, str, str], list[Wording]] = {}
    for each in wordings:
        found.setdefault((each.reference, each.topic, each.get_field_display()), []).append(each)
    every = (_topic(key, readings, places, on=on) for key, readings in found.items())
    return [topic for topic in every if len(topic.readings) > 1]


def _topic(key: tuple[str, str, str], wordings: Sequence[Wording], places: Places, *, on: date) -> Topic:
    known = sorted((each for each in wordings if each.known_on <= on), key=lambda each: not each.is_used)
    readings = [Reading(each, places.of(each)) for each in known]
    return Topic(*key, readings, is_weighed=len(known) == len(wordings))
