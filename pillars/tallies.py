"""Answers to recommendations counted, in the order of the unit marks: from taken up to passed over.

Counts are of one level: of whole recommendations, whose parts are counted with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pillars.answers import UNANSWERED
from pillars.models import Verdict

Kind = Verdict.Answer


@dataclass(frozen=True)
class Tally:
    """How many were answered how, and how many of those answers are our own reading.

    `waiting` were known by the day, when no answer to them was.
    """

    by_kind: Counter[str]
    inferred: Counter[str]
    waiting: int = 0

    @property
    def answered(self) -> int:
        return self.by_kind.total()

    @property
    def all(self) -> int:
        return self.answered + self.waiting

    @property
    def kinds(self) -> list[Kind]:
        """The answers that occur, for a key."""
        return [kind for kind in Kind if self.by_kind[kind]]

    @property
    def present(self) -> list[tuple[Kind, int]]:
        """The answers that occur, with their number."""
        return [(kind, self.by_kind[kind]) for kind in self.kinds]

    @property
    def rows(self) -> list[tuple[Kind, list[Kind], int]]:
        """The answers that occur, with a mark for each and how many of them we infer."""
        return [(kind, [kind] * number, self.inferred[kind]) for kind, number in self.present]

    @property
    def columns(self) -> list[tuple[Kind, int]]:
        """Every answer, with its number."""
        return [(kind, self.by_kind[kind]) for kind in Kind]

    @property
    def marks(self) -> list[Kind]:
        """One for each that is answered."""
        return [kind for kind in Kind for _ in range(self.by_kind[kind])]

    @property
    def taken_up(self) -> int:
        """Answered otherwise than by a no or by silence."""
        return sum(number for kind, number in self.by_kind.items() if kind not in UNANSWERED)

    @property
    def words(self) -> str:
        """ "10 of 14 taken up in some form, 1 rejected, 3 not mentioned"."""
        if not self.answered:
            return "No answer was known by this day" if self.all else "None was listed one by one by this day"
        left = [
            f"{self.by_kind[kind]} {kind.label.lower()}"
            for kind in (Kind.REJECTED, Kind.NOT_MENTIONED)
            if self.by_kind[kind]
        ]
        left += [f"{self.waiting} without an answer known by this day"] if self.waiting else []
        return ", ".join([f"{self.taken_up} of {self.all} taken up in some form", *left])


def tally(verdicts: Iterable[Verdict | None]) -> Tally:
    """Counts the answers given; nothing stands for one that is not known yet."""
    given = list(verdicts)
    known = [verdict for verdict in given if verdict]
    inferred = Counter(each.verdict for each in known if each.basis == Verdict.Basis.INFERRED)
    return Tally(Counter(each.verdict for each in known), inferred, len(given) - len(known))


def sum_tallies(each: Iterable[Tally]) -> Tally:
    """All of them together."""
    found = list(each)
    return Tally(
        sum((one.by_kind for one in found), Counter()),
        sum((one.inferred for one in found), Counter()),
        sum(one.waiting for one in found),
    )
