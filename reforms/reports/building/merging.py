"""Putting together what two people made of one section, piece by piece. Pure rules.

Where both changed the same piece nobody can say which is right: then both stand, one after the other, for a person to
take one out. So nothing is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from merge3 import Merge3

from reforms.reports.document.values import Block, Section


@dataclass(frozen=True)
class Merged:
    """The section with both sets of changes, and how often both had changed the same."""

    section: Section
    clashes: int


def merge(base: Section, mine: Section, theirs: Section) -> Merged:
    """Both sets of changes together. Of two headings the one that was changed stands, mine where both were."""
    blocks: list[Block] = []
    clashes = 0
    three: list[list[Any]] = [list(each.blocks) for each in (base, theirs, mine)]
    for kind, *sides in Merge3(three[0], three[1], three[2]).merge_groups():
        if kind != "conflict":
            blocks += sides[0]
            continue
        settled, count = _settled(sides[0], mine=sides[2], theirs=sides[1])
        blocks += settled
        clashes += count
    heading = theirs.heading if mine.heading == base.heading else mine.heading
    return Merged(Section(theirs.key, heading, tuple(blocks)), clashes)


def _settled(base: Sequence[Block], *, mine: Sequence[Block], theirs: Sequence[Block]) -> tuple[list[Block], int]:
    """A stretch that both changed, and how often they changed the same. Pieces next to each other are not the same."""
    if not len(base) == len(mine) == len(theirs):
        return _both(mine, theirs), 1
    pairs = [_one(*three) for three in zip(base, mine, theirs, strict=True)]
    return [block for blocks in pairs for block in blocks], sum(len(blocks) > 1 for blocks in pairs)


def _one(base: Block, mine: Block, theirs: Block) -> list[Block]:
    if mine == base:
        return [theirs]
    return [mine] if theirs == base else _both([mine], [theirs])


def _both(mine: Sequence[Block], theirs: Sequence[Block]) -> list[Block]:
    return [*mine, *(block for block in theirs if block not in mine)]
