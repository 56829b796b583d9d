"""Who speaks of a pillar on a day: bodies with a position of their own, and views of national and regional bodies.

One statement for the whole country, written out: a pillar's page is asked for the most, and Django takes longer to
build the same than a database takes to answer. SQLite and PostgreSQL read it alike.
"""

# Every piece of it is a constant of this module or the name of a table; days, states and keys come as parameters.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Model

from councils.models import Position, PositionVersion, View
from pillars.models import Commitment, Mission, Organisation

OWN = ("id", "number", "stance", "text", "words", "for_place")
"""What a page prints of a view besides what it speaks of."""
IS_WHOLE = "(v.pillar_id = %(pillar)s OR m.id IS NOT NULL)"
VIEWS = f"""
    SELECT {", ".join(f"v.{name}" for name in OWN)}, o.slug, o.name, {IS_WHOLE}, m.number, m.reference, m.title,
        a.reference, a.title, t.name
    FROM {{view}} v JOIN {{organisation}} o ON o.id = v.organisation_id
    LEFT JOIN {{mission}} m ON m.id = v.mission_id AND m.pillar_id = %(pillar)s AND m.known_on <= %(on)s
    LEFT JOIN {{about}} va ON va.view_id = v.id AND {IS_WHOLE}
    LEFT JOIN {{commitment}} a ON a.id = va.commitment_id AND a.known_on <= %(on)s AND a.merged_into_id IS NULL
    LEFT JOIN {{addressed}} vt ON vt.view_id = v.id AND {IS_WHOLE}
    LEFT JOIN {{organisation}} t ON t.id = vt.organisation_id
    WHERE v.known_on <= %(on)s AND ({IS_WHOLE} OR v.id IN (
        SELECT n.view_id FROM {{about}} n JOIN {{commitment}} c ON c.id = n.commitment_id
        WHERE c.pillar_id = %(pillar)s AND c.known_on <= %(on)s AND c.merged_into_id IS NULL))"""
"""What the list of views finds by the number of the pillar (see councils/subjects.py). Only views of the whole need
what else they speak of and whom they ask."""
POSITIONS = """
    SELECT body.id, NULL, '', '', '', '', body.slug, body.name, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM {position} place
    JOIN {organisation} body ON body.id = place.organisation_id
    JOIN {version} latest ON latest.id = (
        SELECT v.id FROM {version} v
        WHERE v.position_id = place.id AND v.known_on <= %(on)s AND v.published_on <= %(on)s
            AND v.state IN (%(published)s, %(superseded)s, %(withdrawn)s)
        ORDER BY v.number DESC LIMIT 1)
    WHERE place.pillar_id = %(pillar)s AND latest.state <> %(withdrawn)s"""
"""Bodies whose position could be read, as `public(on=)` has them: in the columns of a view, and without a number."""
STATES = {state.value: state.value for state in (*PositionVersion.PUBLIC_STATES, PositionVersion.State.WITHDRAWN)}
TABLES: dict[str, type[Model]] = {
    "view": View,
    "about": View.about.through,
    "addressed": View.addressed_to.through,
    "organisation": Organisation,
    "mission": Mission,
    "commitment": Commitment,
    "position": Position,
    "version": PositionVersion,
}


class Speaker(NamedTuple):
    """A body with a position. `organisation` is its key."""

    slug: str
    name: str
    organisation: int


class ViewRow(NamedTuple):
    """One view, once for each commitment that it speaks of with each body that it asks."""

    id: int
    number: int
    stance: str
    text: str
    words: str
    for_place: str
    slug: str
    body: str
    is_whole: bool
    mission: int | None
    mission_reference: str | None
    mission_title: str | None
    reference: str | None
    title: str | None
    asked: str | None


class Speaking(NamedTuple):
    """Bodies with a position, by name; and rows of views, by body and number."""

    speakers: list[Speaker]
    views: list[ViewRow]


def speaking_on(pillar: int, *, on: date) -> Speaking:
    """Everybody who speaks of the pillar, given by its key, as could be read on the day."""
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(_statement(), STATES | {"on": day, "pillar": pillar})
        rows = cursor.fetchall()
    speakers = [Speaker(row[6], row[7], row[0]) for row in rows if row[1] is None]
    return Speaking(sorted(speakers, key=lambda each: (each.name, each.organisation)), _in_order(rows))


def _in_order(rows: Iterable[tuple]) -> list[ViewRow]:
    views = [ViewRow._make(row) for row in rows if row[1] is not None]
    return sorted(views, key=lambda row: (row.body, row.slug, row.number, row.reference or "", row.asked or ""))


@cache
def _statement() -> str:
    return f"{VIEWS} UNION ALL {POSITIONS}".format(**{name: kind._meta.db_table for name, kind in TABLES.items()})
