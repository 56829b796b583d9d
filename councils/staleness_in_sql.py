"""Which positions are stale, of the whole country or of some organisations: one statement, whatever there is.

The statement finds, for the version of each position that anybody could read on the day, what has overtaken it:
its review date, claims that have expired, changes of what it covers. Where somebody has said since that it is still
correct, only what came after that day counts, but for claims: what can no longer be true, nobody can renew. The rules
in staleness.py put that into words and name the first day. It is tested against standing.py, which answers the same
for the positions of a page.

It first takes each position's published version, found by an index that has no others, and looks at what went before
only where that one could not be read yet: so it is quickest for today, and does not slow down as versions pile up.
Positions without one are found by a join: beyond some 100,000 PostgreSQL answers NOT IN by reading the list once for
each. SQLite and PostgreSQL read the rest alike. CROSS JOIN tells SQLite in which order to look, and CAST not to walk an
index where the whole table is quicker; to PostgreSQL both mean nothing.
"""

# Every piece of it is a constant of this module; days and ids come as parameters.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from councils.staleness import reasons_of, stale_since

ROWS_AT_A_TIME = 2000
MOST_NAMED = 6
"""Of the commitments that changed; the others are counted, so that no reason is longer than a flag has room for."""


def _is_visible(version: str, day: str) -> str:
    return f"{version}.known_on <= %({day})s AND {version}.published_on <= %({day})s"


def _successor(version: str, states: str, day: str) -> str:
    """A later version that had taken its place by the day: for EXISTS, which PostgreSQL knows to be rare."""
    return f"""(
        SELECT 1 FROM councils_positionversion later
        WHERE later.position_id = {version}.position_id AND later.number > {version}.number
            AND later.state IN ({states}) AND {_is_visible("later", day)})"""


PUBLIC = "'published', 'superseded'"
REPLACED = "'superseded', 'withdrawn'"
EVER_PUBLIC = "'published', 'superseded', 'withdrawn'"

COLUMNS = "v.id, v.position_id, v.number, v.published_on, v.known_on, v.review_on"

READ_ON_THE_DAY = f"""
newest AS (
    SELECT {COLUMNS} FROM councils_positionversion v
    WHERE v.state = 'published' AND {_is_visible("v", "on")} {{within}}
        AND NOT EXISTS {_successor("v", REPLACED, "on")}),
shown AS (
    SELECT * FROM newest
    UNION ALL
    SELECT {COLUMNS} FROM (
        SELECT p.id FROM councils_position p LEFT JOIN newest ON newest.position_id = p.id WHERE newest.id IS NULL
    ) other CROSS JOIN councils_positionversion v
    WHERE v.position_id = other.id {{within}}
        AND v.state = 'superseded' AND {_is_visible("v", "on")} AND NOT EXISTS {_successor("v", EVER_PUBLIC, "on")})"""

READ_BETWEEN = f"""
shown AS (
    SELECT {COLUMNS} FROM councils_positionversion v
    WHERE v.state IN ({PUBLIC}) AND {_is_visible("v", "on")} {{within}}
        AND EXISTS {_successor("v", EVER_PUBLIC, "on")} AND NOT EXISTS {_successor("v", EVER_PUBLIC, "after")})"""
"""Versions that could be read on some day after one and no longer on another."""

RENEWED = """
renewed AS (
    SELECT version_id, MAX(renewed_on) AS renewed_on, MAX(review_on) AS review_on
    FROM councils_renewal WHERE renewed_on <= %(on)s GROUP BY version_id)"""
"""When somebody last said of a version that it is still correct, and until when that holds."""

LOOKED_AT = f"""{RENEWED},
looked_at AS (
    SELECT shown.*, COALESCE(renewed.renewed_on, shown.published_on) AS looked_on,
        COALESCE(renewed.review_on, shown.review_on) AS next_review_on
    FROM shown LEFT JOIN renewed ON renewed.version_id = shown.id)"""
"""Those versions, with the day on which they were last written or found correct, and that of their next review."""

FACTS = """
        SELECT commitment_id, known_on FROM pillars_deadline
        UNION ALL SELECT commitment_id, known_on FROM pillars_fundingline WHERE commitment_id IS NOT NULL
        UNION ALL SELECT commitment_id, known_on FROM pillars_progressupdate
        UNION ALL SELECT recommendation_id, known_on FROM pillars_verdict"""
"""What changes a commitment: its window, money, progress and verdicts. The same facts as in standing.py."""

CHANGES = f"""
change AS (
    SELECT commitment_id, known_on FROM ({FACTS}) own WHERE known_on <= %(on)s
    UNION
    SELECT part.parent_id, of_part.known_on FROM ({FACTS}) of_part
    JOIN pillars_commitment part ON part.id = of_part.commitment_id
    WHERE part.parent_id IS NOT NULL AND of_part.known_on <= %(on)s
    UNION
    SELECT shared.commitment_id, line.known_on FROM pillars_fundingline_also_funds shared
    JOIN pillars_fundingline line ON line.id = shared.fundingline_id WHERE line.known_on <= %(on)s)"""

OVERTAKEN = """
expired AS (
    SELECT claim.version_id, COUNT(*) AS points, MAX(claim.stale_on) AS last_on,
        MIN(CASE WHEN claim.stale_on > claim.known_on THEN claim.stale_on ELSE claim.known_on END) AS first_on
    FROM (
        SELECT CAST(c.version_id AS bigint) AS version_id, c.stale_on, c.known_on FROM councils_claim c
        WHERE c.stale_on <= %(on)s AND c.known_on <= %(on)s {of_those}) claim
    GROUP BY claim.version_id),
changed AS (
    SELECT found.id AS version_id, MIN(found.known_on) AS first_on, {named} AS named
    FROM (
        SELECT v.id, change.commitment_id, change.known_on
        FROM looked_at v CROSS JOIN councils_positionversion_covers covered CROSS JOIN change
        WHERE covered.positionversion_id = v.id
            AND change.commitment_id = covered.commitment_id AND change.known_on > v.looked_on
        UNION ALL
        SELECT v.id, change.commitment_id, change.known_on
        FROM looked_at v CROSS JOIN councils_position p CROSS JOIN change
        WHERE p.id = v.position_id
            AND change.commitment_id = p.commitment_id AND change.known_on > v.looked_on) found
    JOIN pillars_commitment c ON c.id = found.commitment_id GROUP BY found.id)"""

STALE = """
SELECT p.id, o.slug, o.name, o.kind, g.slug, g.prefix, g.title, l.number, l.title, c.reference, c.title,
    CASE WHEN v.known_on > v.published_on THEN v.known_on ELSE v.published_on END, v.next_review_on,
    expired.points, expired.first_on, expired.last_on, changed.first_on, changed.named, {ended_on}
FROM looked_at v
JOIN councils_position p ON p.id = v.position_id
JOIN pillars_organisation o ON o.id = p.organisation_id
JOIN pillars_programme g ON g.id = p.programme_id
LEFT JOIN pillars_pillar l ON l.id = p.pillar_id
LEFT JOIN pillars_commitment c ON c.id = p.commitment_id
LEFT JOIN expired ON expired.version_id = v.id
LEFT JOIN changed ON changed.version_id = v.id
WHERE v.next_review_on < %(on)s OR expired.version_id IS NOT NULL OR changed.version_id IS NOT NULL"""
ENDED_ON = f"""(
    SELECT MIN(CASE WHEN later.known_on > later.published_on THEN later.known_on ELSE later.published_on END)
    FROM councils_positionversion later
    WHERE later.position_id = v.position_id AND later.number > v.number AND later.state IN ({EVER_PUBLIC}))"""

WITHIN = """AND v.position_id IN (
        SELECT own.id FROM councils_position own JOIN pillars_organisation body ON body.id = own.organisation_id
        WHERE body.slug IN ({names}))"""

OF_THOSE = "AND c.version_id IN (SELECT id FROM shown)"
"""For some organisations: it is quicker to look at their claims than at all that have expired."""

NAMED = {
    "sqlite": "group_concat(DISTINCT c.reference)",
    "postgresql": "string_agg(DISTINCT c.reference, ',')",
}


class StalePosition(NamedTuple):
    """A position that is stale, and why. It has been so since `since`, its first day included.

    `organisation` and `programme` are slugs; at most one of pillar and commitment is there.
    """

    position: int
    organisation: str
    organisation_name: str
    organisation_kind: str
    programme: str
    programme_prefix: str
    programme_title: str
    pillar: int | None
    pillar_title: str | None
    commitment: str | None
    commitment_title: str | None
    since: date
    reasons: tuple[str, ...]

    @property
    def reference(self) -> str:
        """That of the position: lincolnshire/SH-4."""
        if self.commitment:
            return f"{self.organisation}/{self.commitment}"
        pillar = f"-{self.pillar}" if self.pillar is not None else ""
        return f"{self.organisation}/{self.programme_prefix}{pillar}"

    @property
    def title(self) -> str:
        """What it is on."""
        if self.commitment:
            return f"{self.commitment} {self.commitment_title}"
        return self.programme_title if self.pillar is None else f"{self.pillar}. {self.pillar_title}"


Row = tuple[Any, ...]


def stale_positions(*, on: date, organisations: Collection[str] | None = None) -> Iterator[StalePosition]:
    """Positions that are stale on the day, in no order; only those of some organisations, by slug, where any is given.

    Rows are read as they are asked for, so the memory stays flat. One statement.
    """
    statement, slugs = _statement(READ_ON_THE_DAY, "NULL", organisations)
    cursor = connection.chunked_cursor if organisations is None else connection.cursor
    return map(_reader(on), _rows(statement, {"on": on}, slugs, cursor))


def lapsed_positions(*, after: date, until: date) -> Iterator[StalePosition]:
    """Positions that went stale later than one day, and were replaced or withdrawn by the other: one statement.

    Those that went stale only when, or after, they could no longer be read are not among them, nor are those that were
    found correct again and stayed so.
    """
    statement, slugs = _statement(READ_BETWEEN, ENDED_ON, None)
    read = _reader(until)
    for row in _rows(statement, {"on": until, "after": after}, slugs, connection.chunked_cursor):
        found = read(row)
        if after < found.since < _day(row[-1]):
            yield found


def _statement(shown: str, ended_on: str, organisations: Collection[str] | None) -> tuple[str, dict[str, str]]:
    """The statement, and the names it asks for."""
    slugs = {f"slug_{number}": slug for number, slug in enumerate(organisations or ())}
    names = ", ".join(f"%({name})s" for name in slugs) or "NULL"
    within, of_those = ("", "") if organisations is None else (WITHIN.format(names=names), OF_THOSE)
    whole = f"WITH {shown}, {LOOKED_AT}, {CHANGES}, {OVERTAKEN} {STALE}"
    named = NAMED[connection.vendor]
    return whole.format(within=within, of_those=of_those, named=named, ended_on=ended_on), slugs


def _rows(
    statement: str, days: dict[str, date], slugs: dict[str, str], make_cursor: Callable[[], Any]
) -> Iterator[Row]:
    given = {name: connection.ops.adapt_datefield_value(day) for name, day in days.items()}
    with make_cursor() as cursor:
        cursor.execute(statement, given | slugs)
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield from rows


def _reader(on: date) -> Callable[[Row], StalePosition]:
    """Turns a row into what is stale, and why. Rows share their days, so each set of days is thought about once."""

    @lru_cache(maxsize=ROWS_AT_A_TIME)
    def since(shown_on: Any, review_on: Any, first_expired_on: Any, first_changed_on: Any) -> date:
        found = stale_since(
            shown_on=_day(shown_on),
            review_on=_day_or_none(review_on),
            first_expired_on=_day_or_none(first_expired_on),
            first_changed_on=_day_or_none(first_changed_on),
        )
        return found or on

    @lru_cache(maxsize=ROWS_AT_A_TIME)
    def reasons(review_on: Any, points: int | None, last_on: Any, named: str | None) -> tuple[str, ...]:
        found = reasons_of(
            review_on=_day_or_none(review_on),
            expired=points or 0,
            last_expired_on=_day_or_none(last_on),
            changed=sorted(named.split(",")) if named else [],
            on=on,
            most_named=MOST_NAMED,
        )
        return tuple(found)

    def read(row: Row) -> StalePosition:
        shown_on, review_on, points, expired_on, last_on, changed_on, named = row[11:18]
        first_day = since(shown_on, review_on, expired_on, changed_on)
        return StalePosition._make((*row[:11], first_day, reasons(review_on, points, last_on, named)))

    return read


def _day_or_none(value: Any) -> date | None:
    return None if value is None else _day(value)


@lru_cache(maxsize=ROWS_AT_A_TIME)
def _day(value: Any) -> date:
    """A day as PostgreSQL gives it, or as the text that SQLite keeps."""
    return date.fromisoformat(value) if isinstance(value, str) else value
