"""The money of every programme in one picture: asked for, announced, itemised. Unlike things are never added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Prefetch

from pillars.models import Commitment, Deadline, FundingLine, Pillar, Wording
from pillars.money import Line, Total, total
from pillars.places import places_of
from pillars.rows import known
from reforms.base.formatting import money_short

Role, Shape = FundingLine.Role, FundingLine.Shape
ADDED = (Role.ASKED, Role.HEADLINE, Role.ITEMISED, Role.ALLOCATED)
"""Roles whose sums can be added among themselves, in the order in which they are shown."""


@dataclass(frozen=True)
class Bar:
    """A sum on the scale of the largest one. Place and width are percentages of the drawing, as text."""

    words: str
    amount: Decimal
    x: str
    width: str

    @property
    def label(self) -> str:
        return money_short(self.amount)


@dataclass(frozen=True)
class RoleTotal:
    """What the lines of one role come to, with the lines that were added."""

    role: FundingLine.Role
    amount: Decimal
    lines: tuple[FundingLine, ...]

    @property
    def working(self) -> str:
        """£45m + £30m + £27m, the largest first; nothing for one line alone."""
        sums = sorted((line.amount or Decimal(0) for line in self.lines), reverse=True)
        return " + ".join(map(money_short, sums)) if len(sums) > 1 else ""


@dataclass(frozen=True)
class Share:
    """The itemised money of one pillar, or of one span of years."""

    title: str
    url: str
    amount: Decimal | None
    lines: tuple[FundingLine, ...]
    others: tuple[FundingLine, ...] = ()
    """Its rates, percentages and sums not stated, which no total takes in."""
    shared: tuple[FundingLine, ...] = ()
    """Lines counted elsewhere that pay for something here too."""

    @property
    def working(self) -> str:
        sums = sorted((line.amount or Decimal(0) for line in self.lines), reverse=True)
        return " + ".join(map(money_short, sums)) if len(sums) > 1 else ""


@dataclass(frozen=True)
class Picture:
    """Everything the page draws and says of the lines known on a day."""

    lines: tuple[FundingLine, ...]
    totals: dict[str, RoleTotal] = field(default_factory=dict)

    @property
    def bars(self) -> list[tuple[str, Bar]]:
        """Asked for, headline, itemised and allocated, each a bar on one scale."""
        most = max((each.amount for each in self.totals.values()), default=Decimal(0))
        return [(role, _bar(each.role.label, each.amount, most)) for role, each in self.totals.items()]

    @property
    def itemised(self) -> RoleTotal | None:
        return self.totals.get(Role.ITEMISED)

    @property
    def headline(self) -> RoleTotal | None:
        return self.totals.get(Role.HEADLINE)

    @property
    def rates(self) -> list[FundingLine]:
        """What changes by a rate or a share: never added, so they have a table of their own."""
        return [line for line in self.lines if line.shape in (Shape.RATE, Shape.PERCENTAGE)]

    @property
    def inside(self) -> list[Bar]:
        """The itemised lines one after another inside the headline, the largest first."""
        if not (self.headline and self.itemised and self.itemised.amount <= self.headline.amount):
            return []
        whole, start, bars = self.headline.amount, Decimal(0), []
        for line in sorted(self.itemised.lines, key=lambda line: -(line.amount or 0)):
            bars.append(_bar(line.title, line.amount or Decimal(0), whole, start=start))
            start += line.amount or Decimal(0)
        return bars

    @property
    def not_itemised(self) -> Decimal | None:
        """What is left of the headline if every itemised line lies inside it."""
        if not (self.headline and self.itemised):
            return None
        return self.headline.amount - self.itemised.amount


def known_lines(*, on: date) -> list[FundingLine]:
    """Every line known on the day with what a row prints: five queries for any number of lines.

    What a line is for, or part of, is left out where nobody could know of it on the day.
    """
    funded = Commitment.objects.known(on=on).standing().select_related("pillar__programme")
    lines = FundingLine.objects.known(on=on).select_related("programme", "commitment__pillar__programme", "part_of")
    lines = lines.prefetch_related(
        Prefetch("also_funds", funded, to_attr="known_funded"),
        Prefetch("commitment__deadlines", Deadline.objects.current(on=on), to_attr="known_deadlines"),
    )
    found: list[FundingLine] = list(lines.with_citations(on=on))
    for line in found:
        line.commitment, line.part_of = known(line.commitment, on=on), known(line.part_of, on=on)
    return found


def disputed_money(lines: Iterable[FundingLine], *, on: date) -> dict[int, Commitment]:
    """By line, the commitment whose money documents put differently: what it is for, or else what it also pays for."""
    about: dict[int, list[Commitment]] = {}
    for line in lines:
        about[line.pk] = [line.commitment] if line.commitment else list(line.known_funded)  # type: ignore[attr-defined]
    places = places_of((each for found in about.values() for each in found), on=on)
    differing = {
        key: [each for each in found if Wording.Field.MONEY in places.differing(each)] for key, found in about.items()
    }
    return {key: found[0] for key, found in differing.items() if found}


def picture(lines: Sequence[FundingLine]) -> Picture:
    """The totals of each role. A role without a sum has none."""
    found = {role: role_total(lines, role) for role in ADDED}
    return Picture(tuple(lines), {role.value: each for role, each in found.items() if each})


def role_total(lines: Iterable[FundingLine], role: FundingLine.Role) -> RoleTotal | None:
    """The sum of a role's leaves; None where no line of the role has an amount."""
    found, by_reference = _total(lines, role)
    if found.amount is None:
        return None
    return RoleTotal(role, found.amount, tuple(by_reference[line.reference] for line in found.lines))


def _total(lines: Iterable[FundingLine], role: FundingLine.Role) -> tuple[Total, dict[str, FundingLine]]:
    by_reference = {line.reference: line for line in lines}
    return total([plain(line, by_reference) for line in by_reference.values()], role=role.value), by_reference


def plain(line: FundingLine, among: Iterable[str]) -> Line:
    """A line for the pure rules. What it is part of counts only where that is there too."""
    part_of = line.part_of.reference if line.part_of and line.part_of.reference in among else None
    return Line(line.reference, line.title, line.role, line.shape, line.amount, part_of)


def shares_of_pillars(lines: Sequence[FundingLine], pillars: Iterable[Pillar]) -> list[Share]:
    """The itemised money of each pillar; a line is counted in the pillar of its own commitment, once."""
    itemised = [line for line in lines if line.role == Role.ITEMISED]
    return [_pillar_share(pillar, itemised) for pillar in pillars]


def _pillar_share(pillar: Pillar, itemised: Sequence[FundingLine]) -> Share:
    own = [line for line in itemised if line.commitment and line.commitment.pillar_id == pillar.pk]
    found, by_reference = _total(own, Role.ITEMISED)
    also = [line for line in itemised if line not in own and _pays_for(line, pillar)]
    return Share(
        title=str(pillar),
        url=pillar.get_absolute_url(),
        amount=found.amount,
        lines=tuple(by_reference[line.reference] for line in found.lines),
        others=tuple(line for line in own if line.shape != Shape.SUM),
        shared=tuple(also),
    )


def _pays_for(line: FundingLine, pillar: Pillar) -> bool:
    return any(commitment.pillar_id == pillar.pk for commitment in line.known_funded)  # type: ignore[attr-defined]


def by_years(lines: Sequence[FundingLine]) -> list[Share]:
    """The itemised sums by the years a source gives them. A sum for two years together is not split."""
    found, by_reference = _total(lines, Role.ITEMISED)
    leaves = sorted((by_reference[line.reference] for line in found.lines), key=lambda line: line.years)
    shares = []
    for years, group in groupby(leaves, key=lambda line: tuple(line.years)):
        members = tuple(group)
        amount = sum((line.amount or Decimal(0) for line in members), Decimal(0))
        shares.append(Share(years_words(years), "", amount, members))
    return sorted(shares, key=lambda share: (share.title == NO_YEARS, share.title))


NO_YEARS = "No years given"


def years_words(years: Sequence[str]) -> str:
    """ "2023-24 and 2024-25 together", "2023-24", or that none is given."""
    if not years:
        return NO_YEARS
    return years[0] if len(years) == 1 else f"{', '.join(years[:-1])} and {years[-1]} together"


def _bar(words: str, amount: Decimal, most: Decimal, *, start: Decimal = Decimal(0)) -> Bar:
    return Bar(words, amount, x=_percent(start, most), width=_percent(amount, most))


def _percent(amount: Decimal, most: Decimal) -> str:
    return f"{100 * amount / most:.1f}" if most else "0.0"
