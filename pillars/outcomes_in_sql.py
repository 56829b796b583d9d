"""Whether anything was reported of a commitment, in SQL: the same answers as the ledger's, tested together.

What counts are the reports of the commitment itself, and those of the part by whose date it stands.
"""

# Every piece of it is a constant of this module; days come as parameters.
# ruff: noqa: S608

from __future__ import annotations

from datetime import date

from django.db.models import CharField

from pillars.outcomes import Reported
from pillars.timing_in_sql import DECIDED_BY, OnDay

ITS_OWN = "SELECT 1 FROM pillars_progressupdate u WHERE u.commitment_id = {commitment} AND u.known_on <= {on}"

OF_ANY_PART = """
    SELECT 1 FROM pillars_progressupdate u JOIN pillars_commitment part ON part.id = u.commitment_id
    WHERE part.parent_id = {commitment} AND u.known_on <= {on}"""
"""Few commitments have any, so the rest need not be asked which part decides."""

OF_THE_DECIDING_PART = f"""
    SELECT 1 FROM pillars_progressupdate u JOIN pillars_deadline deciding ON deciding.commitment_id = u.commitment_id
    WHERE u.known_on <= {{on}} AND deciding.id = ({DECIDED_BY.replace("{what}", "p.id")})"""

REPORTED = f"""
    CASE
        WHEN EXISTS ({ITS_OWN}) THEN '{Reported.SOMETHING}'
        WHEN NOT EXISTS ({OF_ANY_PART}) THEN '{Reported.NOTHING}'
        WHEN EXISTS ({OF_THE_DECIDING_PART}) THEN '{Reported.SOMETHING}'
        ELSE '{Reported.NOTHING}'
    END"""


def reported(on: date) -> OnDay:
    """Whether anything was reported by the day, as a value of Reported."""
    return OnDay(REPORTED, on, CharField())
