"""Councils as the list page shows them: by region, each with what it has published, and as tiles of a map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import Count, Prefetch

from councils.models import Council, PositionVersion
from councils.standing import Standing, standings
from pillars.models import Pillar, Programme
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
    published = _published([council.organisation_id for council in loaded], on=on)
    return [Listed(council, published.get(council.organisation_id, [])) for council in loaded]


def _published(organisations: Sequence[int], *, on: date) -> dict[int, list[Published]]:
    """What each organisation has published, a line for each programme."""
    versions = PositionVersion.objects.public(on=on).filter(position__organisation__in=organisations)
    pillars = Pillar.objects.known(on=on).order_by().values_list("programme").annotate(number=Count("pk"))
    numbers = dict(pillars)
    found: dict[int, list[Published]] = {}
    for (organisation, programme), group in groupby(standings(versions, on=on), _subject):
        found.setdefault(organisation, []).append(_line(programme, list(group), numbers.get(programme.pk, 0), on=on))
    return found


def _subject(standing: Standing) -> tuple[int, Programme]:
    position = standing.version.position
    return position.organisation_id, position.programme


def _line(programme: Programme, group: list[Standing], number: int, *, on: date) -> Published:
    newest = max(standing.version.published_on or on for standing in group)
    days = (on - newest).days
    return Published(
        words=f"{programme.title}: {_extent(programme, group, number)}",
        age=f"Published {span_in_words(days)}{' ago' if days else ''}",
        is_stale=any(standing.is_stale for standing in group),
    )


def _extent(programme: Programme, group: list[Standing], number: int) -> str:
    """ "6 of 6 pillars, 2 commitments", or "as a whole"."""
    positions = [standing.version.position for standing in group]
    on_pillars = sum(position.pillar_id is not None for position in positions)
    on_commitments = sum(position.commitment_id is not None for position in positions)
    noun = programme.commitment_noun if on_commitments == 1 else programme.commitment_noun_plural
    parts = [
        f"{on_pillars} of {number} {programme.pillar_noun_plural}" if on_pillars else "",
        f"{on_commitments} {noun}" if on_commitments else "",
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
