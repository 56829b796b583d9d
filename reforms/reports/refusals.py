"""What the database refuses about reports: once published, nothing of one changes. A later version is a new report."""

from __future__ import annotations

from reforms.base.refusals import Refusal

REPORTS, SECTIONS = "reports_committeereport", "reports_reportsection"
MESSAGE = "a published report does not change: start a new one in its place"
COLUMNS = (
    "organisation_id",
    "number",
    "committee_id",
    "programme_id",
    "layout",
    "depth",
    "meeting_on",
    "as_at",
    "since",
    "has_drafts",
    "subject",
    "on_behalf_of",
    "author",
    "contact",
    "state",
    "revision",
    "replaces_id",
    "started_by_id",
    "started_at",
    "published_by_id",
    "published_at",
    "published_on",
    "frozen",
    "digest",
)
"""All there are: a test sees to it."""


def _changes(column: str) -> str:
    """Whether the column gets another value, NULL being one: in SQL that both kinds of database understand."""
    old, new = (f"coalesce(CAST({row}.{column} AS text), '')" for row in ("OLD", "NEW"))
    return f"{old} <> {new}"


_PUBLISHED = f"SELECT 1 FROM {{schema}}{REPORTS} report WHERE report.state = 'published' AND report.id IN"  # noqa: S608

REFUSALS = (
    Refusal(
        table=REPORTS,
        when=f"OLD.state = 'published' AND ({' OR '.join(map(_changes, COLUMNS))})",
        message=MESSAGE,
        reads={REPORTS: COLUMNS},
    ),
    Refusal(
        table=SECTIONS,
        when=f"EXISTS ({_PUBLISHED} (OLD.report_id, NEW.report_id))",
        message=MESSAGE,
        reads={SECTIONS: ("report_id",), REPORTS: ("state",)},
    ),
)
