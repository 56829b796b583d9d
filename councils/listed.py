"""Councils as the list page shows them: by region, each with what it has published, and as tiles of a map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q

from councils.models import Council
from councils.summary import Summary, summaries
from pillars.models import Programme
from reforms.base.formatting import MONTHS, span_in_words
from reforms.base.lists import in_order

TILE = 37
"""One side of a tile with its gap, in the units of the map's drawing."""
NONE, CURRENT, STALE = "", "a", "b"
"""States of a tile: nothing recorded, all of it current, some of it stale."""


@dataclass(frozen=True)
class Published:
    """What a council has published on one programme."""

    words: str
    age: str
    is_stale: bool


@dataclass(frozen=True)
class Listed:
    council: Council
    published: Sequence[Published] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        """Whether any of what it has published is stale."""
        return any(each.is_stale for each in self.published)

    @property
    def state(self) -> str:
        """Of its tile on the map."""
        if not self.published:
            return NONE
        return STALE if self.is_stale else CURRENT

    @property
    def note(self) -> str:
        """Its code, its type, and for a new one when it began and what was there before."""
        council = self.council
        parts = [council.short_code, council.get_type_display()]
        before = [each.name for each in council.came_from]  # type: ignore[attr-defined]
        if council.starts_on and before:
            parts.append(f"new in {MONTHS[council.starts_on.month - 1]} {council.starts_on.year}")
        words = ", ".join(part for part in parts if part)
        return f"{words}. Before: {', '.join(before)}" if before else words


@dataclass(frozen=True)
class Group:
    """The councils of one region: those with something recorded, then the others."""

    title: str
    rows: Sequence[Listed]

    @property
    def heard(self) -> list[Listed]:
        return [row for row in self.rows if row.published]

    @property
    def unheard(self) -> list[Listed]:
        return [row for row in self.rows if not row.published]

    @property
    def unheard_in_halves(self) -> list[list[Listed]]:
        """For two columns: nobody scrolls through 150 rows that say the same."""
        middle = -(-len(self.unheard) // 2)
        return [half for half in (self.unheard[:middle], self.unheard[middle:]) if half]


@dataclass(frozen=True)
class Tile:
    """One square. Places are text, ready to print: a template takes its time over numbers."""

    x: str
    y: str
    code: str
    state: str


def listed(keys: Sequence[int], *, on: date) -> list[Listed]:
    """The councils with these ids, in this order: a fixed number of queries."""
    before = Prefetch("predecessors", Council.objects.select_related("organisation"), to_attr="came_from")
    councils = Council.objects.filter(pk__in=keys).select_related("organisation", "region")
    loaded = in_order(councils.prefetch_related(before), keys)
    published = _published(on=on)
    return [Listed(council, published.get(council.organisation_id, [])) for council in loaded]


def _published(*, on: date) -> dict[int, list[Published]]:
    """What each organisation has published, a line for each programme."""
    known_pillars = Count("pillars", filter=Q(pillars__known_on__lte=on))
    by_key = Programme.objects.annotate(known_pillars=known_pillars).in_bulk()
    found: dict[int, list[Published]] = {}
    for each in summaries(on=on):
        found.setdefault(each.organisation, []).append(_line(by_key[each.programme], each, on=on))
    return found


def _line(programme: Any, found: Summary, *, on: date) -> Published:
    days = (on - found.newest_on).days
    return Published(
        words=f"{programme.title}: {extent(programme, found, programme.known_pillars)}",
        age=f"Published {span_in_words(days)}{' ago' if days else ''}",
        is_stale=found.stale > 0,
    )


def extent(programme: Programme, found: Summary, pillars: int) -> str:
    """ "6 of 6 pillars, 2 commitments", or "as a whole"."""
    noun = programme.commitment_noun if found.on_commitments == 1 else programme.commitment_noun_plural
    parts = [
        f"{found.on_pillars} of {pillars} {programme.pillar_noun_plural}" if found.on_pillars else "",
        f"{found.on_commitments} {noun}" if found.on_commitments else "",
    ]
    return ", ".join(part for part in parts if part) or "as a whole"


def by_region(rows: Iterable[Listed]) -> list[Group]:
    """Rows that are sorted by region, with a head for each."""
    return [Group(name, list(group)) for name, group in groupby(rows, lambda row: row.council.region.name)]


def tiles(rows: Iterable[Listed]) -> list[Tile]:
    """A tile for each council that has a place on the map."""
    return [
        Tile(str(council.tile_column * TILE + 1), str(council.tile_row * TILE + 1), council.short_code, row.state)
        for row in rows
        if (council := row.council).tile_row is not None and council.tile_column is not None
    ]
