"""What published words cover, what of that has changed since, and whether they name an impact: one statement.

A version covers the commitments that its claims are about or its impacts rest on, and the one that its position is on.
A commitment has changed when a date, a sum, a report of progress or a verdict became known, of its own or of a part of
it, or a sum that also pays for it. Where somebody has said since that the words are still correct, that day counts.

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

from councils.staleness_in_sql import CHANGES, RENEWED
from reforms.base.sharing import written

LAST = f"""
WITH {CHANGES}, {RENEWED},
last AS (SELECT commitment_id AS commitment, MAX(known_on) AS known_on FROM change GROUP BY commitment_id)"""
"""The last day by which anything about a commitment became known: worked out once, not for each version covering it."""

COVERED = f"""{LAST}
    SELECT covered.version, covered.commitment, named.reference,
        CASE WHEN last.known_on > COALESCE(renewed.renewed_on, covered.published_on) THEN 1 ELSE 0 END,
        CASE WHEN named.kind = 'recommendation' THEN 1 ELSE 0 END
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
    LEFT JOIN last ON last.commitment = covered.commitment
    LEFT JOIN renewed ON renewed.version_id = covered.version
    UNION ALL
    SELECT version_id, CAST(NULL AS bigint), CAST(renewed_on AS text) || ' ' || CAST(review_on AS text), 0, 0
    FROM renewed WHERE version_id IN ({{keys}})
    UNION ALL
    SELECT DISTINCT version_id, CAST(NULL AS bigint), '', 0, 0 FROM councils_impact
    WHERE version_id IN ({{keys}}) AND known_on <= %(on)s"""
"""A row for each commitment that a version covers. Without one: a row for each that was renewed, which holds the days
instead of a reference, and one for each that names an impact."""


@dataclass
class Covered:
    """What one version covers: keys of commitments, and the references of those that changed after it.

    `recommendations` are those of the commitments that ask for something, which others then answer. `renewed_on` is the
    day on which somebody last said that it is still correct, `review_on` that until which it then holds.
    """

    commitments: set[int] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)
    recommendations: set[int] = field(default_factory=set)
    has_impacts: bool = False
    renewed_on: date | None = None
    review_on: date | None = None


def covered_by(versions: Sequence[int], *, on: date) -> dict[int, Covered]:
    """What each of the versions, by key, covers and what of it had changed by the day."""
    found = {version: Covered() for version in versions}
    rows = _rows(versions, on) if versions else []
    for version, commitment, reference, has_changed, is_recommendation in sorted(rows, key=itemgetter(2)):
        covered = found[version]
        if commitment is None:
            _note(covered, reference)
            continue
        covered.commitments.add(commitment)
        if has_changed:
            covered.changed.append(reference)
        if is_recommendation:
            covered.recommendations.add(commitment)
    return found


def _note(covered: Covered, days: str) -> None:
    """What a row without a commitment says."""
    if days:
        covered.renewed_on, covered.review_on = map(date.fromisoformat, days.split())
    else:
        covered.has_impacts = True


def _rows(versions: Sequence[int], on: date) -> list[tuple[int, int | None, str, int, int]]:
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(COVERED.format(keys=written(versions)), {"on": day})
        return cursor.fetchall()
