"""Commitments counted by where they stand, in the order of the unit marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pillars.ledger import Entry
from pillars.timing import Timing

ORDER = (
    Timing.MET,
    Timing.MET_LATE,
    Timing.PASSED,
    Timing.CLOSING,
    Timing.OPEN,
    Timing.AHEAD,
    Timing.CONDITIONAL,
    Timing.NO_DATE,
)


@dataclass(frozen=True)
class Counts:
    """How many commitments stand where; `marks` is one timing for each, in order."""

    by_timing: dict[Timing, int]

    @property
    def all(self) -> int:
        return sum(self.by_timing.values())

    @property
    def marks(self) -> list[Timing]:
        return [timing for timing in ORDER for _ in range(self.by_timing[timing])]

    @property
    def met(self) -> int:
        return self.by_timing[Timing.MET] + self.by_timing[Timing.MET_LATE]

    @property
    def passed(self) -> int:
        return self.by_timing[Timing.PASSED]

    @property
    def open(self) -> int:
        return self.by_timing[Timing.OPEN] + self.by_timing[Timing.CLOSING]

    @property
    def ahead(self) -> int:
        return self.by_timing[Timing.AHEAD]

    @property
    def no_date(self) -> int:
        return self.by_timing[Timing.NO_DATE] + self.by_timing[Timing.CONDITIONAL]

    @property
    def timings(self) -> list[Timing]:
        """The timings that occur, for a key."""
        return [timing for timing in ORDER if self.by_timing[timing]]

    @property
    def present(self) -> list[tuple[Timing, int]]:
        """The timings that occur, with their number."""
        return [(timing, self.by_timing[timing]) for timing in ORDER if self.by_timing[timing]]


def count_timings(rows: Iterable[Entry]) -> Counts:
    """Counts whole commitments; a part is counted within its own."""
    found = Counter(row.answer.timing for row in rows)
    return Counts({timing: found[timing] for timing in ORDER})


def sum_counts(each: Iterable[Counts]) -> Counts:
    total: Counter[Timing] = Counter()
    for counts in each:
        total.update(counts.by_timing)
    return Counts({timing: total[timing] for timing in ORDER})
