"""The councils that have published a position, and those whose positions have gone stale, in a few lines each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from councils.staleness_in_sql import StalePosition, stale_positions
from councils.summary import Summary
from pillars.models import Programme


@dataclass(frozen=True)
class Heard:
    """One council. `words` say on what it has published, or how much of that is stale and why.

    `beside` is the slug of the programme to compare it with, if there is one.
    """

    slug: str
    name: str
    words: str
    beside: str = ""


def heard(found: Iterable[Summary], programmes: Mapping[int, Programme]) -> list[Heard]:
    """A line for each council."""
    return [_heard(list(group), programmes) for _slug, group in groupby(found, key=lambda each: each.slug)]


def _heard(own: Sequence[Summary], programmes: Mapping[int, Programme]) -> Heard:
    words = "; ".join(_extent(each, programmes[each.programme]) for each in own)
    beside = next((programmes[each.programme].slug for each in own if each.on_pillars), "")
    return Heard(own[0].slug, own[0].name, words, beside)


def _extent(found: Summary, programme: Programme) -> str:
    """ "6 pillars and 2 commitments of Stable Homes"."""
    named = (
        (found.on_pillars, programme.pillar_noun, programme.pillar_noun_plural),
        (found.on_commitments, programme.commitment_noun, programme.commitment_noun_plural),
    )
    parts = [f"{number} {noun if number == 1 else nouns}" for number, noun, nouns in named if number]
    return f"{' and '.join(parts)} of {programme.title}" if parts else f"{programme.title} as a whole"


def gone_stale(found: Iterable[Summary], programmes: Mapping[int, Programme], *, on: date) -> list[Heard]:
    """A line for each council that has stale positions: how many, and why where they are on one programme."""
    groups = [list(group) for _slug, group in groupby(found, key=lambda each: each.slug)]
    why = _first_reasons([own[0].slug for own in groups if len(own) == 1], on=on)
    return [_stale(own, programmes, why.get(own[0].slug, "")) for own in groups]


def _first_reasons(slugs: Collection[str], *, on: date) -> dict[str, str]:
    """Why the first stale position of each of the councils is so. One query."""
    stale = sorted(stale_positions(on=on, organisations=slugs), key=_in_order) if slugs else []
    return {each.organisation: each.reasons[0] for each in reversed(stale)}


def _stale(own: Sequence[Summary], programmes: Mapping[int, Programme], reason: str) -> Heard:
    """ "6 positions on Stable Homes: review was due by 21 October 2023"."""
    number = sum(each.stale for each in own)
    where = programmes[own[0].programme].title if len(own) == 1 else f"{len(own)} programmes"
    words = f"{number} position{'' if number == 1 else 's'} on {where}{f': {reason}' if reason else ''}"
    return Heard(own[0].slug, own[0].name, words)


def _in_order(found: StalePosition) -> tuple[bool, str, int]:
    """The whole and pillars, then commitments."""
    return (found.commitment is not None, found.commitment or "", found.pillar or 0)
