"""What the organisation says: its positions as they were published, piece by piece, and drafts marked as such."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from councils.models import PositionVersion
from councils.standing import READINESS, Standing
from councils.writing.contents import Content
from pillars.ledger import Entry, every
from reforms.base.formatting import date_in_words
from reforms.reports.document.values import Block
from reforms.reports.filling.material import Draft, Material
from reforms.reports.filling.words import (
    bullets,
    counted,
    joined,
    lowered,
    paragraphs,
    plain,
    written,
)


def said(made: Material, reference: str, whole: Standing | None, rows: Sequence[Entry]) -> Iterator[Block]:
    """Its position on a pillar or programme, by its reference, and on single commitments; or that none is recorded."""
    body = made.asked.organisation.slug
    singles = made.singles_of(row.commitment.pk for row in every(rows))
    if whole:
        yield from position(made, whole)
    elif not singles:
        text = f"No position is recorded here as at {made.asked.on_the_day}."
        yield Block(text=text, source=f"position:{body}/{reference}")
    for each in singles:
        yield from _single(made, each)
    yield from _drafted(made, f"{body}/{reference}")
    for row in every(rows):
        yield from _drafted(made, f"{body}/{row.reference}", on_what=f"{row.reference} {row.title}")


def _single(made: Material, said: Standing) -> Iterator[Block]:
    """A position on one commitment: all of it, or at headlines how it begins."""
    commitment = said.version.position.commitment
    on_what = f"{commitment.reference} {commitment.title}" if commitment else ""
    if made.asked.is_full:
        yield from position(made, said, on_what=on_what)
        return
    first, *others = _pieces(said.version) or [""]
    more = f"{counted(len(others), 'further paragraph')} can be read in Reform Tracker." if others else ""
    text = joined(f"On {plain(on_what)}, published {_published(said)}:", first, more, _ageing(made, said))
    yield Block(text=text, source=f"position:{said.version.reference}")


def position(made: Material, said: Standing, *, on_what: str = "") -> Iterator[Block]:
    """The words as they were published, piece by piece, and whether they need another look."""
    source = f"position:{said.version.reference}"
    head = f"On {on_what}, as published" if on_what else "As published"
    yield Block(text=f"{plain(head)} {_published(said)}:", source=source)
    yield from (Block(text=piece, source=source) for piece in _pieces(said.version))
    if note := _ageing(made, said):
        yield Block(text=note, source=source)


def _published(said: Standing) -> str:
    """on 21 April 2023, recorded from a public document."""
    version = said.version
    day = f"on {date_in_words(version.published_on)}" if version.published_on else "without a day"
    told = [day]
    if version.origin == PositionVersion.Origin.RECORDED:
        told.append("recorded from a public document")
    if version.readiness != PositionVersion.Readiness.NOT_STATED:
        told.append(f"readiness “{READINESS[version.readiness].lower()}”")
    return ", ".join(told)


def _pieces(version: PositionVersion) -> list[str]:
    """Recorded words are plain; what was written here is Markdown. Of what was erased the reason is all there is."""
    if not version.text and version.erased_at:
        return [f"The words of this version were erased. {plain(version.reason)}"]
    if version.origin == PositionVersion.Origin.RECORDED:
        return paragraphs(version.text)
    return list(written(version.text))


def _ageing(made: Material, said: Standing) -> str:
    """What has overtaken it by the day, and what it rests on that came to nothing."""
    reasons = plain("; ".join(said.reasons))
    look = f"As at {made.asked.on_the_day} this position needs another look: {reasons}." if reasons else ""
    warning = f"It {plain(lowered(said.warning))}." if said.warning else ""
    return " ".join(filter(None, (look, warning)))


def _drafted(made: Material, reference: str, *, on_what: str = "") -> Iterator[Block]:
    """What is being written, marked as such."""
    for draft in made.drafts:
        if draft.reference == reference:
            yield from draft_of(draft, on_what)


def draft_of(draft: Draft, on_what: str) -> Iterator[Block]:
    """One draft with its points, piece by piece; its impacts stand with risks and money."""
    source = f"draft:{draft.reference}"
    about = f" on {plain(on_what)}" if on_what else ""
    state = draft.version.get_state_display().lower()
    yield Block(text=f"Not published{about} ({state}):", source=source, is_draft=True)
    yield from (Block(text=piece, source=source, is_draft=True) for piece in written(draft.content.text))
    if points := _points(draft.content):
        yield Block(text=bullets(points), source=source, is_draft=True)


def _points(content: Content) -> list[str]:
    return [plain(each.in_words()) for each in content.points]
