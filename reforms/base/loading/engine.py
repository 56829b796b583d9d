"""Read, plan, apply: all of it or nothing.

1. Read every file; note every mistake.
2. Work out what follows from the files together (windows, days, what is covered) and check it.
3. Stop with all mistakes, if there are any.
4. Compare files, database and memory, and decide about each record.
5. Write, remember, and record one event.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from reforms.base.audit import record_event
from reforms.base.hints import hint
from reforms.base.loading import report
from reforms.base.loading.files import find_files, read_bytes, shown_name
from reforms.base.loading.kinds import Kind, Room, rooms
from reforms.base.loading.plan import Outcome, Plan, make_plan, refuse_lost_references
from reforms.base.loading.problems import LoadError, Place, Problem, Problems
from reforms.base.loading.reading import Batch, Document, Item
from reforms.base.loading.snapshot import Snapshot
from reforms.base.loading.world import World, check_references, check_unique
from reforms.base.loading.writing import write
from reforms.base.loading.yaml_files import read_yaml
from reforms.base.models import User

RAISE_FLAGS = "reforms.alerts.tasks.raise_flags"
"""Of a floor above, so known by its name alone."""


@dataclass(frozen=True)
class Result:
    """What a load did, or would have done in a dry run."""

    plan: Plan
    is_dry_run: bool

    @property
    def created(self) -> int:
        return len(self.plan.having(Outcome.CREATE))

    @property
    def changed(self) -> int:
        return len(self.plan.having(Outcome.CHANGE))

    @property
    def is_quiet(self) -> bool:
        """Whether there was nothing to write."""
        return not self.plan.to_write

    def lines(self) -> list[str]:
        return list(report.lines(self.plan, is_dry_run=self.is_dry_run))


def load(paths: Sequence[Path | str] = (), *, by: User | None = None, now: datetime, dry_run: bool = False) -> Result:
    """Load files and folders; without any, those of each room in FIXTURES_DIR.

    Raises LoadError with every mistake; then nothing is written.
    """
    batch = read_files([Path(path) for path in paths] or default_folders())
    try:
        with transaction.atomic():
            world = World(batch, Snapshot(owners=batch.owners(), is_locking=not dry_run))
            plan = _plan(world)
            if not dry_run:
                _record(plan, write(plan, world.snapshot, now=now), by=by, now=now)
    except (IntegrityError, DataError) as error:
        said = " ".join(str(error).split())
        raise LoadError([Problem(Place("The database", 0), f"refused the load: {said}")]) from error
    return Result(plan, dry_run)


def default_folders() -> list[Path]:
    """The folders of each room that are there."""
    folders = [Path(settings.FIXTURES_DIR) / folder for room in rooms() for folder in room.folders]
    return [folder for folder in folders if folder.is_dir()] or folders


def read_files(paths: Iterable[Path]) -> Batch:
    """Every record of these files and folders, with every mistake of reading."""
    batch = Batch(Problems())
    for path in find_files(paths, batch.problems):
        read_file(path, batch)
    return batch


def read_file(path: Path, batch: Batch) -> None:
    """Read one file into the batch, section by section, in the order of the rooms."""
    root = read_root(path, batch.problems)
    if root is None:
        return
    document = Document(path.stem, root, batch)
    for room in rooms():
        _read_room(document, room)
    root.finish()


def read_root(path: Path, problems: Problems) -> Item | None:
    """What stands at the top of a file; None, with the mistake, where it cannot be read."""
    data = read_bytes(path, problems)
    root = read_yaml(data, file=shown_name(path), problems=problems) if data is not None else None
    return Item(root, problems) if root else None


def _read_room(document: Document, room: Room) -> None:
    for key in room.file_keys:
        document.root.ask(key)
    for key, read in room.sections.items():
        if document.root.ask(key) is not None:
            read(document)


def _plan(world: World) -> Plan:
    """Work out, check, compare. Raises LoadError with every mistake of the whole load."""
    for room in rooms():
        for derive in room.derive:
            derive(world)
    for room in rooms():
        for check in room.check:
            check(world)
    check_references(world)
    check_unique(world)
    world.problems.stop_if_any()
    plan = make_plan(world, _held(world))
    refuse_lost_references(plan, world)
    world.problems.stop_if_any()
    return plan


def _held(world: World) -> dict[tuple[Kind, str], str]:
    """The records that a person has taken over."""
    held: dict[tuple[Kind, str], str] = {}
    for room in rooms():
        if room.hold:
            held |= room.hold(world)
    return held


def _record(plan: Plan, digest: str, *, by: User | None, now: datetime) -> None:
    """One event for a load that wrote something: how many records, and a hash of what they say.

    What is loaded may be due already, so a worker is told.
    """
    if not plan.to_write:
        return
    counts = {str(outcome): len(plan.having(outcome)) for outcome in Outcome}
    record_event("load", "fixtures", by=by, now=now, counts=counts, sha256=digest)
    hint(RAISE_FLAGS)
