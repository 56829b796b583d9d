"""Money in a report: the lines that sources name, what they come to with its working, and what is never added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from councils.standing import ImpactRow, Standing
from pillars.funding import years_words
from pillars.ledger import Entry, every
from pillars.models import FundingLine
from pillars.money import Line, Total, total
from pillars.money_words import money_words
from reforms.base.formatting import money_short
from reforms.reports.document.values import Block
from reforms.reports.filling.material import Draft, Material
from reforms.reports.filling.words import begun, bullets, counted, joined, plain, sentence

Role, Shape = FundingLine.Role, FundingLine.Shape
HEADINGS = ("Money for", "Commitment", "What kind", "Sum", "Years", "As published")
MONEY = "money"


def money_of(given: Sequence[FundingLine], *, is_asked: bool) -> str:
    """What is itemised, or of a review asked for: the sum with its working, and how much stands beside it."""
    role = Role.ASKED if is_asked else Role.ITEMISED
    lines = [line for line in given if line.role == role]
    found = _total(lines, role)
    sums = [money_short(line.amount or 0) for line in sorted(found.lines, key=lambda line: -(line.amount or 0))]
    beside = len(lines) - sum(line.shape == Shape.SUM for line in lines)
    told = []
    if found.amount is not None:
        working = f" ({' + '.join(sums)})" if len(sums) > 1 else ""
        named = "What is asked for" if is_asked else "Money that sources name for it"
        told.append(f"{named} comes to {money_short(found.amount)}{working}.")
    if beside:
        told.append(f"{counted(beside, 'line')} of money cannot be added: rates, shares, or sums that are not stated.")
    return " ".join(told)


def financial(made: Material) -> Iterator[Block]:
    """The lines of the chosen pillars in a table, what they come to, and the organisation's own money."""
    lines = [*(line for line in made.lines if line.role != Role.CONTEXT), *lines_of(made.rows)]
    source = money_source(made)
    if lines:
        programme = made.asked.programme.title
        caption = f"Money that sources name in {programme}, as known on {made.asked.on_the_day}"
        yield Block(text=plain(caption), rows=(HEADINGS, *map(_row, _named(lines, made.rows))), source=source)
        yield Block(
            text=joined(money_of(lines, is_asked=made.is_review), *_headline(made.lines), _cautions(lines)),
            source=source,
        )
    else:
        text = f"No money is recorded here for what this report is about, as at {made.asked.on_the_day}."
        yield Block(text=text, source=source)
    yield from _own(made)


def money_source(made: Material) -> str:
    return f"money:{made.chosen}"


def lines_of(rows: Iterable[Entry]) -> list[FundingLine]:
    return [line for row in every(rows) for line in row.funding]


def _named(lines: Sequence[FundingLine], rows: Sequence[Entry]) -> Iterator[tuple[FundingLine, str]]:
    references = {row.commitment.pk: row.reference for row in every(rows)}
    return ((line, references.get(line.commitment_id or 0, "")) for line in lines)


def _row(named: tuple[FundingLine, str]) -> tuple[str, ...]:
    line, reference = named
    years = years_words(line.years) if line.years else "Not given"
    return line.title, reference or "As a whole", line.get_role_display(), money_words(line), years, line.words


def _total(lines: Sequence[FundingLine], role: str) -> Total:
    """The sums that can be added; a whole and its parts count once."""
    sums = [line for line in lines if line.shape == Shape.SUM]
    parents = {line.pk: line.reference for line in sums}
    plain_lines = [
        Line(each.reference, each.title, each.role, each.shape, each.amount, parents.get(each.part_of_id or 0))
        for each in sums
    ]
    return total(plain_lines, role=role)


def _headline(lines: Sequence[FundingLine]) -> list[str]:
    return [
        f"The headline is {money_short(line.amount)}: {plain(sentence(line.title))} "
        "What is itemised is not added to it."
        for line in lines
        if line.role == Role.HEADLINE and line.amount is not None
    ]


def _cautions(lines: Sequence[FundingLine]) -> str:
    """What the table has that no total takes in."""
    if any(line.role == Role.CONTEXT for line in lines):
        return "Lines marked “Context” are figures that a body quotes; they are promised by nobody."
    return ""


# The organisation's own


def impact_words(row: ImpactRow) -> str:
    """What would change, and its figure where the words do not have it already."""
    summary = sentence(row.impact.summary)
    return summary if row.figure in summary else f"{summary} ({row.figure})"


def _own(made: Material) -> Iterator[Block]:
    """What its positions say of money: consequences, and points with a sum in them."""
    name, found = made.asked.organisation.name, False
    for said in made.standings:
        if told := [*_impacts(said), *_points(said)]:
            found = True
            yield Block(text=joined(_about(name, said), bullets(told)), source=f"position:{said.version.reference}")
    for draft in made.drafts:
        if told := _drafted(draft):
            found = True
            text = joined(f"In words that are not published ({plain(draft.reference)}):", bullets(told))
            yield Block(text=text, source=f"draft:{draft.reference}", is_draft=True)
    if not found:
        yield Block(text=f"Nothing is recorded here about what this would cost {plain(name)} or bring it.")


def _about(name: str, said: Standing) -> str:
    position = said.version.position
    subject = position.commitment or position.pillar or position.programme
    return begun(f"{plain(name)} says of {plain(subject)}:")


def _impacts(said: Standing) -> list[str]:
    rows = [row for row in said.impacts if row.impact.area == MONEY]
    return [plain(impact_words(row)) for row in rows]


def _points(said: Standing) -> list[str]:
    """Points that name pounds."""
    rows = [row for row in said.claims if "£" in row.claim.figure_words or "pound" in row.claim.unit]
    return [plain(sentence(row.claim.text)) for row in rows]


def _drafted(draft: Draft) -> list[str]:
    return [plain(each.in_words()) for each in draft.content.impacts if each.area == MONEY]
