"""The money that sources name among some commitments: a total with its working, and what cannot be added."""

from __future__ import annotations

from dataclasses import dataclass

from pillars.ledger import Entry, every
from pillars.models import FundingLine
from pillars.money import Line, Total, total
from reforms.base.formatting import money_short

FEW = 8
"""Sums that stand in a sentence; more are a list."""
NOUNS: dict[str, tuple[str, str]] = {
    FundingLine.Shape.RATE: ("rate", "rates"),
    FundingLine.Shape.PERCENTAGE: ("percentage", "percentages"),
    FundingLine.Shape.UNSPECIFIED: ("sum not stated", "sums not stated"),
}
"""What cannot be added, one and several."""


@dataclass(frozen=True)
class NamedMoney:
    """The itemised sums, and how many itemised rates, percentages and sums not stated stand beside them."""

    itemised: Total
    beside: dict[str, int]
    """How many of each other shape, by the name of the shape."""

    @property
    def working(self) -> list[Line]:
        """The lines the total adds, the largest first."""
        return sorted(self.itemised.lines, key=lambda line: -(line.amount or 0))

    @property
    def is_long(self) -> bool:
        """Whether the working is longer than a line or two."""
        return len(self.itemised.lines) > FEW

    @property
    def words(self) -> str:
        """£57m, 1 percentage, 2 sums not stated."""
        total = [money_short(self.itemised.amount)] if self.itemised.amount is not None else []
        others = [f"{count} {NOUNS[shape][count != 1]}" for shape, count in self.beside.items() if count]
        return ", ".join([*total, *others]) or "Not stated"


def named_money(rows: list[Entry]) -> NamedMoney:
    lines = [line for row in every(rows) for line in row.funding if line.role == FundingLine.Role.ITEMISED]
    sums = [line for line in lines if line.shape == FundingLine.Shape.SUM]
    beside = {shape: sum(line.shape == shape for line in lines) for shape in NOUNS}
    return NamedMoney(total([_plain(line, sums) for line in sums], role="itemised"), beside)


def _plain(line: FundingLine, lines: list[FundingLine]) -> Line:
    parents = {each.pk: each.reference for each in lines}
    part_of = parents.get(line.part_of_id) if line.part_of_id else None
    return Line(line.reference, line.title, line.role, line.shape, line.amount, part_of)
