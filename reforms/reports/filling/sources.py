"""Where a block of a report comes from: what its source says on a day, in a stamp, and whether that has moved since.

A source is stable text: what sort of thing it is, and which. A stamp stands for what is recorded of it, not for how it
looks from the day: that a window closes moves no stamp, that somebody changed its words does.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from reforms.base.as_at import AsAt
from reforms.base.models import User
from reforms.reports.document.notes import SourceNote
from reforms.reports.document.values import Section
from reforms.reports.filling import plan_sources, said_sources
from reforms.reports.filling.saying import Said, Saying

STAMP_LENGTH = 16
"""Hexadecimal digits: enough that two things said never share one by chance."""
NOTHING = ""
"""What is said where nothing is known by that name."""

Loader = Callable[[Collection[str], Saying], Mapping[str, Said]]
SORTS: dict[str, Loader] = {
    "commitment": plan_sources.commitments,
    "plan": plan_sources.plans,
    "pillar": plan_sources.pillars,
    "programme": plan_sources.programmes,
    "money": plan_sources.money,
    "milestone": plan_sources.milestones,
    "pilot": plan_sources.pilots,
    "consultation": said_sources.consultations,
    "response": said_sources.responses,
    "participation": said_sources.participation,
    "position": said_sources.positions,
    "draft": said_sources.drafts,
    "changes": said_sources.changes,
}
"""What each sort of source says: asked for all of its names at once."""


def stamps_of(sources: Collection[str], *, as_at: AsAt, reader: User | None) -> dict[str, str]:
    """What each source says on the day, in short: the same for the same facts. `reader` may read the drafts.

    A source of no known sort has none. The queries grow with the sorts, not with the sources.
    """
    said = _said(sources, Saying(as_at, reader))
    return {source: stamp(said.get(source)) for source in sources if _sort_of(source) in SORTS}


def stamp(said: Said | None) -> str:
    facts = NOTHING if said is None or said.facts is None else said.facts
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:STAMP_LENGTH]


def notes_of(sections: Iterable[Section], *, as_at: AsAt, reader: User | None = None) -> dict[str, SourceNote]:
    """By source: how it is called, where it is read, and whether it says something else than when a block was made.

    One that several blocks come from has moved where it has for any of them. A draft has a note for `reader` alone.
    """
    kept = defaultdict(set)
    for block in (block for section in sections for block in section.blocks):
        if block.source:
            kept[block.source].add(block.stamp)
    said = _said(kept, Saying(as_at, reader))
    return {source: _note(each, kept[source], as_at) for source, each in said.items()}


def _note(said: Said, stamps: Collection[str], as_at: AsAt) -> SourceNote:
    now = stamp(said)
    has_moved = any(each and each != now for each in stamps)
    return SourceNote(words=said.words, url=as_at.carry(said.url), has_moved=has_moved)


def _said(sources: Collection[str], saying: Saying) -> dict[str, Said]:
    by_sort: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources:
        sort, _, name = source.partition(":")
        by_sort[sort].add(name)
    found: dict[str, Said] = {}
    for sort, names in sorted(by_sort.items()):
        if sort in SORTS:
            found |= {f"{sort}:{name}": each for name, each in SORTS[sort](names, saying).items()}
    return found


def _sort_of(source: str) -> str:
    return source.partition(":")[0]
