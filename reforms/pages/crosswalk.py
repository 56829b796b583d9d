"""Areas of a review by pillars of the strategy: where the answers to whole recommendations live on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from django.urls import reverse

from pillars.answers import Answered
from pillars.ledger import Entry
from pillars.models import Pillar
from pillars.verdict_filters import NOWHERE, OUTSIDE


class Area(Protocol):
    """Some recommendations, by the number of their area; those of none have 0."""

    @property
    def number(self) -> int: ...

    @property
    def pillar(self) -> Pillar | None: ...

    @property
    def rows(self) -> Sequence[Entry]: ...


@dataclass(frozen=True)
class Column:
    """One pillar of the strategy, or where else an answer may live on; `key` is the value of the list's filter."""

    key: str
    title: str
    pillar: Pillar | None = None


@dataclass(frozen=True)
class Cell:
    """How many whole recommendations of an area have an answer that lives on there.

    `url` lists them, and `words` say what they are.
    """

    column: Column
    number: int
    url: str
    words: str


@dataclass(frozen=True)
class Line:
    """One area across the columns."""

    title: str
    pillar: Pillar | None
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Crosswalk:
    """A recommendation counts in every column that carries its answer, so a line may come to more than its area."""

    columns: Sequence[Column]
    lines: Sequence[Line]
    repeated: int
    """How many recommendations stand in more than one column."""


def crosswalk(areas: Iterable[Area], pillars: Sequence[Pillar]) -> Crosswalk:
    """Where the answers of the strategy with these pillars live on. The rows have their answers."""
    found = list(areas)
    strategy = pillars[0].programme_id
    numbers = {pillar.pk: str(pillar.number) for pillar in pillars}
    keys = {row.reference: _keys(row.answered, strategy, numbers) for area in found for row in area.rows}
    columns = _columns(pillars, used=set().union(*keys.values()))
    lines = [_line(area, columns, [keys[row.reference] for row in area.rows], pillars[0]) for area in found]
    return Crosswalk(columns, lines, sum(len(each) > 1 for each in keys.values()))


def _keys(answered: Answered | None, strategy: int, numbers: dict[int, str]) -> set[str]:
    """The columns in which a recommendation stands; none while the strategy's answer is not known."""
    if answered is None or answered.verdict.programme_id != strategy:
        return set()
    own = [each for each in answered.carried_by if each.programme_id == strategy]
    if not answered.carried_by:
        return {NOWHERE}
    return {numbers.get(each.pillar_id or 0, OUTSIDE) for each in own}


def _columns(pillars: Sequence[Pillar], *, used: set[str]) -> list[Column]:
    """Every pillar, what is carried by none of them where anything is, and nothing."""
    columns = [Column(str(pillar.number), str(pillar), pillar) for pillar in pillars]
    if OUTSIDE in used:
        columns.append(Column(OUTSIDE, "No one pillar"))
    return [*columns, Column(NOWHERE, "Carried by none")]


def _line(area: Area, columns: Sequence[Column], keys: Sequence[set[str]], pillar: Pillar) -> Line:
    title = str(area.pillar) if area.pillar else "No one area"
    by = pillar.programme.slug
    cells = [_cell(area, title, column, sum(column.key in each for each in keys), by) for column in columns]
    return Line(title, area.pillar, cells)


def _cell(area: Area, title: str, column: Column, number: int, by: str) -> Cell:
    query = urlencode({"pillar": area.number, "carried": column.key, "by": by})
    nouns = "recommendation" if number == 1 else "recommendations"
    where = column.title if column.key == NOWHERE else f"carried by {column.title}"
    return Cell(column, number, f"{reverse('verdicts')}?{query}", f"{nouns}, {title}, {where}")
