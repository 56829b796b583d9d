"""What a backup or a restore did, in words for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from reforms.base.backup.files import Header

MOST = 6


def done(header: Header, *, seconds: float) -> str:
    """For example: 2,345 records of 63 tables in 1.2 seconds (1,954 a second)."""
    pace = header.count / max(seconds, 0.001)
    return f"{header.count:,} records of {len(header.tables)} tables in {seconds:.1f} seconds ({pace:,.0f} a second)"


def some(names: Sequence[str]) -> str:
    """The first few of many names, and how many more there are."""
    if len(names) <= MOST:
        return ", ".join(names)
    return f"{', '.join(names[:MOST])} and {len(names) - MOST} more"
