"""From data to sections: every section of a layout says something that is true, or that nothing is recorded.

What is filled is only what our own records hold, as anybody could know it on the day; and what one organisation has
not published, where a person who may read it asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pillars.models import Organisation, Pillar, Programme
from reforms.base.as_at import AsAt
from reforms.base.models import User
from reforms.reports.changes.brief import since_blocks
from reforms.reports.document.values import Block, Section
from reforms.reports.filling import around, background, ending, money, opening, own
from reforms.reports.filling.asking import Asked
from reforms.reports.filling.material import Material, load
from reforms.reports.filling.sources import stamps_of
from reforms.reports.layouts import LAYOUTS, Layout, SectionKey

K = SectionKey


@dataclass(frozen=True)
class Filled:
    """The sections of a layout, in its order; `has_drafts` where any of them holds what nobody has published."""

    sections: tuple[Section, ...]
    has_drafts: bool


def fill(
    *,
    organisation: Organisation,
    programme: Programme,
    pillars: Sequence[Pillar],
    layout: str,
    depth: str,
    committee_name: str,
    meeting_on: date,
    as_at: AsAt,
    since: date | None,
    drafts_of: User | None,
) -> Filled:
    """The whole of a report, in as many queries for one pillar as for six."""
    asked = Asked(
        organisation=organisation,
        programme=programme,
        pillars=pillars,
        depth=depth,
        committee_name=committee_name,
        meeting_on=meeting_on,
        as_at=as_at,
        since=since,
        drafts_of=drafts_of,
    )
    made = load(asked)
    plans = LAYOUTS[Layout(layout)]
    sections = [Section(plan.key, plan.heading, tuple(WRITERS[plan.key](made))) for plan in plans]
    stamped = _stamped(sections, asked)
    return Filled(stamped, any(block.is_draft for section in stamped for block in section.blocks))


def _since(made: Material) -> Iterable[Block]:
    asked = made.asked
    return since_blocks(
        organisation=asked.organisation,
        programme=asked.programme,
        pillars=asked.pillars,
        since=asked.since,
        as_at=asked.as_at,
    )


WRITERS: dict[SectionKey, Callable[[Material], Iterable[Block]]] = {
    K.SUMMARY: opening.summary,
    K.ACTIONS_REQUIRED: opening.actions_required,
    K.SINCE: _since,
    K.BACKGROUND: background.background,
    K.PILOTS: around.pilots,
    K.CONSULTATIONS: around.consultations,
    K.FRAMEWORK: around.framework,
    K.RULES: around.rules,
    K.CONCLUSION: ending.conclusion,
    K.CONSULTED: own.consulted,
    K.RISKS: own.risks,
    K.EQUALITIES: own.equalities,
    K.FINANCIAL: money.financial,
    K.APPENDICES: ending.appendices,
    K.PAPERS: ending.papers,
    K.AUTHOR: own.author,
}
"""Who writes which section."""


def _stamped(sections: Iterable[Section], asked: Asked) -> tuple[Section, ...]:
    """Each block with what its source says on the day."""
    kept = tuple(sections)
    named = {block.source for section in kept for block in section.blocks if block.source}
    stamps = stamps_of(named, as_at=asked.as_at, reader=asked.drafts_of)
    return tuple(
        replace(
            each, blocks=tuple(replace(block, stamp=stamps.get(block.source, block.stamp)) for block in each.blocks)
        )
        for each in kept
    )
