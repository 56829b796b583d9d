"""Which body speaks of what in the strategy, and how: a row for each body, a cell for each pillar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from councils.models import View
from councils.shown_views import each_stance
from councils.subjects import Place, counting, places_of_views
from councils.view_filters import NO_PILLAR
from pillars.filters import USUAL_PROGRAMME
from pillars.models import Organisation, Pillar, Programme
from reforms.base.addresses import address

Query = Sequence[tuple[str, str | int]]


@dataclass(frozen=True)
class Column:
    """What a column counts: `query` asks the list of views for the same."""

    title: str
    views: Collection[int]
    query: Query


@dataclass(frozen=True)
class Cell:
    """What one body says of one thing: the number of its views, and how many take each stance."""

    title: str
    count: int
    stances: Sequence[str]
    url: str


@dataclass(frozen=True)
class Line:
    body: Organisation
    cells: Sequence[Cell]
    whole: Cell


@dataclass(frozen=True)
class Matrix:
    strategy: Programme
    titles: Sequence[str]
    lines: Sequence[Line]


def matrix(bodies: Sequence[Organisation], *, on: date) -> Matrix | None:
    """The bodies beside the pillars of the strategy; nothing before it was known. Four queries for any number."""
    programmes = list(Programme.objects.known(on=on))
    strategy = next((each for each in programmes if each.slug == USUAL_PROGRAMME), None)
    if strategy is None or not bodies:
        return None
    views = View.objects.known(on=on).filter(organisation__in=[body.pk for body in bodies])
    columns = _columns(strategy, programmes, places_of_views(views, on=on), on=on)
    stances: dict[int, dict[int, str]] = {body.pk: {} for body in bodies}
    for key, body, stance in views.order_by().values_list("pk", "organisation", "stance"):
        stances[body][key] = stance
    lines = [_line(body, stances[body.pk], columns) for body in bodies]
    return Matrix(strategy, [column.title for column in columns], lines)


def _columns(
    strategy: Programme, programmes: Iterable[Programme], places: Collection[Place], *, on: date
) -> list[Column]:
    """The strategy as a whole, its pillars, and every other programme together."""
    pillars = Pillar.objects.known(on=on).filter(programme=strategy)
    own = [strategy.slug]
    others = [each.slug for each in programmes if each != strategy]
    whole = counting(places, programmes=own, pillars=[None])
    found = [Column("As a whole, or no one pillar", whole, _asking(strategy, NO_PILLAR))]
    for each in pillars:
        views = counting(places, programmes=own, pillars=[each.number])
        found.append(Column(str(each), views, _asking(strategy, each.number)))
    elsewhere = [("programme", slug) for slug in others]
    return [*found, Column("Other programmes", counting(places, programmes=others), elsewhere)]


def _asking(strategy: Programme, pillar: str | int) -> Query:
    return [("programme", strategy.slug), ("pillar", pillar)]


def _line(body: Organisation, stances: Mapping[int, str], columns: Iterable[Column]) -> Line:
    cells = [_cell(column.title, body, stances, column.views, column.query) for column in columns]
    return Line(body, cells, _cell("", body, stances, stances.keys(), []))


def _cell(title: str, body: Organisation, stances: Mapping[int, str], views: Collection[int], query: Query) -> Cell:
    own = [stance for key, stance in stances.items() if key in views]
    asked = urlencode([("organisation", body.slug), *query])
    return Cell(title, len(own), each_stance(own), f"{address('views')}?{asked}")
