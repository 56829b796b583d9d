"""How far bodies have come with their positions: states and days of them, never their words.

Each pillar is counted once for what is public and once for what is being written, so a new version of a published
position takes nothing away. What is stale is counted apart: it is published all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from councils.models import Position, PositionVersion
from councils.staleness_in_sql import StalePosition
from pillars.models import Pillar, Programme

State = PositionVersion.State
STANDING = (State.PUBLISHED, *PositionVersion.OPEN_STATES)


@dataclass
class Part:
    """A pillar, or a programme without any, and how one body's position on it stands.

    `on_commitments` counts its positions on single commitments of it: published, and being written.
    """

    reference: str
    title: str
    published_on: date | None = None
    open_state: str = ""
    reasons: Sequence[str] = ()
    on_commitments: list[int] = field(default_factory=lambda: [0, 0])

    @property
    def state_words(self) -> str:
        return State(self.open_state).label if self.open_state else ""

    @property
    def is_empty(self) -> bool:
        return self.published_on is None and not self.open_state

    @property
    def note(self) -> str:
        """What stands on single commitments, in words; empty where nothing does."""
        published, written = self.on_commitments
        said = [f"{published} published"] if published else []
        said += [f"{written} being written"] if written else []
        return f"On single commitments: {', '.join(said)}" if said else ""


@dataclass
class Progress:
    """One body's way through one programme."""

    programme: Programme
    parts: list[Part]

    @property
    def published(self) -> int:
        return sum(1 for each in self.parts if each.published_on)

    @property
    def stale(self) -> int:
        return sum(1 for each in self.parts if each.reasons)

    @property
    def first_drafts(self) -> int:
        """Parts of which nothing is public yet, and something is being written."""
        return sum(1 for each in self.parts if each.open_state and not each.published_on)

    @property
    def empty(self) -> int:
        return sum(1 for each in self.parts if each.is_empty)

    @property
    def is_begun(self) -> bool:
        return any(not each.is_empty or any(each.on_commitments) for each in self.parts)

    @property
    def noun(self) -> str:
        one, several = self.programme.pillar_noun or "position", self.programme.pillar_noun_plural or "positions"
        return one if len(self.parts) == 1 else several

    @property
    def words(self) -> str:
        """For example: 6 pillars: 4 published, 1 of them stale; 1 being written for the first time; 1 with nothing."""
        said = [f"{self.published} published" + (f", {self.stale} of them stale" if self.stale else "")]
        said += [f"{self.first_drafts} being written for the first time"] if self.first_drafts else []
        said += [f"{self.empty} with nothing yet"] if self.empty else []
        return f"{len(self.parts)} {self.noun}: {'; '.join(said)}."


def parts_of(programme: Programme, pillars: Iterable[Pillar]) -> list[Part]:
    """What a body can say of a programme: its pillars, or the whole where it has none."""
    own = [each for each in pillars if each.programme_id == programme.pk]
    return [Part(each.reference, str(each)) for each in own] or [Part(programme.prefix, programme.title)]


def progress_of(
    versions: Iterable[PositionVersion],
    stale: Iterable[StalePosition],
    *,
    programmes: Iterable[Programme],
    pillars: Collection[Pillar],
) -> list[Progress]:
    """One body's progress, from its published and open versions and what of them is stale. Asks nothing."""
    found = [Progress(each, parts_of(each, pillars)) for each in programmes]
    parts = {part.reference: part for each in found for part in each.parts}
    reasons = {each.position: each.reasons for each in stale}
    for version in versions:
        position = version.position
        if part := parts.get(_within(position)):
            _count(part, version, reasons.get(position.pk, ()))
    return found


def _within(position: Position) -> str:
    """The reference of the part that a position belongs to."""
    pillar = position.commitment.pillar if position.commitment else position.pillar
    return pillar.reference if pillar else position.programme.prefix


def _count(part: Part, version: PositionVersion, reasons: Sequence[str]) -> None:
    is_public = version.state == State.PUBLISHED
    if version.position.commitment_id:
        part.on_commitments[0 if is_public else 1] += 1
    elif is_public:
        part.published_on, part.reasons = version.published_on, reasons
    else:
        part.open_state = version.state
