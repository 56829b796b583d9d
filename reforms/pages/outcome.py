"""Promise and outcome: whole commitments counted by what became of them, and what sources report of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from pillars.ledger import STRENGTHS, Entry
from pillars.models import Pillar, Programme
from pillars.outcomes import Outcome, Reported
from pillars.querysets import NO_PILLAR, WHOLE
from pillars.timing import Timing

Query = tuple[tuple[str, str], ...]
"""Parameters of the list of commitments."""
ALL = "All"
ORDER = list(Outcome)


@dataclass(frozen=True)
class Column:
    """Outcomes that are counted together, and how the list of commitments asks for them."""

    outcomes: tuple[Outcome, ...]
    query: Query
    title: str = ""

    @property
    def head(self) -> str:
        return self.title or self.outcomes[0].label


def _passed(outcome: Outcome, reported: Reported) -> Column:
    return Column((outcome,), (("timing", Timing.PASSED), ("reported", reported)))


COLUMNS = (
    Column((Outcome.MET,), (("timing", Timing.MET),)),
    Column((Outcome.MET_LATE,), (("timing", Timing.MET_LATE),)),
    _passed(Outcome.PASSED, Reported.NOTHING),
    _passed(Outcome.PASSED_REPORTED, Reported.SOMETHING),
    Column((Outcome.CLOSING, Outcome.OPEN), (("timing", Timing.CLOSING), ("timing", Timing.OPEN)), "Window open"),
    Column((Outcome.AHEAD,), (("timing", Timing.AHEAD),)),
    Column((Outcome.CONDITIONAL,), (("timing", Timing.CONDITIONAL),)),
    Column((Outcome.NO_DATE,), (("timing", Timing.NO_DATE),)),
)
"""Every outcome stands in one of them: tested."""


@dataclass(frozen=True)
class Cell:
    """How many commitments of a line came to this; `url` lists them, and `words` say what they are."""

    head: str
    marks: Sequence[Outcome]
    url: str
    words: str

    @property
    def number(self) -> int:
        return len(self.marks)


@dataclass(frozen=True)
class Line:
    """Some commitments across the columns. `page` is the page of what they have in common, where it has one."""

    title: str
    cells: Sequence[Cell]
    whole: Cell
    page: str = ""

    @property
    def number(self) -> int:
        return self.whole.number


@dataclass(frozen=True)
class Table:
    """Lines that have every whole commitment of a programme once, and their sum."""

    noun: str
    lines: Sequence[Line]
    total: Line

    @property
    def columns(self) -> list[str]:
        return [cell.head for cell in self.total.cells]

    @property
    def key(self) -> list[Outcome]:
        """The outcomes that occur."""
        found = set(self.total.whole.marks)
        return [outcome for outcome in ORDER if outcome in found]


def by_pillar(programme: Programme, rows: Sequence[Entry], pillars: Sequence[Pillar]) -> Table:
    """Every pillar, and last what belongs to none where there is any."""
    lines = []
    for pillar in pillars:
        own = [row for row in rows if row.commitment.pillar_id == pillar.pk]
        query = (("pillar", str(pillar.number)),)
        lines.append(_line(programme, str(pillar), query, own, page=pillar.get_absolute_url()))
    keys = {pillar.pk for pillar in pillars}
    outside = [row for row in rows if row.commitment.pillar_id not in keys]
    if outside:
        lines.append(_line(programme, f"No one {programme.pillar_noun}", (("pillar", str(NO_PILLAR)),), outside))
    return Table(programme.pillar_noun, lines, _line(programme, "All together", (), rows))


def by_strength(programme: Programme, rows: Sequence[Entry]) -> Table:
    """Every strength of wording that occurs, the firmest first."""
    lines = []
    for strength, label in STRENGTHS.items():
        own = [row for row in rows if row.commitment.strength == strength]
        if own:
            lines.append(_line(programme, str(label), (("strength", strength),), own))
    return Table("wording", lines, _line(programme, "All together", (), rows))


def _line(programme: Programme, title: str, query: Query, rows: Sequence[Entry], page: str = "") -> Line:
    found = sorted((row.outcome for row in rows), key=ORDER.index)
    asked = (("programme", programme.slug), ("level", WHOLE), *query)
    nouns = (programme.commitment_noun, programme.commitment_noun_plural)
    cells = [
        _cell(column.head, [each for each in found if each in column.outcomes], (*asked, *column.query), title, nouns)
        for column in COLUMNS
    ]
    return Line(title, cells, _cell(ALL, found, asked, title, nouns), page)


def _cell(head: str, marks: Sequence[Outcome], query: Query, title: str, nouns: tuple[str, str]) -> Cell:
    said = "" if head == ALL else f", {head[:1].lower()}{head[1:]}"
    words = f"{nouns[len(marks) != 1]}, {title}{said}"
    return Cell(head, marks, f"{reverse('commitments')}?{urlencode(query)}", words)


def finest(rows: Iterable[Entry], *outcomes: Outcome) -> list[Entry]:
    """The rows and parts that came to this. What stands by a part that did so is left to that part: it says more."""
    found = []
    for row in rows:
        parts = finest(row.parts, *outcomes)
        if row.outcome in outcomes and not (row.is_dated_by_parts and parts):
            found.append(row)
        found += parts
    return found
