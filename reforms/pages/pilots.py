"""Pathfinders, pilots and early adopters: what each tests, in how many places, wave by wave."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet

from councils.models import Participation
from pillars.drawing import Drawing, Scale, drawing
from pillars.models import Citation, Pilot, Wave
from pillars.places import Places, places_of
from pillars.rows import known
from pillars.state_words import state_words
from pillars.timing import Answer, Timing, window_answer
from reforms.base.addresses import address


@dataclass
class DatedWave:
    """One wave with its window on the page's scale."""

    wave: Wave
    answer: Answer
    drawings: list[Drawing]

    title = property(lambda self: self.wave.title)
    url = ""

    @property
    def citations(self) -> list[Citation]:
        return list(self.wave.citations.all())

    @property
    def note(self) -> str:
        """How many places, the published words and the state."""
        words = f"“{self.wave.words}”" if self.wave.words else ""
        state = "" if self.answer.timing is Timing.NO_DATE else state_words(self.answer)
        return ", ".join(text for text in (self.wave.places, words, state) if text)


@dataclass(frozen=True)
class PilotShown:
    """A pilot, its waves in order, and what is recorded of councils taking part."""

    pilot: Pilot
    waves: Sequence[DatedWave]
    councils: Sequence[Participation]
    differs: bool = False
    """Whether documents put something about what it tests differently."""

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many councils stand at each step: interested, bid, selected."""
        found = Counter(each.status for each in self.councils)
        return [(label, found[value]) for value, label in Participation.Status.choices if found[value]]

    @property
    def map_url(self) -> str:
        """Its councils on the map."""
        return f"{address('councils')}?{urlencode({'pilot': self.pilot.slug})}"


@dataclass(frozen=True)
class PilotGroup:
    """The pilots of one pillar."""

    title: str
    pilots: Sequence[PilotShown]


def pilot_groups(*, on: date) -> tuple[list[PilotGroup], Scale]:
    """Every pilot known on the day, by pillar, and the scale of their waves: a fixed number of queries."""
    pilots, councils = list(_pilots(on=on)), _councils(on=on)
    places = places_of({pilot.commitment for pilot in pilots}, on=on)
    scale = Scale.for_windows([wave for pilot in pilots for wave in pilot.known_waves], on)
    groups = groupby(pilots, key=lambda pilot: _head(pilot, on=on))
    shown = [(head, [_shown(pilot, councils, places, scale, on=on) for pilot in group]) for head, group in groups]
    return [PilotGroup(head, group) for head, group in shown], scale


def _pilots(*, on: date) -> QuerySet[Any]:
    waves = Prefetch("waves", Wave.objects.known(on=on).with_citations(on=on), to_attr="known_waves")
    found = Pilot.objects.known(on=on).filter(commitment__known_on__lte=on)
    related = found.select_related("commitment__pillar__programme", "commitment__programme")
    ordered = related.order_by("commitment__programme__number", "commitment__reference", "slug")
    return ordered.prefetch_related(waves).with_citations(on=on)


def _councils(*, on: date) -> dict[int, list[Participation]]:
    """By pilot: the last thing said of each body, in order of their names."""
    said = Participation.objects.known(on=on).select_related("organisation").with_citations(on=on)
    last = {(each.pilot_id, each.organisation_id): each for each in said.order_by("said_on")}
    found: dict[int, list[Participation]] = defaultdict(list)
    for each in sorted(last.values(), key=lambda each: each.organisation.name):
        found[each.pilot_id].append(each)
    return found


def _head(pilot: Pilot, *, on: date) -> str:
    pillar = known(pilot.commitment.pillar, on=on)
    return str(pillar) if pillar else pilot.commitment.programme.title


def _shown(
    pilot: Any, councils: Mapping[int, list[Participation]], places: Places, scale: Scale, *, on: date
) -> PilotShown:
    waves = [_dated(wave, scale, on=on) for wave in pilot.known_waves]
    return PilotShown(pilot, waves, councils.get(pilot.pk, []), bool(places.differing(pilot.commitment)))


def _dated(wave: Wave, scale: Scale, *, on: date) -> DatedWave:
    answer = window_answer(wave.earliest, wave.latest, on=on)
    drawn = drawing(wave.earliest, wave.latest, wave.role, answer.timing, scale, on, edtf=wave.edtf)
    return DatedWave(wave, answer, [drawn] if drawn.kind != "none" else [])
