"""Which councils ask for, have or have left a place in which pilots, as the list of councils asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from councils.models import Participation
from councils.tile_map import ASKED, CHOSEN, LEFT, TileState
from pillars.models import Citation, CitedFactQuerySet, Wave
from pillars.places import Places, places_of
from reforms.base.addresses import address
from reforms.base.formatting import date_in_words

Status = Participation.Status
STATES: dict[str, TileState] = {
    Status.SELECTED: CHOSEN,
    Status.BID: ASKED,
    Status.INTERESTED: ASKED,
    Status.NOT_SELECTED: LEFT,
    Status.WITHDREW: LEFT,
}
"""What a tile shows of each status."""
IN_ORDER = (CHOSEN, ASKED, LEFT)
"""Of a council recorded in several pilots a tile shows the first of these."""


class Place(NamedTuple):
    """That something was known of a council and a pilot."""

    council: int
    pilot: str


@dataclass(frozen=True)
class Taken:
    """The last that was known of one council in one pilot."""

    fact: Any
    citations: Sequence[Citation] = ()

    @property
    def pilot(self) -> str:
        return self.fact.pilot.title

    @property
    def pilot_slug(self) -> str:
        return self.fact.pilot.slug

    @property
    def url(self) -> str:
        """Where the page of all pilots says what it tests."""
        return f"{address('pilots')}#{self.pilot_slug}"

    @property
    def status(self) -> str:
        return self.fact.status

    @property
    def state(self) -> TileState:
        return STATES[self.fact.status]

    @property
    def words(self) -> str:
        """ "Selected for the first wave, said 26 July 2023"."""
        parts = [self.fact.get_status_display(), self.wave.title.lower() if self.wave else ""]
        return ", ".join([*filter(None, parts), f"said {date_in_words(self.fact.said_on)}"])

    @property
    def wave(self) -> Wave | None:
        """Where it was known by the day too."""
        return self.fact.known_wave


def known_participation(*, on: date) -> CitedFactQuerySet:
    """What was known by the day of councils in pilots that were known themselves, the last said last."""
    found = Participation.objects.known(on=on).filter(
        pilot__known_on__lte=on, pilot__commitment__known_on__lte=on, organisation__council__isnull=False
    )
    return found.order_by("said_on", "known_on", "pk")


def places(*, on: date) -> list[Place]:
    """Each council with each pilot that something is known of: one query."""
    found = known_participation(on=on).values_list("organisation__council", "pilot__slug")
    return [Place(*each) for each in dict.fromkeys(found)]


def last_said(organisations: Sequence[int], *, on: date, pilots: Sequence[str] = ()) -> list[Any]:
    """The last that was known of each organisation in each pilot, or in these of them: one query."""
    found = known_participation(on=on).filter(organisation__in=organisations)
    if pilots:
        found = found.filter(pilot__slug__in=pilots)
    last = {(fact.organisation_id, fact.pilot_id): fact for fact in found.select_related("pilot", "wave")}
    for fact in last.values():
        fact.known_wave = fact.wave if fact.wave and fact.wave.known_on <= on else None
    return sorted(last.values(), key=lambda fact: fact.pilot.title)


def by_organisation(facts: Iterable[Any], cited: Places) -> dict[int, list[Taken]]:
    """What `last_said` gives, each with the places that say so."""
    found: defaultdict[int, list[Taken]] = defaultdict(list)
    for fact in facts:
        found[fact.organisation_id].append(Taken(fact, cited.of(fact)))
    return found


def taken(organisations: Sequence[int], *, on: date, pilots: Sequence[str] = ()) -> dict[int, list[Taken]]:
    """By organisation: where each stands in pilots, or in these of them. Two queries for any number."""
    facts = last_said(organisations, on=on, pilots=pilots)
    return by_organisation(facts, places_of(facts, on=on))


def foremost(each: Iterable[Taken]) -> TileState:
    """What the tile of a council shows that is recorded in these pilots."""
    found = {one.state for one in each}
    return next(state for state in IN_ORDER if state in found)
