"""What a reader could get wrong about the money, said in words: the traps that were avoided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pillars.funding import Picture
from pillars.models import FundingLine
from reforms.base.formatting import money_short

Inside = FundingLine.InsideHeadline


@dataclass(frozen=True)
class Caution:
    """A heading in a few words, and a sentence or two."""

    title: str
    text: str


def cautions(picture: Picture) -> list[Caution]:
    """Everything worth saying of these lines; nothing for lines that nobody could misread."""
    return [
        *_inside(picture),
        *_wholes(picture.lines),
        *_same_sums(picture.lines),
        *_shared(picture.lines),
        *_not_added(picture.lines),
    ]


def _inside(picture: Picture) -> Iterator[Caution]:
    """Whether any source says which lines the headline takes in."""
    if not (picture.headline and picture.itemised and picture.not_itemised is not None):
        return
    headline, itemised = money_short(picture.headline.amount), money_short(picture.itemised.amount)
    said = [line for line in picture.itemised.lines if line.inside_headline != Inside.NOT_STATED]
    start = (
        f"No source says which of these lines are inside the {headline}."
        if not said
        else f"A source says of {len(said)} of {len(picture.itemised.lines)} lines whether it is inside the {headline}."
    )
    if picture.not_itemised >= 0:
        text = f"{start} {itemised} is itemised. If all of it is inside, {money_short(picture.not_itemised)} is not."
    else:
        text = f"{start} {itemised} is itemised, which is more than the headline: not all of it can be inside."
    yield Caution("Inside the headline?", text)


def _wholes(lines: Sequence[FundingLine]) -> Iterator[Caution]:
    """A sum and its parts: which is counted, and by how much the parts fall short."""
    parts: dict[str, list[FundingLine]] = defaultdict(list)
    for line in lines:
        if line.part_of and line.shape == FundingLine.Shape.SUM:
            parts[line.part_of.reference].append(line)
    for line in lines:
        if line.reference in parts and line.amount is not None:
            yield _whole(line, line.amount, parts[line.reference])


def _whole(line: FundingLine, amount: Decimal, parts: Sequence[FundingLine]) -> Caution:
    sums = [part.amount for part in parts if part.amount is not None]
    printed = " + ".join(map(money_short, sums))
    whole, come_to = money_short(amount), sum(sums, Decimal(0))
    if come_to == amount:
        return Caution(f"{whole} is {printed}", f"{line.title}: the parts make up the whole, so it is counted once.")
    short = money_short(amount - come_to)
    text = (
        f"{line.title}: {printed} = {money_short(come_to)}, which is {short} less than the {whole} printed beside it. "
        f"The whole is used."
    )
    return Caution(f"{whole} or {money_short(come_to)}?", text)


def _same_sums(lines: Sequence[FundingLine]) -> Iterator[Caution]:
    """Two lines of one amount are not the same money."""
    alike: dict[Decimal, list[FundingLine]] = defaultdict(list)
    for line in lines:
        if line.amount is not None and line.shape == FundingLine.Shape.SUM and line.role == FundingLine.Role.ITEMISED:
            alike[line.amount].append(line)
    for amount, found in alike.items():
        if len(found) > 1:
            each = "; ".join(_told(line) for line in found)
            yield Caution(f"{money_short(amount)} stands {_times(len(found))}", f"{each}. This is different money.")


def _told(line: FundingLine) -> str:
    if line.part_of and line.part_of.amount is not None:
        return f"{line.title}, part of {money_short(line.part_of.amount)}"
    return f"{line.title}, by itself"


def _times(count: int) -> str:
    return {2: "twice", 3: "three times"}.get(count, f"{count} times")


def _shared(lines: Sequence[FundingLine]) -> Iterator[Caution]:
    """One sum that pays for several things."""
    for line in lines:
        funded = list(line.known_funded)  # type: ignore[attr-defined]
        if funded and line.commitment and line.amount is not None and line.role == FundingLine.Role.ITEMISED:
            names = ", ".join(commitment.reference for commitment in funded)
            text = f"{line.title} also pays for {names}. It is counted once, with {line.commitment.reference}."
            yield Caution(f"{money_short(line.amount)} for several commitments", text)


def _not_added(lines: Sequence[FundingLine]) -> Iterator[Caution]:
    """What no total takes in."""
    unknown = [line for line in lines if line.shape == FundingLine.Shape.UNSPECIFIED]
    if unknown:
        noun = "sums" if len(unknown) > 1 else "sum"
        names = "; ".join(line.title for line in unknown)
        yield Caution(f"{len(unknown)} {noun} without a figure", f"Money is promised and no figure given for: {names}.")
