"""What only the organisation can say: whom it asked, risks, equalities, who wrote; or that nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from councils.models import Claim, Impact
from councils.standing import ImpactRow, Standing
from reforms.reports.document.values import Block
from reforms.reports.filling.material import Material
from reforms.reports.filling.money import impact_words
from reforms.reports.filling.words import bullets, dated, heading, joined, lowered, plain, sentence

AREAS = dict(Impact.Area.choices)
TOLD = {Claim.Kind.CONCERN: "Concerns", Claim.Kind.ASK: "What is asked for"}
"""Points that belong with risks."""


class Told(NamedTuple):
    """Something that a position names, in one area."""

    area: str
    line: str
    source: str
    is_draft: bool = False


def risks(made: Material) -> Iterator[Block]:
    """What positions say would change, area by area, and what they worry about and ask for."""
    name, told = plain(made.asked.organisation.name), _all(made)
    if not told:
        yield Block(text=f"No risk or impact is recorded here for {name} as at {made.asked.on_the_day}.")
    for area in [*AREAS.values(), *TOLD.values()]:
        own = [each for each in told if each.area == area]
        if own:
            yield Block(text=heading(area))
        yield from _by_source(own)
    yield from (_warning(said) for said in made.standings if said.warning)


def _all(made: Material) -> list[Told]:
    found = [each for said in made.standings for each in _published(said)]
    for draft in made.drafts:
        source = f"draft:{draft.reference}"
        found += [Told(AREAS[each.area], plain(each.in_words()), source, True) for each in draft.content.impacts]
        points = (each for each in draft.content.points if each.kind in TOLD)
        found += [Told(TOLD[Claim.Kind(each.kind)], plain(each.in_words()), source, True) for each in points]
    return found


def _published(said: Standing) -> Iterable[Told]:
    source = f"position:{said.version.reference}"
    yield from (Told(AREAS[row.impact.area], _impact(row), source) for row in said.impacts)
    points = [(Claim.Kind(row.claim.kind), row.claim.text) for row in said.claims]
    yield from (Told(TOLD[kind], plain(sentence(text)), source) for kind, text in points if kind in TOLD)


def _impact(row: ImpactRow) -> str:
    grounds = f" (rests on {', '.join(each.reference for each in row.grounds)})" if row.grounds else ""
    return plain(f"{impact_words(row)}{grounds}")


def _by_source(told: list[Told]) -> Iterator[Block]:
    """One list for each position that names something here."""
    sources = dict.fromkeys((each.source, each.is_draft) for each in told)
    for source, is_draft in sources:
        lines = bullets(each.line for each in told if each.source == source)
        yield Block(text=lines, source=source, is_draft=is_draft)


def _warning(said: Standing) -> Block:
    subject = said.version.position.commitment or said.version.position.pillar or said.version.position.programme
    text = f"The position on {plain(subject)} {plain(lowered(said.warning))}."
    return Block(text=text, source=f"position:{said.version.reference}")


def equalities(made: Material) -> Iterator[Block]:
    name = plain(made.asked.organisation.name)
    text = "Nothing is recorded here about the effect of this on people who share a protected characteristic."
    yield Block(text=f"{text} No equality impact assessment of {name} is recorded here.")


def consulted(made: Material) -> Iterator[Block]:
    """The steps that a public document tells of, or that none are recorded."""
    name = plain(made.asked.organisation.name)
    if made.steps:
        lines = (f"{plain(each.title)}: {dated(each)}. {plain(each.note)}".strip() for each in made.steps)
        text = joined(f"To answer the consultations, {name} set itself these steps:", bullets(lines))
        yield Block(text=text)
        return
    yield Block(text=f"Nothing is recorded here about whom {name} asked before this report was written.")


def author(made: Material) -> Iterator[Block]:
    asked = made.asked
    text = f"This report was written by officers of {plain(asked.organisation.name)} for {plain(asked.committee_name)}."
    yield Block(text=f"{text} What it rests on is recorded in Reform Tracker, as at {asked.on_the_day}.")
