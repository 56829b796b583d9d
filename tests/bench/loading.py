"""The loader: records written a second on top of reading and checking them, and how long it takes to find nothing new.

Each load but the last is undone, so that all start from the same database. Before it is, whatever the database would
check at the end of the transaction is checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection, transaction

from reforms.base import clock
from reforms.base.loading import load
from tests.bench.stopwatch import Taken, taken_by


def measure_loading(*, paths: Sequence[str], repeats: int) -> dict[str, Any]:
    """Dry runs and loads in turn. `records` are all that the files hold; seconds are of the processor."""
    files = [Path(path) for path in paths]
    load(files, now=clock.now(), dry_run=True)  # what is read once in the life of a process is read now
    dry: list[Taken] = []
    whole: list[Taken] = []
    for _ in range(repeats):
        dry.append(taken_by(lambda: load(files, now=clock.now(), dry_run=True)))
        whole.append(taken_by(lambda: load_and_undo(files)))
    result = load(files, now=clock.now())
    again = taken_by(lambda: load(files, now=clock.now()))
    return figures(result.created, _middle(dry), _middle(whole), again.total)


def load_and_undo(files: Sequence[Path]) -> None:
    with transaction.atomic():
        load(files, now=clock.now())
        if connection.vendor == "postgresql":
            connection.check_constraints()
        transaction.set_rollback(True)


def figures(records: int, checking: float, whole: float, again: float) -> dict[str, Any]:
    """Writing is what a load takes longer than a dry run."""
    writing = max(whole - checking, whole / 1000)
    return {
        "records": records,
        "checking_seconds": checking,
        "whole_seconds": whole,
        "again_seconds": again,
        "written_a_second": records / writing,
        "loaded_a_second": records / whole,
    }


def _middle(takes: Sequence[Taken]) -> float:
    return median(take.total for take in takes)
