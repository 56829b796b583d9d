"""Which bodies have a position on a pillar on a day: one statement for the whole country.

Written out, since Django takes longer to build the same from expressions than a database takes to answer. SQLite and
PostgreSQL read it alike.
"""

# Every piece of it is a constant of this module; days, states and keys come as parameters.

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection

from councils.models import PositionVersion

SPEAKING = """
    SELECT body.slug, body.name, body.id
    FROM councils_position place
    JOIN pillars_organisation body ON body.id = place.organisation_id
    JOIN councils_positionversion latest ON latest.id = (
        SELECT v.id FROM councils_positionversion v
        WHERE v.position_id = place.id AND v.known_on <= %(on)s AND v.published_on <= %(on)s
            AND v.state IN (%(published)s, %(superseded)s, %(withdrawn)s)
        ORDER BY v.number DESC LIMIT 1)
    WHERE place.pillar_id = %(pillar)s AND latest.state <> %(withdrawn)s"""
STATES = {state.value: state.value for state in (*PositionVersion.PUBLIC_STATES, PositionVersion.State.WITHDRAWN)}


class Speaker(NamedTuple):
    """A body with a position. `organisation` is its key."""

    slug: str
    name: str
    organisation: int


def speakers_on(pillar: int, *, on: date) -> list[Speaker]:
    """Every body whose position on the pillar could be read on the day, by name: those of `public(on=)`."""
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(SPEAKING, STATES | {"on": day, "pillar": pillar})
        return sorted((Speaker(*row) for row in cursor.fetchall()), key=lambda each: (each.name, each.organisation))
