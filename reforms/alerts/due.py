"""What needs attention on a day: a pure, set-wise answer from data, for pages and for the job alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reforms.alerts.flag_due import FlagDue, Row
from reforms.alerts.watched import Watch, watches


@dataclass(frozen=True)
class Facts:
    """Everything watched that the public knew by a day. Answers for that day and for any before it, with no query."""

    rows: tuple[tuple[Watch, Row], ...]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def due(self, *, on: date) -> list[FlagDue]:
        """The flags due on the day, from what was known on it: by kind, the earliest date first."""
        known = [(watch, row) for watch, row in self.rows if row.known_on <= on]
        found = [flag for watch, row in known for flag in watch.due(row, on)]
        return sorted(found, key=lambda flag: flag.order)


def facts_known(*, until: date) -> Facts:
    """Load what is watched: the same few queries whatever there is."""
    return Facts(tuple((watch, row) for watch in watches() for row in watch.load(until)))


def flags_due(*, on: date) -> list[FlagDue]:
    """The flags due on the day."""
    return facts_known(until=on).due(on=on)
