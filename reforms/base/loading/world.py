"""What will be known once the files are loaded: their records, and behind them those of the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from reforms.base.loading.codecs import Plain
from reforms.base.loading.kinds import Kind
from reforms.base.loading.problems import Place, Problems
from reforms.base.loading.reading import Batch, Record
from reforms.base.loading.snapshot import Snapshot


class World:
    def __init__(self, batch: Batch, snapshot: Snapshot) -> None:
        self.batch = batch
        self.snapshot = snapshot

    @property
    def problems(self) -> Problems:
        return self.batch.problems

    def has(self, kind: Kind, key: str) -> bool:
        return key in self.batch.of(kind) or key in self.snapshot.rows(kind)

    def values(self, kind: Kind, key: Plain) -> dict[str, Plain]:
        """The values of a record without its lists; none where it is nowhere."""
        if record := self.batch.of(kind).get(str(key)):
            return record.values
        row = self.snapshot.rows(kind).get(str(key))
        return row.values if row else {}

    def text(self, kind: Kind, key: Plain, name: str) -> str:
        """One value as text; empty where it, or the record, is nowhere."""
        value = self.values(kind, key).get(name)
        return "" if value is None else str(value)

    def every(self, kind: Kind) -> dict[str, dict[str, Plain]]:
        """The values of all records of a kind; what the files say comes first."""
        stored = {key: row.values for key, row in self.snapshot.rows(kind).items()}
        return stored | {key: record.values for key, record in self.batch.of(kind).items()}

    def refuse(self, record: Record, name: str, message: str) -> None:
        """Add a mistake at the line of a field."""
        self.problems.add(record.place_of(name), message)


def check_unique(world: World) -> None:
    """A code that only one record can have, and that does not name it, is not given to two."""
    for kind, records in world.batch.records.items():
        for name in _unique_columns(kind):
            owners: dict[Plain, str] = {}
            for key, values in world.every(kind).items():
                owner = owners.setdefault(values[name], key)
                if owner != key and values[name] is not None:
                    record = records.get(key) or records.get(owner)
                    other = owner if key in records else key
                    if record:
                        world.refuse(record, name, f"{name} is already that of {kind.noun} {other}.")


def _unique_columns(kind: Kind) -> list[str]:
    return [name for name, codec in kind.columns.items() if codec.field.unique and (name,) != kind.key]


def check_references(world: World) -> None:
    """Every record that a file names has to be in the files or in the database."""
    for record in world.batch.every():
        for name, key, place in _references(record):
            target = record.kind.targets[name]
            if not world.has(target, key):
                world.problems.add(place, _say_missing(world, target, key))


def _references(record: Record) -> Iterator[tuple[str, str, Place]]:
    for name in record.kind.references:
        if key := record.text(name):
            yield name, key, record.place_of(name)
    for name in record.kind.many:
        for key in record.texts(name):
            yield name, key, record.place_of(name, key)


def _say_missing(world: World, kind: Kind, key: str) -> str:
    if kind.say_missing:
        return kind.say_missing(key, world)
    return f"There is no {kind.noun} “{key}”{nearest(key, world.every(kind))}."


def nearest(text: str, candidates: Iterable[str]) -> str:
    """The candidate that may have been meant, as the end of a sentence; nothing where none is close."""
    near = get_close_matches(text, candidates, n=1, cutoff=0.8)
    return f"; the nearest is “{near[0]}”" if near else ""
