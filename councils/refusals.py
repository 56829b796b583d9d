"""What the database refuses about positions: what an organisation has published here keeps its words.

Only erasing takes them away, and it says so in the same statement. A new version is how they change.
"""

from __future__ import annotations

from reforms.base.refusals import Refusal

VERSIONS = "councils_positionversion"
ONCE_PUBLISHED = "('published', 'superseded', 'withdrawn')"
WORDS = ("text", "readiness", "published_on", "draft", "origin")
"""Columns that stay as they are. `origin` is among them because all depends on it, and so does the state."""


def _changes(column: str) -> str:
    """Whether the column gets another value, NULL being one: in SQL that both kinds of database understand."""
    old, new = (f"coalesce(CAST({row}.{column} AS text), '')" for row in ("OLD", "NEW"))
    return f"{old} <> {new}"


def _was_published_here(row: str) -> str:
    return f"{row}.origin = 'written' AND {row}.state IN {ONCE_PUBLISHED} AND {row}.erased_at IS NULL"


def _part(table: str) -> Refusal:
    """Rows that belong to a version, and were written when it was published."""
    theirs = f"SELECT 1 FROM {{schema}}{VERSIONS} version WHERE version.id = OLD.version_id"  # noqa: S608
    return Refusal(
        table=table,
        when=f"EXISTS ({theirs} AND {_was_published_here('version')})",
        message="what was published here keeps its words: write a new version",
        reads={table: ("version_id",), VERSIONS: ("origin", "state", "erased_at")},
    )


REFUSALS = (
    Refusal(
        table=VERSIONS,
        when=f"{_was_published_here('OLD')} AND NEW.erased_at IS NULL AND"
        f" (NEW.state NOT IN {ONCE_PUBLISHED} OR {' OR '.join(map(_changes, WORDS))})",
        message="what was published here keeps its words: write a new version",
        reads={VERSIONS: (*WORDS, "state", "erased_at")},
    ),
    _part("councils_claim"),
    _part("councils_impact"),
)
