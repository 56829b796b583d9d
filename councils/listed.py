"""Councils as the list page shows them: by region, each with what it has published or what it takes part in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Q

from councils.models import Council
from councils.summary import Summary, summaries
from councils.taking_part import Taken, foremost, taken
from councils.tile_map import CURRENT, NONE, STALE, Shown, TileState
from pillars.models import Programme
from reforms.base.formatting import MONTHS, span_in_words

TYPES: dict[str, str] = dict(Council.Type.choices)
"""The words of each value: the page prints 150, and the model's own way of finding them is slow."""


@dataclass(frozen=True)
class Published:
    """What a council has published on one programme."""

    words: str
    age: str
    is_stale: bool


@dataclass(frozen=True)
class Listed:
    council: Council
    before: Sequence[str] = ()
    published: Sequence[Published] = field(default_factory=list)
    taken: Sequence[Taken] = ()
    """Where it stands in the pilots asked for; then what it has published is not told."""

    @property
    def is_stale(self) -> bool:
        """Whether any of what it has published is stale."""
        return any(each.is_stale for each in self.published)

    @property
    def is_heard(self) -> bool:
        """Whether there is more to say of it than what it is."""
        return bool(self.published or self.taken)

    @property
    def tile_state(self) -> TileState:
        if self.taken:
            return foremost(self.taken)
        if not self.published:
            return NONE
        return STALE if self.is_stale else CURRENT

    @property
    def state(self) -> str:
        """The look of its tile on the map."""
        return self.tile_state.look

    @property
    def shown(self) -> Shown:
        """On the map."""
        return Shown(self.tile_state, has_more=len(self.taken) > 1)

    @property
    def note(self) -> str:
        """Its code, its type, and for a new one when it began and what was there before."""
        council = self.council
        parts = [council.short_code, TYPES[council.type]]
        if council.starts_on and self.before:
            parts.append(f"new in {MONTHS[council.starts_on.month - 1]} {council.starts_on.year}")
        words = ", ".join(part for part in parts if part)
        return f"{words}. Before: {', '.join(self.before)}" if self.before else words


@dataclass(frozen=True)
class Group:
    """The councils of one region: those with something recorded, then the others."""

    title: str
    rows: Sequence[Listed]

    @property
    def heard(self) -> list[Listed]:
        return [row for row in self.rows if row.is_heard]

    @property
    def unheard(self) -> list[Listed]:
        return [row for row in self.rows if not row.is_heard]


def listed(councils: Sequence[Council], *, on: date, pilots: Sequence[str] = ()) -> list[Listed]:
    """The councils in this order, with what each has published or how it stands in these pilots.

    A fixed number of queries.
    """
    before = _before()
    if pilots:
        found = taken([council.organisation_id for council in councils], on=on, pilots=pilots)
        return [Listed(each, before[each.pk], taken=found.get(each.organisation_id, ())) for each in councils]
    published = _published(on=on)
    return [Listed(each, before[each.pk], published.get(each.organisation_id, [])) for each in councils]


def _before() -> Mapping[int, list[str]]:
    """The names of what was there before, by council: there are few."""
    joined = Council.successors.through.objects.order_by("from_council__organisation__name")
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, name in joined.values_list("to_council", "from_council__organisation__name"):
        found[key].append(name)
    return found


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
