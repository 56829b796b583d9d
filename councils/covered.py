"""What published words cover, and what of that has changed since: one statement for any number of versions.

A version covers the commitments that its claims are about, and the one that its position is on. A commitment has
changed when a date, a sum or a report of progress became known, of its own or of a part of it, or a sum that also pays
for it.

Written out, since Django takes longer to build the same from expressions than a database takes to answer. SQLite and
PostgreSQL read it alike.
"""

# Every piece of it is a constant of this module; days come as parameters, keys as numbers.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from django.db import connection

from councils.staleness_in_sql import CHANGES
from reforms.base.sharing import written

LAST = f"""
WITH {CHANGES},
last AS (SELECT commitment_id AS commitment, MAX(known_on) AS known_on FROM change GROUP BY commitment_id)"""
"""The last day by which anything about a commitment became known: worked out once, not for each version covering it."""

COVERED = f"""{LAST}
    SELECT covered.version, covered.commitment, named.reference,
        CASE WHEN last.known_on > covered.published_on THEN 1 ELSE 0 END
    FROM (
        SELECT v.id AS version, v.published_on, about.commitment_id AS commitment
        FROM councils_positionversion v JOIN councils_positionversion_covers about ON about.positionversion_id = v.id
        WHERE v.id IN ({{keys}})
        UNION
        SELECT v.id, v.published_on, place.commitment_id
        FROM councils_positionversion v JOIN councils_position place ON place.id = v.position_id
        WHERE v.id IN ({{keys}}) AND place.commitment_id IS NOT NULL
    ) covered
    JOIN pillars_commitment named ON named.id = covered.commitment
    LEFT JOIN last ON last.commitment = covered.commitment"""


@dataclass
class Covered:
    """What one version covers: keys of commitments, and the references of those that changed after it."""

    commitments: set[int] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)


def covered_by(versions: Sequence[int], *, on: date) -> dict[int, Covered]:
    """What each of the versions, by key, covers and what of it had changed by the day."""
    found = {version: Covered() for version in versions}
    rows = _rows(versions, on) if versions else []
    for version, commitment, reference, has_changed in sorted(rows, key=itemgetter(2)):
        found[version].commitments.add(commitment)
        if has_changed:
            found[version].changed.append(reference)
    return found


def _rows(versions: Sequence[int], on: date) -> list[tuple[int, int, str, int]]:
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(COVERED.format(keys=written(versions)), {"on": day})
        return cursor.fetchall()
