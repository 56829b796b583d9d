"""What every organisation has published, in sum: how many positions on each programme, how new and how many stale.

One statement over all positions of the country, with the rule of staleness_in_sql.py. It takes a tenth of a second for
34,000 positions, so its answer is kept until the data changes: the data version tells.
"""

# Every piece of it is a constant; days come as parameters.
# ruff: noqa: S608

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from councils.staleness_in_sql import CHANGES, LOOKED_AT, OVERTAKEN, READ_ON_THE_DAY
from reforms.base.versions import data_version

KEPT = 4
"""Days whose answer is kept: most readers ask for today."""

SUMMARY = f"""
WITH {READ_ON_THE_DAY.format(within="")}, {LOOKED_AT}, {CHANGES}, {OVERTAKEN.format(of_those="", named="NULL")}
SELECT o.id, o.slug, o.name, p.programme_id, COUNT(p.pillar_id), COUNT(p.commitment_id), COUNT(*), MAX(v.published_on),
    SUM(CASE WHEN v.next_review_on < %(on)s OR expired.version_id IS NOT NULL OR changed.version_id IS NOT NULL
        THEN 1 ELSE 0 END)
FROM looked_at v
JOIN councils_position p ON p.id = v.position_id
JOIN pillars_organisation o ON o.id = p.organisation_id
JOIN pillars_programme g ON g.id = p.programme_id
LEFT JOIN expired ON expired.version_id = v.id
LEFT JOIN changed ON changed.version_id = v.id
GROUP BY o.id, o.slug, o.name, p.programme_id, g.number, g.slug
ORDER BY g.number, g.slug"""


class Summary(NamedTuple):
    """What one organisation could be read to say of one programme: numbers of positions, and the newest day of one.

    `positions` counts those on pillars, on commitments and on the whole; `stale` those of them that are so.
    """

    organisation: int
    slug: str
    name: str
    programme: int
    on_pillars: int
    on_commitments: int
    positions: int
    newest_on: date
    stale: int


def summaries(*, on: date) -> tuple[Summary, ...]:
    """By name of the organisation, then in the order of the programmes. Two queries, or one where nothing changed."""
    version = _settled_version()
    return _worked_out(on) if version is None else _kept(version, on)


def _settled_version() -> int | None:
    """That of the data; none inside a transaction, for what it has written itself may not have moved it yet."""
    return None if connection.in_atomic_block else data_version()


@lru_cache(maxsize=KEPT)
def _kept(_version: int, on: date) -> tuple[Summary, ...]:
    return _worked_out(on)


def _worked_out(on: date) -> tuple[Summary, ...]:
    with connection.cursor() as cursor:
        cursor.execute(SUMMARY, {"on": connection.ops.adapt_datefield_value(on)})
        found = [_read(row) for row in cursor.fetchall()]
    return tuple(sorted(found, key=lambda each: each.name))


def _read(row: tuple[Any, ...]) -> Summary:
    *counted, newest_on, stale = row
    newest = date.fromisoformat(newest_on) if isinstance(newest_on, str) else newest_on
    return Summary._make([*counted, newest, int(stale)])
