"""The places that facts of several kinds rest on, in one statement: pages print hundreds of them.

Written out, since Django takes longer to build the same from expressions than a database takes to answer. SQLite and
PostgreSQL read it alike.
"""

# Names of tables and columns come from the models; days come as parameters, keys as numbers.
# ruff: noqa: S608

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from pillars.models import Citation, CitedFact, Source
from reforms.base.sharing import put, put_together, written

SOURCE = ("id", "slug", "file", "short_title", "published_basis")
PLACE = ("id", "locator", "number")
"""What a citation prints, in the order of the models' fields."""
COLUMNS = ", ".join((*(f"s.{name}" for name in SOURCE), *(f"c.{name}" for name in PLACE), "s.published_on"))
CITED = f"""
    SELECT '{{label}}', cited.{{fact}}, {COLUMNS}
    FROM {{table}} cited JOIN pillars_citation c ON c.id = cited.citation_id JOIN pillars_source s ON s.id = c.source_id
    WHERE s.known_on <= %s AND cited.{{fact}} IN ({{keys}})"""


class Places:
    """The citations of each fact, in the order of their documents."""

    def __init__(self, found: Mapping[tuple[str, int], list[Citation]]) -> None:
        self._found = found

    def of(self, fact: CitedFact) -> list[Citation]:
        return self._found.get((fact._meta.label, fact.pk), [])


def places_of(*groups: Iterable[CitedFact], on: date) -> Places:
    """The places in sources that had come out by the day, for groups of facts that are of one kind each."""
    named = [(type(facts[0]), [fact.pk for fact in facts]) for group in groups if (facts := list(group))]
    return Places(_by_fact(_rows(named, on))) if named else Places({})


def _rows(named: Sequence[tuple[type[CitedFact], list[int]]], on: date) -> list[tuple[Any, ...]]:
    """Kind and key of a fact, then its source, its place and the day of the source: in the order of citations."""
    day = connection.ops.adapt_datefield_value(on)
    statements = [_statement(model).format(keys=written(keys)) for model, keys in named]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), [day] * len(named))
        # By the day of the source, its slug, and the number of the place in it.
        return sorted(cursor.fetchall(), key=lambda row: (row[-1], row[3], row[-2]))


@cache
def _statement(model: type[Any]) -> str:
    links = model._meta.get_field("citations")
    names = {"label": model._meta.label, "table": links.m2m_db_table(), "fact": links.m2m_column_name()}
    return CITED.format(keys="{keys}", **names)


def _by_fact(rows: Iterable[Sequence[Any]]) -> dict[tuple[str, int], list[Citation]]:
    """A source and a place are one object each, however many facts rest on them."""
    sources: dict[int, Source] = {}
    places: dict[int, Citation] = {}
    found: defaultdict[tuple[str, int], list[Citation]] = defaultdict(list)
    for kind, fact, *values, _day in rows:
        source, place = values[: len(SOURCE)], values[len(SOURCE) :]
        if place[0] not in places:
            if source[0] not in sources:
                sources[source[0]] = put_together(Source, SOURCE, source, connection.alias)
            places[place[0]] = _cited_in(sources[source[0]], place)
        found[kind, fact].append(places[place[0]])
    return found


def _cited_in(source: Source, place: Sequence[Any]) -> Citation:
    citation = put_together(Citation, (*PLACE, "source_id"), (*place, source.pk), connection.alias)
    put([citation], "source", {source.pk: source})
    return citation
