"""What a pillar aims for: each mission with its target and its year, and the promises that serve it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pillars.ledger import Entry, every
from pillars.models import Citation, Mission
from pillars.places import Places
from pillars.state_words import state_words
from pillars.timing import Answer, Timing, window_answer


@dataclass(frozen=True)
class Section:
    """The promises that serve one mission; those of no mission come last, where `mission` is empty."""

    rows: Sequence[Entry]
    mission: Mission | None = None
    answer: Answer | None = None
    citations: Sequence[Citation] = ()

    @property
    def heading_level(self) -> int:
        """That of each promise: under the head of a mission where there is one."""
        return 4 if self.mission else 3

    @property
    def timing(self) -> Timing | str:
        return self.answer.timing if self.answer else ""

    @property
    def state(self) -> str:
        return state_words(self.answer) if self.answer else ""


def missions_of(rows: Iterable[Entry], *, on: date) -> list[Mission]:
    """The missions that the rows serve, as known on the day, in their order. They have come with the rows."""
    found = {mission for row in every(rows) if (mission := row.commitment.mission) and mission.known_on <= on}
    return sorted(found, key=lambda each: each.number)


def sections(missions: Iterable[Mission], rows: Iterable[Entry], places: Places, *, on: date) -> list[Section]:
    """The rows under the missions, in the order of the missions; those of no mission last.

    A part stands under its whole, also where it serves another mission.
    """
    serving: dict[int | None, list[Entry]] = {}
    for row in rows:
        serving.setdefault(row.commitment.mission_id, []).append(row)
    under = [_section(each, serving.pop(each.pk, []), places, on=on) for each in missions]
    others = [row for left in serving.values() for row in left]
    return [*under, Section(others)] if others else under


def _section(mission: Mission, rows: Sequence[Entry], places: Places, *, on: date) -> Section:
    answer = window_answer(mission.earliest, mission.latest, on=on)
    return Section(rows, mission, answer, places.of(mission))
