"""A large database takes longer, and no more memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from reforms.base.backup import back_up, restore
from reforms.base.models import Event, LoadedRecord
from tests.both_kinds import KINDS, BothKinds
from tests.reforms.base.backup.world import NOW

pytestmark = pytest.mark.long

FEW, MANY = 4_000, 30_000
MOST_BYTES = 24 * 1024 * 1024
TEXT = "A record as long as records are. " * 10


def fill(count: int) -> None:
    for number in range(0, count // 2, 1_000):
        Event.objects.bulk_create(
            Event(at=NOW, verb="load", subject=f"commitment:{key}", details={"sha256": TEXT})
            for key in range(number, number + 1_000)
        )
        LoadedRecord.objects.bulk_create(
            LoadedRecord(kind="commitment", key=str(key), values={"summary": TEXT}, loaded_at=NOW)
            for key in range(number, number + 1_000)
        )


def peak_of(work: Callable[[], object]) -> int:
    """The most memory that Python held at a time, in bytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", KINDS)
def test_memory_is_flat(both_kinds: BothKinds, tmp_path: Path, kind: str):
    peaks = {}
    for count in (FEW, MANY):
        path = tmp_path / f"{count}.backup"
        with both_kinds.standing_on(both_kinds.migrated(kind)):
            fill(count)
            taking = peak_of(lambda path=path: back_up(path, now=NOW))
        with both_kinds.standing_on(both_kinds.migrated(kind)):
            peaks[count] = taking, peak_of(lambda path=path: restore(path))
            assert Event.objects.count() + LoadedRecord.objects.count() == count
    for few, many in zip(peaks[FEW], peaks[MANY], strict=True):
        assert many < MOST_BYTES
        assert many < few * 1.3
