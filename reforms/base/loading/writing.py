"""Carry out a plan: few statements, in an order in which every reference finds its record.

1. Number what is to be created.
2. Kind by kind, from the ground up: change columns, then create rows.
3. Link and unlink many-to-many fields, when every record is there.
4. Remember what the files said.

Changes come before creations, so that a version can be superseded before the next is published.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from django.db import connection
from django.db.models import Field

from reforms.base.loading import rows
from reforms.base.loading.codecs import Codec, ManyCodec, Plain
from reforms.base.loading.kinds import Kind, kinds
from reforms.base.loading.plan import Decision, Outcome, Plan
from reforms.base.loading.snapshot import Snapshot
from reforms.base.models import LoadedRecord

BATCH = 500
"""Rows in one statement that names each."""

Prepare = Callable[[Plain], object]


def write(plan: Plan, snapshot: Snapshot, *, now: datetime) -> str:
    """Write everything the plan would write, and answer a hash of it. Runs in its caller's transaction."""
    by_kind: dict[Kind, list[Decision]] = {}
    for decision in plan.to_write:
        by_kind.setdefault(decision.record.kind, []).append(decision)
    writer = _Writer(snapshot)
    in_order = [kind for kind in kinds() if kind in by_kind]
    for kind in in_order:
        writer.write_rows(kind, by_kind[kind])
    for kind in in_order:
        writer.write_links(kind, by_kind[kind])
    return _remember(plan, now)


class _Writer:
    """Knows the row of every record, those it creates included."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._rows: dict[Kind, dict[str, int]] = {}

    def write_rows(self, kind: Kind, decisions: Sequence[Decision]) -> None:
        changed = [decision for decision in decisions if decision.outcome is Outcome.CHANGE]
        created = [decision for decision in decisions if decision.outcome is Outcome.CREATE]
        keys = rows.reserve_keys(kind.model, len(created))
        self._known(kind).update(zip((decision.key for decision in created), keys, strict=True))
        self._update(kind, changed)
        self._create(kind, created, keys)

    def write_links(self, kind: Kind, decisions: Sequence[Decision]) -> None:
        for name, codec in kind.many.items():
            links = self._snapshot.links(kind, name) if self._snapshot.rows(kind) else {}
            wanted = [
                (self._row(kind, decision.key), self._targets(kind, name, decision))
                for decision in decisions
                if decision.outcome is Outcome.CREATE or name in decision.fields
            ]
            new = ((row, to) for row, goal in wanted for to in sorted(goal - links.get(row, {}).keys()))
            rows.insert(codec.through, codec.columns, new)
            _unlink(codec, [link for row, goal in wanted for to, link in links.get(row, {}).items() if to not in goal])

    def _update(self, kind: Kind, decisions: Sequence[Decision]) -> None:
        names = sorted({name for decision in decisions for name in decision.fields if name in kind.columns})
        if names:
            known_by = [self._row(kind, decision.key) for decision in decisions]
            values = [self._column(kind, name, decisions) for name in names]
            rows.update(kind.model, _columns(kind, names), ["id"], zip(*values, known_by, strict=True))

    def _create(self, kind: Kind, decisions: Sequence[Decision], keys: Sequence[int]) -> None:
        """Every column of every row: those that no file speaks of have the default of their field."""
        names, others = list(kind.columns), _columns_unspoken_of(kind)
        values = [self._column(kind, name, decisions) for name in names]
        defaults = [[default] * len(decisions) for default in others.values()]
        columns = ["id", *_columns(kind, names), *others]
        rows.insert(kind.model, columns, zip(keys, *values, *defaults, strict=True))

    def _column(self, kind: Kind, name: str, decisions: Iterable[Decision]) -> list[object]:
        """The value of a column for each record, as the database keeps it."""
        plain = (decision.record.values[name] for decision in decisions)
        if name in kind.references:
            known = self._known(kind.targets[name])
            return [known[str(key)] if key else None for key in plain]
        return list(map(_preparing(kind.columns[name]), plain))

    def _targets(self, kind: Kind, name: str, decision: Decision) -> set[int]:
        return {self._row(kind.targets[name], key) for key in decision.record.texts(name)}

    def _row(self, kind: Kind, key: str) -> int:
        return self._known(kind)[key]

    def _known(self, kind: Kind) -> dict[str, int]:
        if kind not in self._rows:
            self._rows[kind] = {key: row.pk for key, row in self._snapshot.rows(kind).items()}
        return self._rows[kind]


def _columns(kind: Kind, names: Iterable[str]) -> list[str]:
    return [str(kind.columns[name].field.column) for name in names]


def _columns_unspoken_of(kind: Kind) -> dict[str, object]:
    """The columns of a model that are no field of its kind, with the default of each."""
    spoken_of = {*_columns(kind, kind.columns), "id"}
    fields = [field for field in kind.model._meta.concrete_fields if field.column not in spoken_of]
    return {str(field.column): _prepared(field, field.get_default()) for field in fields}


def _preparing(codec: Codec) -> Prepare:
    """Turns the plain values of a column into what the database keeps. Each value is prepared once: days repeat."""
    if codec.is_kept_plain:
        return lambda plain: plain
    seen: dict[str, object] = {}

    def prepare(plain: Plain) -> object:
        key = repr(plain)
        if key not in seen:
            seen[key] = _prepared(codec.field, codec.stored(plain))
        return seen[key]

    return prepare


def _prepared(field: Field, value: Any) -> object:
    return field.get_db_prep_save(value, connection)


def _unlink(codec: ManyCodec, links: Sequence[int]) -> None:
    for start in range(0, len(links), BATCH):
        codec.through._base_manager.filter(pk__in=links[start : start + BATCH]).delete()


# Memory


def _remember(plan: Plan, now: datetime) -> str:
    """Keep what the files said of every record that now says the same; answers a hash of what was written."""
    digest, again = _Digest(), []
    at = _prepared(cast(Field, LoadedRecord._meta.get_field("loaded_at")), now)

    def first() -> Iterator[rows.Row]:
        for decision in plan.having(Outcome.CREATE, Outcome.CHANGE, Outcome.SAME):
            if not decision.is_news:
                continue
            kind, values = decision.record.kind.name, json.dumps(decision.record.values, sort_keys=True)
            if decision.outcome is not Outcome.SAME:
                digest.add(kind, decision.key, values)
            if decision.is_first:
                yield kind, decision.key, values, at
            else:
                again.append((values, at, kind, decision.key))

    rows.insert(LoadedRecord, ("kind", "key", "values", "loaded_at"), first())
    rows.update(LoadedRecord, ("values", "loaded_at"), ("kind", "key"), again)
    return digest.text


class _Digest:
    """The hash of a JSON list of records, a record at a time."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256(b"[")
        self._between = ""

    def add(self, kind: str, key: str, values: str) -> None:
        self._hash.update(f"{self._between}[{json.dumps(kind)}, {json.dumps(key)}, {values}]".encode())
        self._between = ", "

    @property
    def text(self) -> str:
        whole = self._hash.copy()
        whole.update(b"]")
        return whole.hexdigest()
