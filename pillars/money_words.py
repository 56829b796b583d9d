"""One line of money in few words, for a row: £45m, £1,000 to £3,000 a person, +12.43%."""

from __future__ import annotations

from pillars.models import FundingLine
from reforms.base.formatting import money_short, percent


def money_words(line: FundingLine) -> str:
    """The figure in the shape the source gives it; an unknown sum is said, never left blank."""
    match line.shape:
        case FundingLine.Shape.SUM if line.amount is not None:
            return money_short(line.amount)
        case FundingLine.Shape.RATE if line.amount is not None:
            return _rate(line)
        case FundingLine.Shape.PERCENTAGE if line.percent is not None:
            return f"{'−' if line.percent < 0 else '+'}{percent(abs(line.percent))}"
    return "Sum not stated"


def _rate(line: FundingLine) -> str:
    after = money_short(line.amount or 0)
    change = f"{money_short(line.amount_from)} to {after}" if line.amount_from is not None else after
    return f"{change} {_article(line.per)} {line.per}" if line.per else change


def _article(noun: str) -> str:
    """An hour, an apprentice; but a unit."""
    return "an" if noun.startswith(("a", "e", "i", "o", "hour")) else "a"
