"""Processor time, ours and that of the database's process: never the clock on the wall, which others' work moves."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Taken:
    """Seconds of processor time. `database` is the PostgreSQL process of our connection; SQLite runs in ours."""

    own: float
    database: float = 0.0

    @property
    def total(self) -> float:
        return self.own + self.database

    @property
    def milliseconds(self) -> dict[str, float]:
        return {"ms": self.own * 1000, "database_ms": self.database * 1000}


def taken_by(work: Callable[[], Any]) -> Taken:
    """The time some work takes. What earlier work left behind is cleared first."""
    gc.collect(0)
    database, own = database_seconds(), process_time()
    work()
    own = process_time() - own
    return Taken(own, database_seconds() - database)


def middle(takes: Iterable[Taken]) -> Taken:
    """The median of each."""
    takes = list(takes)
    return Taken(median(take.own for take in takes), median(take.database for take in takes))


def database_seconds() -> float:
    """Processor time so far of the process that serves our connection; 0 where there is none, or it is elsewhere."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    return process_seconds(connection.connection.info.backend_pid)


def process_seconds(pid: int) -> float:
    """Processor time so far of all threads of another process, which waits while we ask. To the nanosecond on Linux."""
    total = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(path.read_text().split()[0])
        except (OSError, IndexError):
            continue
    return total / 1e9
