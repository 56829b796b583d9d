"""A council beside the plan: what each pillar promises, what the council says, and what that leaves unanswered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from councils.standing import Standing
from pillars.ledger import Entry, entries
from pillars.models import Organisation, Pillar, Programme
from reforms.pages.voices import Voice, age_words, readiness_words, voice_of

OnProgrammes = list[tuple[Programme, list[Standing]]]


@dataclass
class Beside:
    """One pillar and one council."""

    pillar: Pillar
    rows: list[Entry]
    standing: Standing | None
    answered: list[Entry] = field(default_factory=list)
    gaps: list[Entry] = field(default_factory=list)
    only_gaps: bool = False

    @property
    def shown(self) -> list[tuple[Entry, bool]]:
        """The plan's rows, each with whether it is left unanswered; all of them, or the gaps only."""
        return [(row, row in self.gaps) for row in self.rows if row in self.gaps or not self.only_gaps]

    @property
    def voice(self) -> Voice | None:
        return (
            voice_of(self.standing, title=self.standing.version.position.organisation.name) if self.standing else None
        )

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


def pillar_beside(pillar: Pillar, rows: list[Entry], standing: Standing | None) -> Beside:
    """Which of the pillar's commitments the council's words answer, themselves or through a part."""
    beside = Beside(pillar, rows, standing)
    for row in rows:
        parts = [part.commitment for part in row.parts]
        is_answered = standing is not None and standing.answers(row.commitment, parts)
        (beside.answered if is_answered else beside.gaps).append(row)
    return beside


def compare(programme: Programme, standings: list[Standing], *, on: date, only_gaps: bool = False) -> list[Beside]:
    """Every pillar of the programme in its order, beside the council's position on it."""
    rows = entries(programme.commitments.all(), on=on)
    by_pillar = {standing.version.position.pillar_id: standing for standing in standings}
    pillars = programme.pillars.known(on=on).select_related("programme")
    pairs = []
    for pillar in pillars:
        own = [row for row in rows if row.commitment.pillar_id == pillar.pk]
        pairs.append(pillar_beside(pillar, own, by_pillar.get(pillar.pk)))
        pairs[-1].only_gaps = only_gaps
    return pairs


def programmes_beside(standings: list[Standing]) -> OnProgrammes:
    """The programmes a council has positions on, each with its positions in pillar order."""
    by_programme: dict[int, tuple[Programme, list[Standing]]] = {}
    for standing in standings:
        programme = standing.version.position.programme
        by_programme.setdefault(programme.pk, (programme, []))[1].append(standing)
    return list(by_programme.values())


def councils_with_positions(
    standings: list[Standing],
) -> list[tuple[Organisation, list[tuple[Programme, list[Standing]]]]]:
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
