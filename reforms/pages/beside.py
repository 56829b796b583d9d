"""A council beside the plan: what each pillar promises, what the council says, and what that leaves unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from councils.standing import Standing
from pillars.ledger import Entry, entries, every
from pillars.models import Commitment, Organisation, Pillar, Programme
from reforms.pages.voices import Voice, age_words, readiness_words, voice_of

OnProgrammes = list[tuple[Programme, list[Standing]]]


@dataclass
class Beside:
    """One pillar and one council.

    `standing` is its position on the pillar, `others` those on single commitments of it or on the whole programme.
    """

    pillar: Pillar
    rows: list[Entry]
    standing: Standing | None
    others: Sequence[Standing] = ()
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
        return [(row, row in self.gaps) for row in self.rows if row in self.gaps or not self.only_gaps]

    @property
    def voices(self) -> list[Voice]:
        """The council's words on the pillar, then on single commitments of it."""
        own = [self.standing] if self.standing else []
        single = [each for each in self.others if each.version.position.commitment in self._commitments]
        return [voice_of(each, title=_voice_title(each)) for each in (*own, *single)]

    @property
    def _commitments(self) -> list[Commitment]:
        return [row.commitment for row in every(self.rows)]

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

    @property
    def gaps_that_matter(self) -> list[Entry]:
        """Gaps with a date or money."""
        return [row for row in self.gaps if row.is_dated_or_funded]

    @property
    def other_gaps(self) -> list[Entry]:
        return [row for row in self.gaps if not row.is_dated_or_funded]


def _voice_title(standing: Standing) -> str:
    """The council, and the commitment where it speaks of one alone."""
    position = standing.version.position
    name = position.organisation.name
    return f"{name} on {position.commitment.reference}" if position.commitment else name


def pillar_beside(
    pillar: Pillar, rows: list[Entry], standing: Standing | None, others: Sequence[Standing] = ()
) -> Beside:
    """Which of the pillar's commitments the council's words answer, themselves or through a part."""
    beside = Beside(pillar, rows, standing, others)
    words = [each for each in (standing, *others) if each is not None]
    for row in rows:
        parts = [part.commitment for part in row.parts]
        is_answered = any(each.answers(row.commitment, parts) for each in words)
        (beside.answered if is_answered else beside.gaps).append(row)
    return beside


def compare(programme: Programme, standings: list[Standing], *, on: date, only_gaps: bool = False) -> list[Beside]:
    """Every pillar of the programme in its order, beside the council's position on it."""
    rows = entries(programme.commitments.all(), on=on)
    by_pillar = {standing.version.position.pillar_id: standing for standing in standings}
    others = [standing for standing in standings if standing.version.position.pillar_id is None]
    pillars = programme.pillars.known(on=on).select_related("programme")
    pairs = []
    for pillar in pillars:
        own = [row for row in rows if row.commitment.pillar_id == pillar.pk]
        pairs.append(pillar_beside(pillar, own, by_pillar.get(pillar.pk), others))
        pairs[-1].only_gaps = only_gaps
    return pairs


def programmes_beside(standings: list[Standing]) -> OnProgrammes:
    """The programmes a council has positions on, each with its positions in pillar order."""
    by_programme: dict[int, tuple[Programme, list[Standing]]] = {}
    for standing in standings:
        programme = standing.version.position.programme
        by_programme.setdefault(programme.pk, (programme, []))[1].append(standing)
    return list(by_programme.values())


def councils_with_positions(standings: list[Standing]) -> list[tuple[Organisation, OnProgrammes]]:
    """Each council that has a position, with its programmes."""
    by_council: dict[int, list[Standing]] = {}
    for standing in standings:
        by_council.setdefault(standing.version.position.organisation_id, []).append(standing)
    return [(group[0].version.position.organisation, programmes_beside(group)) for group in by_council.values()]


def stale_councils(standings: list[Standing]) -> list[tuple[Organisation, str, str]]:
    """Each council with stale positions: on what, and why the first of them is."""
    found = []
    for organisation, programmes in councils_with_positions([each for each in standings if each.is_stale]):
        for programme, stale in programmes:
            count = f"{len(stale)} position{'' if len(stale) == 1 else 's'} on {programme.title}"
            found.append((organisation, count, stale[0].reasons[0]))
    return found
