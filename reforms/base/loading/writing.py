"""Carry out a plan: few statements, in an order in which every reference finds its record.

1. Kind by kind, from the ground up: change columns, create rows, then set references within the kind.
2. Link and unlink many-to-many fields, when every record is there.
3. Remember what the files said.

Changes come before creations, so that a version can be superseded before the next is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Field

from reforms.base.loading.codecs import ManyCodec
from reforms.base.loading.kinds import Kind, kinds
from reforms.base.loading.plan import Decision, Outcome, Plan
from reforms.base.loading.snapshot import Snapshot
from reforms.base.models import LoadedRecord

BATCH = 500
"""Rows in one statement, where the database allows that many."""


def write(plan: Plan, snapshot: Snapshot, *, now: datetime) -> None:
    """Write everything the plan would write. Runs in its caller's transaction."""
    writer = _Writer(snapshot)
    by_kind: dict[Kind, list[Decision]] = {}
    for decision in plan.to_write:
        by_kind.setdefault(decision.record.kind, []).append(decision)
    in_order = [kind for kind in kinds() if kind in by_kind]
    for kind in in_order:
        writer.write_rows(kind, by_kind[kind])
    for kind in in_order:
        writer.write_links(kind, by_kind[kind])
    _remember(plan, now)


class _Writer:
    """Knows the row of every record, those it has just created included."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._rows: dict[Kind, dict[str, int]] = {}

    def write_rows(self, kind: Kind, decisions: Sequence[Decision]) -> None:
        changed = [decision for decision in decisions if decision.outcome is Outcome.CHANGE]
        created = [decision for decision in decisions if decision.outcome is Outcome.CREATE]
        names = {name for decision in changed for name in decision.fields if name in kind.columns}
        self._update(kind, changed, names - {*kind.self_references})
        self._create(kind, created)
        self._update(kind, changed, names & {*kind.self_references})
        for name in kind.self_references:
            self._update(kind, [decision for decision in created if decision.record.text(name)], {name})

    def write_links(self, kind: Kind, decisions: Sequence[Decision]) -> None:
        for name, codec in kind.many.items():
            links = self._snapshot.links(kind, name) if self._snapshot.rows(kind) else {}
            wanted = [
                (self._row(kind, decision.key), self._targets(kind, name, decision))
                for decision in decisions
                if decision.outcome is Outcome.CREATE or name in decision.fields
            ]
            _link(codec, [(row, goal - links.get(row, {}).keys()) for row, goal in wanted])
            _unlink(codec, [link for row, goal in wanted for to, link in links.get(row, {}).items() if to not in goal])

    def _update(self, kind: Kind, decisions: Sequence[Decision], names: Iterable[str]) -> None:
        """One statement, run for each row. A CASE of all rows, as bulk_update makes, takes five times as long."""
        fields = [kind.columns[name].field for name in sorted(names)]
        if not decisions or not fields:
            return
        rows = [
            [*(self._prepared(kind, decision, field) for field in fields), self._row(kind, decision.key)]
            for decision in decisions
        ]
        meta, quote = kind.model._meta, connection.ops.quote_name
        sets = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
        _execute_many(f"UPDATE {quote(meta.db_table)} SET {sets} WHERE id = %s", rows)  # noqa: S608

    def _prepared(self, kind: Kind, decision: Decision, field: Field) -> object:
        return field.get_db_prep_save(self._stored(kind, decision, field.name), connection)

    def _create(self, kind: Kind, decisions: Sequence[Decision]) -> None:
        fields = [name for name in kind.columns if name not in kind.self_references]
        rows = [kind.model(**self._columns(kind, decision, fields)) for decision in decisions]
        created = kind.model._base_manager.bulk_create(rows, batch_size=BATCH)
        known = self._known(kind)
        known.update({decision.key: row.pk for decision, row in zip(decisions, created, strict=True)})

    def _columns(self, kind: Kind, decision: Decision, names: Iterable[str]) -> dict[str, object]:
        return {kind.columns[name].column: self._stored(kind, decision, name) for name in names}

    def _stored(self, kind: Kind, decision: Decision, name: str) -> object:
        plain = decision.record.values[name]
        if name not in kind.references:
            return kind.columns[name].stored(plain)
        return self._row(kind.targets[name], str(plain)) if plain else None

    def _targets(self, kind: Kind, name: str, decision: Decision) -> set[int]:
        return {self._row(kind.targets[name], key) for key in decision.record.texts(name)}

    def _row(self, kind: Kind, key: str) -> int:
        return self._known(kind)[key]

    def _known(self, kind: Kind) -> dict[str, int]:
        if kind not in self._rows:
            self._rows[kind] = {key: row.pk for key, row in self._snapshot.rows(kind).items()}
        return self._rows[kind]


def _link(codec: ManyCodec, wanted: Iterable[tuple[int, set[int]]]) -> None:
    """Insert links as plain rows: they are most of what is written, and model instances cost ten times more."""
    rows = [(row, to) for row, goal in wanted for to in sorted(goal)]
    quote = connection.ops.quote_name
    table = quote(codec.through._meta.db_table)
    columns = ", ".join(map(quote, codec.columns))
    _execute_many(f"INSERT INTO {table} ({columns}) VALUES (%s, %s)", rows)  # noqa: S608


def _execute_many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _unlink(codec: ManyCodec, links: Sequence[int]) -> None:
    for start in range(0, len(links), BATCH):
        codec.through._base_manager.filter(pk__in=links[start : start + BATCH]).delete()


def _remember(plan: Plan, now: datetime) -> None:
    """Keep what the files said of every record that now says the same."""
    agreed = plan.having(Outcome.CREATE, Outcome.CHANGE, Outcome.SAME)
    LoadedRecord.objects.bulk_create(
        [
            LoadedRecord(kind=decision.record.kind.name, key=decision.key, values=decision.record.values, loaded_at=now)
            for decision in agreed
            if decision.is_news
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["values", "loaded_at"],
    )
