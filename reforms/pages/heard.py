"""The councils that have published a position, and those whose positions have gone stale, in a few lines each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from councils.staleness_in_sql import StalePosition, stale_positions
from councils.summary import Summary
from pillars.models import Programme


@dataclass(frozen=True)
class Heard:
    """One council on one programme. `words` say on how much of it, or how much of it is stale and why."""

    slug: str
    name: str
    programme: Programme
    words: str


def heard(found: Iterable[Summary], programmes: Mapping[int, Programme]) -> list[Heard]:
    """A line for each."""
    return [Heard(each.slug, each.name, programmes[each.programme], _extent(each, programmes)) for each in found]


def _extent(found: Summary, programmes: Mapping[int, Programme]) -> str:
    """ "6 pillars and 2 commitments of Stable Homes"."""
    programme = programmes[found.programme]
    named = (
        (found.on_pillars, programme.pillar_noun, programme.pillar_noun_plural),
        (found.on_commitments, programme.commitment_noun, programme.commitment_noun_plural),
    )
    parts = [f"{number} {noun if number == 1 else nouns}" for number, noun, nouns in named if number]
    return f"{' and '.join(parts)} of {programme.title}" if parts else f"{programme.title} as a whole"


def gone_stale(found: Sequence[Summary], programmes: Mapping[int, Programme], *, on: date) -> list[Heard]:
    """A line for each that has stale positions: how many, and why the first of them is. One query."""
    first: dict[tuple[str, str], StalePosition] = {}
    slugs = {each.slug for each in found}
    for position in sorted(stale_positions(on=on, organisations=slugs), key=_in_order) if slugs else ():
        first.setdefault((position.organisation, position.programme), position)
    lines = []
    for each in found:
        programme = programmes[each.programme]
        count = f"{each.stale} position{'' if each.stale == 1 else 's'} on {programme.title}"
        reason = first[each.slug, programme.slug].reasons[0]
        lines.append(Heard(each.slug, each.name, programme, f"{count}: {reason}"))
    return lines


def _in_order(found: StalePosition) -> tuple[int, str, int]:
    """The whole, then pillars, then commitments."""
    return (found.commitment is not None, found.commitment or "", found.pillar or 0)
