"""What an administrator reads of jobs and letters, in words. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from reforms.base.formatting import days_in_words

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
HIDDEN = "…"


def ago(moment: datetime | None, *, now: datetime) -> str:
    """Never, a moment ago, 5 minutes ago, 3 hours ago, 2 days ago. A clock may be ahead."""
    return "never" if moment is None else f"{lasting(int((now - moment).total_seconds()))} ago"


def lasting(seconds: int) -> str:
    """A moment, 1 minute, 5 minutes, 3 hours, 2 days: whole ones that have passed."""
    if seconds < MINUTE:
        return "a moment"
    if seconds < HOUR:
        return _count(seconds // MINUTE, "minute")
    if seconds < 2 * DAY:
        return _count(seconds // HOUR, "hour")
    return days_in_words(seconds // DAY)


def outcome_in_words(outcome: str, details: Mapping[str, Any]) -> str:
    """What a run of a job came to: “3 raised, 1 cleared, 12 due”. Counts that are nought are left out."""
    if outcome == "missed":
        lost = details.get("missed", 0)
        return f"Missed: {lost:,} due only then" if lost else "Missed: nothing was due only then"
    counts = {name: count for name, count in details.items() if type(count) is int}
    said = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items() if count)
    first = "First run, which tells nobody: " if outcome == "baseline" else ""
    return f"{first}{said or 'nothing to do'}"


def masked(address: str) -> str:
    """An address by which somebody may know their own, and nobody learns another's: r…@example.org."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}{HIDDEN}@{domain}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
