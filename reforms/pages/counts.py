"""Commitments counted by what became of them, in the order of the unit marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pillars.ledger import LAST_REPORTED, Entry
from pillars.outcomes import Outcome


@dataclass(frozen=True)
class Counts:
    """How many commitments stand where; `marks` is one outcome for each, in order.

    `by_status` says of those whose window has passed, and of which something is reported, what was reported last.
    """

    by_outcome: Counter[Outcome]
    by_status: Counter[str] = field(default_factory=Counter)

    @property
    def all(self) -> int:
        return self.by_outcome.total()

    @property
    def marks(self) -> list[Outcome]:
        return [outcome for outcome in Outcome for _ in range(self.by_outcome[outcome])]

    @property
    def met(self) -> int:
        return self.by_outcome[Outcome.MET] + self.by_outcome[Outcome.MET_LATE]

    @property
    def late(self) -> int:
        """Those of the met that were met late."""
        return self.by_outcome[Outcome.MET_LATE]

    @property
    def silent(self) -> int:
        """Those whose window has passed, of which nothing is reported."""
        return self.by_outcome[Outcome.PASSED]

    @property
    def reported(self) -> int:
        """Those whose window has passed, of which something is reported short of that they are met."""
        return self.by_outcome[Outcome.PASSED_REPORTED]

    @property
    def open(self) -> int:
        return self.by_outcome[Outcome.OPEN] + self.by_outcome[Outcome.CLOSING]

    @property
    def ahead(self) -> int:
        return self.by_outcome[Outcome.AHEAD]

    @property
    def no_date(self) -> int:
        return self.by_outcome[Outcome.NO_DATE] + self.by_outcome[Outcome.CONDITIONAL]

    @property
    def outcomes(self) -> list[Outcome]:
        """The outcomes that occur, for a key."""
        return [outcome for outcome in Outcome if self.by_outcome[outcome]]

    @property
    def words(self) -> str:
        """ "1 met; 4 window passed, nothing reported; 3 window passed, last reported under way"."""
        return "; ".join(f"{number} {said}" for said, number in self._said())

    def _said(self) -> Iterator[tuple[str, int]]:
        for outcome in self.outcomes:
            if outcome is Outcome.PASSED_REPORTED:
                yield from ((f"window passed, last reported {said}", number) for said, number in self._reports())
            else:
                yield outcome.label.lower(), self.by_outcome[outcome]

    @property
    def passed_words(self) -> str:
        """ "22 windows passed: 15 with nothing reported, 7 last reported under way"; empty where none has."""
        number = self.silent + self.reported
        said = [f"{self.silent} with nothing reported"] if self.silent else []
        said += [f"{each} last reported {status}" for status, each in self._reports()]
        return f"{number} {'window' if number == 1 else 'windows'} passed: {', '.join(said)}" if said else ""

    def _reports(self) -> Iterator[tuple[str, int]]:
        """What was reported last, in words, and of how many: the most frequent first."""
        return ((LAST_REPORTED[status], number) for status, number in self.by_status.most_common())


def count_outcomes(rows: Iterable[Entry]) -> Counts:
    """Counts whole commitments; a part is counted within its own."""
    outcomes: Counter[Outcome] = Counter()
    statuses: Counter[str] = Counter()
    for row in rows:
        outcome = row.outcome
        outcomes[outcome] += 1
        if outcome is Outcome.PASSED_REPORTED and row.last_report:
            statuses[row.last_report.status] += 1
    return Counts(outcomes, statuses)


def sum_counts(each: Iterable[Counts]) -> Counts:
    """All of them together."""
    found = list(each)
    outcomes = sum((one.by_outcome for one in found), Counter())
    return Counts(outcomes, sum((one.by_status for one in found), Counter()))
