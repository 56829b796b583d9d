"""What a position can be on: a programme, a pillar or a single commitment, by its reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from councils.models import Position
from pillars.models import Commitment, Pillar, Programme


@dataclass(frozen=True)
class Subject:
    """For example SH (the strategy as a whole), SH-4 (a pillar) or SH-4-07 (one commitment of it)."""

    programme: Programme
    pillar: Pillar | None = None
    commitment: Commitment | None = None

    @property
    def reference(self) -> str:
        named = self.commitment or self.pillar
        return named.reference if named else self.programme.prefix

    @property
    def title(self) -> str:
        if self.commitment:
            return f"{self.commitment.reference} {self.commitment.title}"
        return str(self.pillar) if self.pillar else self.programme.title

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of a position on it."""
        return {
            "programme": self.programme,
            "pillar": None if self.commitment else self.pillar,
            "commitment": self.commitment,
        }

    def commitments(self, *, on: date) -> Sequence[Commitment]:
        """The whole commitments that words on the subject may cover, in order."""
        known = Commitment.objects.known(on=on).filter(merged_into=None)
        if self.commitment:
            return list(known.filter(Q(pk=self.commitment.pk) | Q(parent=self.commitment.pk)).order_by("reference"))
        within = Q(pillar=self.pillar) if self.pillar else Q(programme=self.programme)
        return list(known.filter(within, parent=None).order_by("reference"))


def find_subject(reference: str, *, on: date) -> Subject | None:
    """What the reference names on the day, or None."""
    commitment = Commitment.objects.known(on=on).select_related("programme", "pillar").filter(reference=reference)
    if found := commitment.first():
        return Subject(found.programme, found.pillar, found)
    prefix = reference.partition("-")[0]
    programme = Programme.objects.known(on=on).filter(prefix=prefix).first()
    if programme is None or reference == prefix:
        return Subject(programme) if programme else None
    pillars = Pillar.objects.known(on=on).filter(programme=programme).select_related("programme")
    # As it is written, and no other way: SH-4 is not SH-04.
    pillar = next((each for each in pillars if each.reference == reference), None)
    return Subject(programme, pillar) if pillar else None


def subject_of(position: Position) -> Subject:
    """What the position is on."""
    pillar = position.commitment.pillar if position.commitment else position.pillar
    return Subject(position.programme, pillar, position.commitment)
