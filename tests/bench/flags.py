"""The flag scan: how long, beside going through the positions one by one, and how much memory."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from councils.models import Position
from reforms.alerts.actions import raise_flags
from reforms.alerts.due import flags_due
from reforms.alerts.kinds import FlagKind
from reforms.base import clock
from tests.bench.naive import changes_by_commitment, stale_row_by_row
from tests.bench.stopwatch import Taken, taken_by

STALE = "position_stale"
WORST = 3.0
"""Seconds after which a scan is not repeated."""


def measure_scan(*, on: date, repeats: int) -> dict[str, Any]:
    """The scan alone."""
    takes: list[Taken] = []
    flags = 0

    def scan() -> None:
        nonlocal flags
        flags = sum(1 for _ in flags_due(on=on))

    scan()
    while len(takes) < repeats and sum(take.total for take in takes) < WORST:
        takes.append(taken_by(scan))
    seconds = median(take.total for take in takes)
    return {"positions": Position.objects.count(), "flags": flags, "seconds": seconds, "repeats": len(takes)}


def measure_flags(*, on: date, repeats: int, one_in: int) -> dict[str, Any]:
    """The scan, and beside it one in so many positions row by row: that time is multiplied, being the same for each."""
    scan = measure_scan(on=on, repeats=repeats)
    keys = list(Position.objects.order_by("pk").values_list("pk", flat=True))[::one_in]
    found: dict[str, list[str]] = {}
    shared = taken_by(lambda: changes_by_commitment(on=on))
    taken = taken_by(lambda: found.update(stale_row_by_row(keys, on=on)))
    naive = shared.total + (taken.total - shared.total) * scan["positions"] / len(keys)
    answers = {"stale_row_by_row": len(found), "agrees": agrees(found, keys, on=on)}
    ratio = naive / scan["seconds"] if is_watched() else None
    return scan | {"naive_seconds": naive, "naive_asked": len(keys), "ratio": ratio} | answers


def is_watched() -> bool:
    """Whether flags speak of positions at all."""
    return STALE in FlagKind.values


def agrees(found: Iterable[str], keys: Iterable[int], *, on: date) -> bool | None:
    """Whether both name the same positions among those that were asked; None while no flag speaks of any."""
    if not is_watched():
        return None
    asked = Position.objects.select_related("organisation", "programme", "pillar__programme", "commitment")
    references = {position.reference for position in asked.filter(pk__in=list(keys))}
    flagged = {flag.subject.partition(":")[2] for flag in flags_due(on=on) if flag.kind == STALE}
    return flagged & references == set(found)


def measure_memory(*, on: date) -> dict[str, Any]:
    """The most memory of this process, before and during one scan whose flags are looked at and let go, in MB."""
    Position.objects.order_by("pk").first()
    before = resident()
    flags = sum(1 for _ in flags_due(on=on))
    return {"flags": flags, "before_mb": before, "peak_mb": peak()}


def measure_job(*, on: date) -> dict[str, Any]:
    """The job that raises flags: its first run, which writes them all, and the next, which finds nothing new."""
    now = clock.now()
    before = resident()
    first = taken_by(lambda: raise_flags(on=on, now=now))
    again = taken_by(lambda: raise_flags(on=on, now=now))
    return {"first_seconds": first.total, "again_seconds": again.total, "before_mb": before, "peak_mb": peak()}


def resident() -> float:
    """What this process holds now."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak()
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS")) / 1024


def peak() -> float:
    """The most this process ever held."""
    unit = 1024 if sys.platform == "linux" else 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
