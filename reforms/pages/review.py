"""A review and what became of it: its areas with their answers, and the missions it proposed beside those adopted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pillars.filters import USUAL_PROGRAMME
from pillars.ledger import Entry, every
from pillars.models import Citation, FundingLine, Mission, Pillar, Programme
from pillars.money_words import money_words
from pillars.places import Places, places_of
from pillars.tallies import Tally, sum_tallies, tally
from reforms.pages.crosswalk import Crosswalk, crosswalk


@dataclass(frozen=True)
class Area:
    """One area and how it was answered; without a pillar, what belongs to no one area."""

    pillar: Pillar | None
    tally: Tally
    rows: Sequence[Entry]

    @property
    def number(self) -> int:
        return self.pillar.number if self.pillar else 0


@dataclass(frozen=True)
class Proposed:
    """A mission, with the recommendations that ask for it where the review proposed it."""

    mission: Mission
    citations: Sequence[Citation]
    asked: Sequence[Entry] = ()


@dataclass(frozen=True)
class Review:
    """What the page of a review says of its answers."""

    areas: list[Area]
    tally: Tally
    crosswalk: Crosswalk | None
    proposed: list[Proposed]
    adopted: list[Proposed]


def review_of(programme: Programme, rows: Sequence[Entry], *, on: date) -> Review:
    """A review by areas. The rows have their answers."""
    areas = areas_of(programme.pillars.known(on=on).select_related("programme"), rows)
    strategy = list(Pillar.objects.known(on=on).filter(programme__slug=USUAL_PROGRAMME).select_related("programme"))
    proposed, adopted = _missions(programme, rows, on=on)
    return Review(
        areas=areas,
        tally=sum_tallies(area.tally for area in areas),
        crosswalk=crosswalk(areas, strategy) if strategy else None,
        proposed=proposed,
        adopted=adopted,
    )


def areas_of(pillars: Iterable[Pillar], rows: Sequence[Entry]) -> list[Area]:
    """Every area in order, and last what belongs to none where there is any."""
    by_pillar: dict[int | None, list[Entry]] = {}
    for row in rows:
        by_pillar.setdefault(row.commitment.pillar_id, []).append(row)
    found = [_area(pillar, by_pillar.get(pillar.pk, [])) for pillar in pillars]
    return [*found, _area(None, by_pillar[None])] if None in by_pillar else found


def tally_of(rows: Iterable[Entry]) -> Tally:
    """How whole recommendations were answered; parts are counted with their whole."""
    return tally(row.answered.verdict if row.answered else None for row in rows)


def money_asked(rows: Iterable[Entry]) -> list[tuple[FundingLine, str]]:
    """The money that recommendations and their parts name, and in few words: nothing is added up."""
    return [(line, money_words(line)) for row in every(rows) for line in row.funding]


def _area(pillar: Pillar | None, rows: list[Entry]) -> Area:
    return Area(pillar, tally_of(rows), rows)


def _missions(programme: Programme, rows: Sequence[Entry], *, on: date) -> tuple[list[Proposed], list[Proposed]]:
    """Those it proposed, with the answers to them, and those that the strategy has."""
    known = Mission.objects.known(on=on).filter(programme__slug__in=[programme.slug, USUAL_PROGRAMME])
    missions = list(known.select_related("programme", "pillar").order_by("number"))
    places = places_of(missions, on=on)
    asking: dict[int, list[Entry]] = {}
    for row in every(rows):
        asking.setdefault(row.commitment.mission_id or 0, []).append(row)
    own = [_proposed(each, places, asking) for each in missions if each.programme_id == programme.pk]
    return own, [_proposed(each, places, {}) for each in missions if each.programme_id != programme.pk]


def _proposed(mission: Mission, places: Places, asking: Mapping[int, Sequence[Entry]]) -> Proposed:
    return Proposed(mission, places.of(mission), asking.get(mission.pk, ()))
