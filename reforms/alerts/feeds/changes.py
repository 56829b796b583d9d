"""What became known, in the order in which it did: of all there is, or of what somebody asks about.

Everything here was published, said in our own words and without what somebody wrote in a position. The day is that on
which anybody could know it, so a report of last year that came out today is news today. Each sort is asked for by one
query that names as many rows as are wanted, whatever there is. What only time does, such as a window that passes, is
not among it: nobody published that. The page of changes adds it (see reforms.reports.changes).
"""

from __future__ import annotations

from datetime import date

from reforms.alerts.feeds.consultation_changes import RESPONSES, TURNS
from reforms.alerts.feeds.plan_changes import MOVED, PROGRAMMES, PROGRESS, REWORDED, SOURCES
from reforms.alerts.feeds.position_changes import POSITIONS, VIEWS, WITHDRAWALS
from reforms.alerts.feeds.told import EVERYTHING, Asked, Change, ChangeKind, Window, newest_first, start_of
from reforms.base.as_at import AsAt

__all__ = ["EVERYTHING", "Asked", "Change", "ChangeKind", "changes", "start_of"]

STREAMS = (
    PROGRAMMES, SOURCES, PROGRESS, MOVED, REWORDED, TURNS, RESPONSES, POSITIONS, WITHDRAWALS, VIEWS,
)  # fmt: skip


def changes(
    *, as_at: AsAt, asked: Asked = EVERYTHING, since: date | None = None, most: int | None = None
) -> list[Change]:
    """What became known by the day, after `since` where it is given: the newest first."""
    window = Window.until(as_at, since=since)
    found = [stream.tell(row) for stream in STREAMS for row in stream.rows(asked, window)[:most]]
    return newest_first([change for change in found if window.has(change.day)])[:most]
