"""The rules of timing.py in SQL, so that lists can filter, count and sort by them. Tested against timing.py.

Written out, since Django takes longer to build the same from expressions than a database takes to answer. SQLite
and PostgreSQL read it alike. A commitment's promises are its own deadlines, or where it has none those of its
parts, as on every page.
"""

# Every piece of it is a constant of this module; days come as parameters.
# ruff: noqa: S608

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, DateField, F, Field, Func, IntegerField

from pillars.timing import CLOSING_DAYS, UNDATED_PART, Timing

PARAMETERS = re.compile(r"\{(on|soon|commitment|condition)\}")

MET = "m.status = 'met' AND m.known_on <= {on} AND m.happened_on <= {on}"

STANDING = """
    d.known_on <= {on} AND NOT EXISTS (
        SELECT 1 FROM pillars_deadline later WHERE later.replaces_id = d.id AND later.known_on <= {on})"""

PROMISES = f"""
    SELECT d.id, d.role, d.earliest, d.latest, d.number, c.reference,
        (SELECT MIN(m.happened_on) FROM pillars_progressupdate m
        WHERE {MET} AND m.commitment_id = d.commitment_id AND (m.deadline_id = d.id OR m.deadline_id IS NULL)) AS met_on
    FROM pillars_deadline d JOIN pillars_commitment c ON c.id = d.commitment_id
    WHERE {STANDING} AND d.commitment_id IN (
        SELECT own.id FROM pillars_commitment own WHERE own.id = {{commitment}}
        UNION ALL
        SELECT part.id FROM pillars_commitment part
        WHERE part.parent_id = {{commitment}} AND part.merged_into_id IS NULL AND part.known_on <= {{on}}
            AND NOT EXISTS (
                SELECT 1 FROM pillars_deadline d WHERE d.commitment_id = {{commitment}} AND {STANDING}))
    UNION ALL
    SELECT NULL, '{UNDATED_PART}', NULL, NULL, 0, part.reference,
        (SELECT MIN(m.happened_on) FROM pillars_progressupdate m
        WHERE {MET} AND m.commitment_id = part.id AND m.deadline_id IS NULL)
    FROM pillars_commitment part
    WHERE part.parent_id = {{commitment}} AND part.merged_into_id IS NULL AND part.known_on <= {{on}}
        AND NOT EXISTS (SELECT 1 FROM pillars_deadline d WHERE d.commitment_id = part.id AND {STANDING})
        AND NOT EXISTS (SELECT 1 FROM pillars_deadline d WHERE d.commitment_id = {{commitment}} AND {STANDING})
        AND EXISTS (
            SELECT 1 FROM pillars_commitment other JOIN pillars_deadline d ON d.commitment_id = other.id
            WHERE other.parent_id = {{commitment}} AND other.merged_into_id IS NULL AND other.known_on <= {{on}}
                AND {STANDING})"""
"""A commitment's own deadlines, or those of its parts; then also each part that has none."""

WHOLE_MET_ON = f"""
    SELECT MIN(m.happened_on) FROM pillars_progressupdate m
    WHERE {MET} AND m.deadline_id IS NULL AND m.commitment_id = {{commitment}}"""

LAST_FIRST = (
    f"CASE WHEN p.role = '{UNDATED_PART}' THEN 1 ELSE 0 END, "
    "p.latest DESC NULLS FIRST, p.earliest DESC NULLS FIRST, p.reference DESC, p.number DESC"
)

MEASURED = f"""
    SELECT {{what}} FROM ({PROMISES}) p WHERE p.role IN ('due', 'start') ORDER BY p.role, {LAST_FIRST} LIMIT 1"""
"""What a whole commitment is measured against: the last of what was due, or else of what was to start."""

DECIDING = f"""
    SELECT {{what}} FROM ({PROMISES}) p ORDER BY
        CASE WHEN p.met_on IS NULL THEN 0 ELSE 1 END,
        CASE WHEN p.met_on IS NULL THEN p.latest END ASC NULLS LAST,
        CASE WHEN p.met_on IS NULL THEN p.earliest END ASC NULLS LAST,
        CASE WHEN p.met_on IS NULL AND p.role = '{UNDATED_PART}' THEN 1 ELSE 0 END,
        CASE WHEN p.met_on IS NULL THEN p.reference END,
        CASE WHEN p.met_on IS NULL THEN p.number END,
        {LAST_FIRST} LIMIT 1"""
"""The next unmet promise, or where all are met the last."""

OF_THE_WHOLE = f"""
    CASE WHEN p.latest < ({WHOLE_MET_ON}) THEN '{Timing.MET_LATE}' ELSE '{Timing.MET}' END"""

OF_A_WINDOW = f"""
    CASE
        WHEN p.met_on > p.latest THEN '{Timing.MET_LATE}'
        WHEN p.met_on IS NOT NULL THEN '{Timing.MET}'
        WHEN p.earliest IS NULL AND p.latest IS NULL THEN '{Timing.NO_DATE}'
        WHEN p.latest < {{on}} THEN '{Timing.PASSED}'
        WHEN p.earliest > {{on}} THEN '{Timing.AHEAD}'
        WHEN p.latest <= {{soon}} THEN '{Timing.CLOSING}'
        WHEN p.earliest IS NULL THEN '{Timing.AHEAD}'
        ELSE '{Timing.OPEN}'
    END"""

HAS_DATES = f"SELECT 1 FROM ({PROMISES}) p WHERE p.earliest IS NOT NULL OR p.latest IS NOT NULL"

IS_UNDATED = """
    NOT EXISTS (SELECT 1 FROM pillars_deadline d WHERE d.commitment_id = {commitment})
    AND NOT EXISTS (
        SELECT 1 FROM pillars_commitment part JOIN pillars_deadline d ON d.commitment_id = part.id
        WHERE part.parent_id = {commitment})"""
"""Without any date, whatever the day: most are so, and need not be asked for promises that they do not have."""

TIMING = f"""
    CASE
        WHEN {IS_UNDATED} THEN
            CASE
                WHEN ({WHOLE_MET_ON}) IS NOT NULL THEN '{Timing.MET}'
                WHEN {{condition}} <> '' THEN '{Timing.CONDITIONAL}'
                ELSE '{Timing.NO_DATE}'
            END
        WHEN ({WHOLE_MET_ON}) IS NOT NULL THEN COALESCE(({MEASURED.replace("{what}", OF_THE_WHOLE)}), '{Timing.MET}')
        WHEN {{condition}} <> '' AND NOT EXISTS ({HAS_DATES}) THEN
            COALESCE(NULLIF(({DECIDING.replace("{what}", OF_A_WINDOW)}), '{Timing.NO_DATE}'), '{Timing.CONDITIONAL}')
        ELSE COALESCE(({DECIDING.replace("{what}", OF_A_WINDOW)}), '{Timing.NO_DATE}')
    END"""

DECIDED_BY = f"""
    CASE
        WHEN ({WHOLE_MET_ON}) IS NOT NULL THEN ({MEASURED})
        WHEN {{condition}} <> '' AND NOT EXISTS ({HAS_DATES}) THEN
            ({DECIDING.replace("{what}", "CASE WHEN p.met_on IS NOT NULL THEN {what} END")})
        ELSE ({DECIDING})
    END"""
"""Nothing decides what is conditional."""


class OnDay(Func):
    """SQL over one commitment, with `{commitment}` and `{condition}` its columns, `{on}` and `{soon}` days."""

    def __init__(self, sql: str, on: date, output_field: Field) -> None:
        self.sql = sql
        self.days = {"on": on, "soon": on + timedelta(days=CLOSING_DAYS)}
        super().__init__(F("pk"), F("condition"), output_field=output_field)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        names = zip(("commitment", "condition"), self.source_expressions, strict=True)
        columns = {name: compiler.compile(column)[0] for name, column in names}
        used = PARAMETERS.findall(self.sql)
        params = [connection.ops.adapt_datefield_value(self.days[name]) for name in used if name in self.days]
        return f"({PARAMETERS.sub(lambda found: columns.get(found[1], '%s'), self.sql)})", params


def timing(on: date) -> OnDay:
    """Where each commitment stands, as a value of Timing."""
    return OnDay(TIMING, on, CharField())


def deciding(column: str, on: date) -> OnDay:
    """The id, earliest or latest of the deadline that decides; null where none does."""
    output = IntegerField() if column == "id" else DateField()
    return OnDay(DECIDED_BY.replace("{what}", f"p.{column}"), on, output)
