"""The money that sources name among some commitments: a total with its working, and what cannot be added."""

from __future__ import annotations

from dataclasses import dataclass

from pillars.ledger import Entry, every
from pillars.models import FundingLine
from pillars.money import Line, Total, total
from reforms.base.formatting import money_short


@dataclass(frozen=True)
class NamedMoney:
    """The itemised sums, and how many rates, percentages and sums not stated stand beside them."""

    itemised: Total
    beside: int

    @property
    def working(self) -> list[Line]:
        """The lines the total adds, the largest first."""
        return sorted(self.itemised.lines, key=lambda line: -(line.amount or 0))

    @property
    def words(self) -> str:
        """£57m and 3 other lines."""
        total = money_short(self.itemised.amount) if self.itemised.amount is not None else ""
        others = f"{self.beside} other line{'' if self.beside == 1 else 's'}" if self.beside else ""
        return " and ".join(text for text in (total, others) if text) or "Not stated"


def named_money(rows: list[Entry]) -> NamedMoney:
    lines = [line for row in every(rows) for line in row.funding]
    sums = [line for line in lines if line.shape == FundingLine.Shape.SUM]
    return NamedMoney(total([_plain(line, sums) for line in sums], role="itemised"), len(lines) - len(sums))


def _plain(line: FundingLine, lines: list[FundingLine]) -> Line:
    parents = {each.pk: each.reference for each in lines}
    part_of = parents.get(line.part_of_id) if line.part_of_id else None
    return Line(line.reference, line.title, line.role, line.shape, line.amount, part_of)
