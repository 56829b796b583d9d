"""A council beside the plan: what each pillar promises, what the council says, and what that leaves unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from councils.standing import Standing
from pillars.ledger import Entry, every
from pillars.models import Pillar, Programme
from reforms.pages.voices import Said, Voice, age_words, readiness_words, said_of, voice_of

OnProgrammes = list[tuple[Programme, list[Standing]]]


@dataclass
class Beside:
    """One pillar and one council.

    `standing` is its position on the pillar, `singles` those on single commitments of it.
    """

    pillar: Pillar
    rows: list[Entry]
    standing: Standing | None
    singles: Sequence[Standing] = ()
    answered: list[Entry] = field(default_factory=list)
    gaps: list[Entry] = field(default_factory=list)
    only_gaps: bool = False

    @property
    def is_recorded(self) -> bool:
        """Whether the council has words on the pillar, or on something in it."""
        return self.standing is not None or bool(self.answered)

    @property
    def shown(self) -> list[tuple[Entry, bool]]:
        """The plan's rows, each with whether it is left unanswered; all of them, or the gaps only.

        Where nothing is recorded nothing is left unanswered either: silence here is not the council's.
        """
        if not self.is_recorded:
            return [(row, False) for row in self.rows]
        gaps = {id(row) for row in self.gaps}
        return [(row, id(row) in gaps) for row in self.rows if id(row) in gaps or not self.only_gaps]

    @property
    def voice(self) -> Voice | None:
        """The council's words on the pillar."""
        return (
            voice_of(self.standing, title=self.standing.version.position.organisation.name) if self.standing else None
        )

    @property
    def said(self) -> list[Said]:
        """Its words on single commitments, in the order of the plan."""
        return [said_of(each) for each in self.singles]

    @property
    def readiness(self) -> str:
        return readiness_words(self.standing) if self.standing else "None recorded here"

    @property
    def age(self) -> str:
        return (
            age_words(self.standing.version.published_on, on=self.standing.on)
            if self.standing
            else "None recorded here"
        )

    @property
    def summary(self) -> str:
        """Counts in words."""
        if not self.is_recorded:
            return f"{len(self.rows)} commitment{'' if len(self.rows) == 1 else 's'}."
        matter = len(self.gaps_that_matter)
        gaps = f"{matter} gap has" if matter == 1 else f"{matter} gaps have"
        return f"Answers {len(self.answered)} of {len(self.rows)} commitments. {gaps} a date or money."

    @property
    def evidence_notes(self) -> str:
        """Why the position is stale, and how many of its figures have aged."""
        if self.standing is None:
            return ""
        ageing = len(self.standing.ageing)
        figures = f"{ageing} figure{'' if ageing == 1 else 's'} ageing" if ageing else ""
        notes = "; ".join(text for text in (*self.standing.reasons, figures) if text)
        return notes[:1].upper() + notes[1:]

    @cached_property
    def gaps_that_matter(self) -> list[Entry]:
        """Gaps with a date or money."""
        return [row for row in self.gaps if row.is_dated_or_funded]

    @property
    def other_gaps(self) -> list[Entry]:
        return [row for row in self.gaps if not row.is_dated_or_funded]


def pillar_beside(
    pillar: Pillar, rows: list[Entry], standing: Standing | None, others: Sequence[Standing] = ()
) -> Beside:
    """Which of the pillar's commitments the council's words answer, themselves or through a part.

    `others` are its positions on single commitments, of this pillar or not, and on the whole programme.
    """
    return _beside(pillar, rows, standing, _Others(others))


def compare(
    pillars: Sequence[Pillar], rows: list[Entry], standings: list[Standing], *, only_gaps: bool = False
) -> list[Beside]:
    """Every pillar, in the order given, beside the council's position on it."""
    by_pillar = {standing.version.position.pillar_id: standing for standing in standings}
    others = _Others([standing for standing in standings if standing.version.position.pillar_id is None])
    pairs = []
    for pillar in pillars:
        own = [row for row in rows if row.commitment.pillar_id == pillar.pk]
        pairs.append(_beside(pillar, own, by_pillar.get(pillar.pk), others))
        pairs[-1].only_gaps = only_gaps
    return pairs


class _Others:
    """Positions that are not on a pillar: looked through once, however many pillars they stand beside."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        self.by_commitment = {each.version.position.commitment_id: each for each in standings}
        self.covered: set[int] = set().union(*(each.covered for each in standings))


def _beside(pillar: Pillar, rows: list[Entry], standing: Standing | None, others: _Others) -> Beside:
    single = others.by_commitment
    keys = [entry.commitment.pk for entry in every(rows)] if single else []
    beside = Beside(pillar, rows, standing, [single[key] for key in keys if key in single])
    covered = others.covered | standing.covered if standing else others.covered
    for row in rows:
        is_answered = any(entry.commitment.pk in covered for entry in (row, *row.parts))
        (beside.answered if is_answered else beside.gaps).append(row)
    return beside
