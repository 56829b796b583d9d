"""The places that facts of several kinds rest on, in one statement: pages print hundreds of them.

With commitments comes what their readings stand in, so that a row can say that documents differ on it.

Written out, since Django takes longer to build the same from expressions than a database takes to answer. SQLite and
PostgreSQL read it alike.
"""

# Names of tables and columns come from the models; days come as parameters, keys as numbers.
# ruff: noqa: S608

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection

from pillars.differing import Words, differ
from pillars.models import Citation, CitedFact, Commitment, Source, Wording
from reforms.base.sharing import put_together, written

SOURCE = ("id", "slug", "file", "short_title", "published_basis")
PLACE = ("id", "locator", "number")
"""What a citation prints, in the order of the models' fields."""
CITATION = (*PLACE, "source_id")
COLUMNS = ", ".join((*(f"s.{name}" for name in SOURCE), *(f"c.{name}" for name in PLACE), "s.published_on"))
CITED = f"""
    SELECT '{{label}}', cited.{{fact}}, '', '', {COLUMNS}
    FROM {{table}} cited JOIN pillars_citation c ON c.id = cited.citation_id JOIN pillars_source s ON s.id = c.source_id
    WHERE s.known_on <= %s AND cited.{{fact}} IN ({{keys}})"""
READ = f"""
    SELECT '{{label}}', w.commitment_id, w.field || ' ' || w.topic, w.words, {COLUMNS}
    FROM {{wordings}} w JOIN {{table}} cited ON cited.{{fact}} = w.id
    JOIN pillars_citation c ON c.id = cited.citation_id JOIN pillars_source s ON s.id = c.source_id
    WHERE s.known_on <= %s AND w.commitment_id IN ({{keys}}) AND w.known_on <= %s"""
"""What documents say of commitments."""
IN_ORDER = itemgetter(-1, 5, -2)
"""By the day of the source, its slug, and the number of the place in it."""
READING = "a reading"
"""The label of rows that are readings: the key in them is the commitment's."""
Topics = Mapping[str, Sequence[Words]]
"""The readings of one commitment, by the field and what they are of: "date when it starts"."""


class Places:
    """The citations of each fact, in the order of their documents."""

    def __init__(
        self, found: Mapping[tuple[str, int], list[Citation]], readings: Mapping[int, Topics] | None = None
    ) -> None:
        self._found = found
        self._readings = readings or {}

    def of(self, fact: CitedFact) -> Sequence[Citation]:
        return self._found.get((_label(type(fact)), fact.pk), ())

    def differing(self, commitment: Commitment) -> Set[str]:
        """What documents put differently about it: dates, money. The commitment was among those asked about."""
        topics = self._readings.get(commitment.id)
        if not topics:
            return frozenset()
        return {topic.partition(" ")[0] for topic, readings in topics.items() if differ(readings)}


def places_of(*groups: Iterable[CitedFact], on: date) -> Places:
    """The places in sources that had come out by the day, for groups of facts that are of one kind each."""
    named = [(type(facts[0]), [fact.pk for fact in facts]) for group in groups if (facts := list(group))]
    if not named:
        return Places({})
    rows = _rows(named, on)
    return Places(_by_fact(row for row in rows if row[0] != READING), _by_topic(rows))


def _rows(named: Sequence[tuple[type[CitedFact], list[int]]], on: date) -> list[tuple[Any, ...]]:
    """Kind and key of a fact, then its source, its place and the day of the source: in the order of citations."""
    day = connection.ops.adapt_datefield_value(on)
    asked = [(_statement(model), keys, [day]) for model, keys in named]
    asked += [(_reading_statement(), keys, [day, day]) for model, keys in named if model is Commitment]
    statements = [statement.format(keys=written(keys)) for statement, keys, _ in asked]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), [value for *_, values in asked for value in values])
        return sorted(cursor.fetchall(), key=IN_ORDER)


@cache
def _label(model: type[Any]) -> str:
    return model._meta.label


@cache
def _statement(model: type[Any]) -> str:
    links = model._meta.get_field("citations")
    names = {"label": model._meta.label, "table": links.m2m_db_table(), "fact": links.m2m_column_name()}
    return CITED.format(keys="{keys}", **names)


@cache
def _reading_statement() -> str:
    links = Wording._meta.get_field("citations")
    names = {"table": links.m2m_db_table(), "fact": links.m2m_column_name(), "wordings": Wording._meta.db_table}
    return READ.format(keys="{keys}", label=READING, **names)


def _by_topic(rows: Iterable[Sequence[Any]]) -> dict[int, dict[str, list[Words]]]:
    found: defaultdict[int, defaultdict[str, list[Words]]] = defaultdict(lambda: defaultdict(list))
    for kind, commitment, topic, words, _source, _slug, _file, _title, _basis, place, *_rest in rows:
        if kind == READING:
            found[commitment][topic].append((words, [place]))
    return dict(found)


def _by_fact(rows: Iterable[Sequence[Any]]) -> dict[tuple[str, int], list[Citation]]:
    """A source and a place are one object each, however many facts rest on them."""
    database = connection.alias  # Asked once: to find the connection of this thread takes as long as to make an object.
    sources: dict[int, Source] = {}
    places: dict[int, Citation] = {}
    found: defaultdict[tuple[str, int], list[Citation]] = defaultdict(list)
    for kind, fact, _topic, _words, *values, _day in rows:
        source, place = values[: len(SOURCE)], values[len(SOURCE) :]
        if place[0] not in places:
            if source[0] not in sources:
                sources[source[0]] = put_together(Source, SOURCE, source, database)
            places[place[0]] = _cited_in(sources[source[0]], place, database)
        found[kind, fact].append(places[place[0]])
    return found


def _cited_in(source: Source, place: Sequence[Any], database: str) -> Citation:
    citation = put_together(Citation, CITATION, (*place, source.id), database)
    citation._state.fields_cache["source"] = source
    return citation
