"""A council beside the plan: what each pillar promises, what the council says, and what that leaves unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from councils.standing import Standing
from pillars.ledger import Entry, every
from pillars.models import Commitment, Pillar, Programme
from pillars.replies import NONE_KNOWN
from reforms.pages.voices import Said, Voice, age_words, readiness_words, said_of, voice_of

OnProgrammes = list[tuple[Programme, list[Standing]]]
TAKEN_UP = frozenset({"accepted", "adapted", "to_be_tested", "consulting"})
"""Answers by which a recommendation goes on: what a council does not say of it is missed."""


@dataclass
class Beside:
    """One pillar and one council.

    `standing` is its position on the pillar, `singles` those on single commitments of it. `elsewhere` is what only its
    words on other pillars speak of: that is no gap, and nothing said of this pillar either.
    """

    pillar: Pillar
    rows: list[Entry]
    standing: Standing | None
    singles: Sequence[Standing] = ()
    answered: list[Entry] = field(default_factory=list)
    gaps: list[Entry] = field(default_factory=list)
    elsewhere: list[Entry] = field(default_factory=list)
    only_gaps: bool = False

    @property
    def is_of_recommendations(self) -> bool:
        """Whether what matters of it is what became of it, and not its dates and money."""
        return self.pillar.programme.kind == Programme.Kind.REVIEW

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
        plan, count = self.pillar.programme, len(self.rows)
        nouns = plan.commitment_noun_plural
        if not self.is_recorded:
            return f"{count} {plan.commitment_noun if count == 1 else nouns}."
        if self.is_of_recommendations:
            said = f"Speaks of {len(self.answered)} of {count} {nouns}{self._more}"
            return f"{said}; parts are counted with their whole. {self._left}"
        matter = len(self.gaps_that_matter)
        gaps = f"{matter} gap has" if matter == 1 else f"{matter} gaps have"
        return f"Answers {len(self.answered)} of {count} {nouns}. {gaps} a date or money."

    @property
    def gaps_title(self) -> str:
        return "Not spoken of" if self.is_of_recommendations else "Not answered"

    @property
    def no_gaps_title(self) -> str:
        return "Nothing left unspoken of" if self.is_of_recommendations else "Nothing left unanswered"

    @property
    def others_title(self) -> str:
        """Over the gaps that do not matter, where some do."""
        return "Not taken up" if self.is_of_recommendations else "Without a date or money"

    @property
    def _left(self) -> str:
        """What is left of the recommendations and goes on."""
        if not self._is_answer_known:
            return f"{NONE_KNOWN}."
        return f"Of the others government took up {len(self.gaps_that_matter)}."

    @property
    def _is_answer_known(self) -> bool:
        return any(entry.answered for entry in every(self.rows))

    @property
    def counted(self) -> str:
        """ "4 of 17", "4 of 17, and of 2 more under other areas"."""
        return f"{len(self.answered)} of {len(self.rows)}{self._more}"

    @property
    def _more(self) -> str:
        where = f"under other {self.pillar.programme.pillar_noun_plural}"
        return f", and of {len(self.elsewhere)} more {where}" if self.elsewhere else ""

    @property
    def matter_words(self) -> str:
        """How many gaps matter, where the page can know."""
        if self.is_of_recommendations and not self._is_answer_known:
            return "No answer known"
        return str(len(self.gaps_that_matter))

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
    def warning(self) -> str:
        """What its words on the pillar rest on that came to nothing."""
        return self.standing.warning if self.standing else ""

    @cached_property
    def gaps_that_matter(self) -> list[Entry]:
        """Gaps with a date or money; of recommendations those that were taken up, themselves or in part."""
        return [row for row in self.gaps if self._matters(row)]

    @cached_property
    def other_gaps(self) -> list[Entry]:
        return [row for row in self.gaps if not self._matters(row)]

    def _matters(self, row: Entry) -> bool:
        if not self.is_of_recommendations:
            return row.is_dated_or_funded
        return any(entry.answered and entry.answered.kind in TAKEN_UP for entry in (row, *row.parts))


def pillar_beside(
    pillar: Pillar, rows: list[Entry], standing: Standing | None, others: Sequence[Standing] = ()
) -> Beside:
    """Which of the pillar's commitments the council's words answer, themselves or through a part.

    `others` are its positions on single commitments, of this pillar or not, on other pillars and on the whole plan.
    """
    return _beside(pillar, rows, standing, _Others(others))


def compare(
    pillars: Sequence[Pillar], rows: list[Entry], standings: list[Standing], *, only_gaps: bool = False
) -> list[Beside]:
    """Every pillar, in the order given, beside the council's position on it."""
    by_pillar = {standing.version.position.pillar_id: standing for standing in standings}
    others = _Others(standings)
    own: dict[int | None, list[Entry]] = {}
    for row in rows:
        own.setdefault(row.commitment.pillar_id, []).append(row)
    pairs = []
    for pillar in pillars:
        pairs.append(_beside(pillar, own.get(pillar.id, []), by_pillar.get(pillar.id), others))
        pairs[-1].only_gaps = only_gaps
    return pairs


def columns(plan: Programme) -> dict[str, str]:
    """What the table of a comparison counts."""
    if plan.kind == Programme.Kind.REVIEW:
        return {"answered": "Speaks of", "gaps": "Not spoken of", "matter": "Of these taken up by government"}
    return {"answered": "Answers", "gaps": "Not answered", "matter": "Gaps with a date or money"}


@dataclass
class Listed:
    """What one kind of a programme without pillars lists, each with the council's position on it, if any is recorded.

    `said` are those positions, and `spoken_of` what other words of the council's speak of, both by their keys.
    """

    kind: str
    rows: list[Entry]
    said: dict[int, Said]
    spoken_of: frozenset[int]

    @property
    def title(self) -> str:
        return f"{Commitment.Kind(self.kind).label}s"

    @property
    def recorded(self) -> int:
        """How many have a position of their own, or on a part of them."""
        return sum(any(each.commitment.id in self.said for each in every([row])) for row in self.rows)

    @property
    def lines(self) -> list[tuple[Entry, Said | None, bool]]:
        """Each row and its parts, the position on it, and whether only other words of the council's speak of it."""
        keyed = [(row, row.commitment.id) for row in every(self.rows)]
        return [(row, self.said.get(key), key not in self.said and key in self.spoken_of) for row, key in keyed]


def by_kind(rows: Sequence[Entry], standings: Sequence[Standing]) -> list[Listed]:
    """Rules, outcomes, enablers and principles, with their parts, each beside the council's position on it."""
    listed = {row.commitment.id for row in every(rows)}
    single = [(each.version.position.commitment_id, each) for each in standings]
    said = {key: said_of(each) for key, each in single if key in listed}
    spoken_of: frozenset[int] = frozenset().union(*(each.covered for each in standings))
    grouped = [(kind, [row for row in rows if row.commitment.kind == kind]) for kind in Commitment.Kind.values]
    return [Listed(kind, own, said, spoken_of) for kind, own in grouped if own]


class _Others:
    """Positions that are not on the pillar: looked through once, however many pillars they stand beside.

    `elsewhere` are the keys of what those on pillars speak of.
    """

    def __init__(self, standings: Sequence[Standing]) -> None:
        on_pillars: list[Standing] = []
        free: list[Standing] = []
        for each in standings:
            (free if each.version.position.pillar_id is None else on_pillars).append(each)
        self.by_commitment = {each.version.position.commitment_id: each for each in free}
        self.covered: set[int] = set().union(*(each.covered for each in free))
        self.elsewhere: set[int] = set().union(*(each.covered for each in on_pillars))


def _beside(pillar: Pillar, rows: list[Entry], standing: Standing | None, others: _Others) -> Beside:
    single = others.by_commitment
    keys = [entry.commitment.id for entry in every(rows)] if single else []
    beside = Beside(pillar, rows, standing, [single[key] for key in keys if key in single])
    covered = others.covered | standing.covered if standing else others.covered
    for row in rows:
        keys = [entry.commitment.id for entry in (row, *row.parts)]
        if not covered.isdisjoint(keys):
            beside.answered.append(row)
        elif not others.elsewhere.isdisjoint(keys):
            beside.elsewhere.append(row)
        else:
            beside.gaps.append(row)
    return beside
