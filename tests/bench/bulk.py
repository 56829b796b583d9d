"""Rows straight into tables: many times faster than objects, and the memory stays flat.

Nothing is checked here but what the database checks itself, no event is written, and keys are given by whoever calls.
For databases that are thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from reforms.base import triggers

Row = tuple[Any, ...]


class Table:
    """One table, with the columns that rows give; every other column gets the default of its field."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.model = model
        given = {model._meta.get_field(name).column for name in columns}  # type: ignore[union-attr]
        others = [field for field in model._meta.concrete_fields if field.column not in given]
        fields = [model._meta.get_field(name) for name in columns]
        self.columns = [field.column for field in (*fields, *others)]  # type: ignore[union-attr]
        self.rest = tuple(_default(field) for field in others)

    def insert(self, rows: Iterable[Row]) -> None:
        """Write rows, whose first column is the key."""
        whole = (row + self.rest for row in rows)
        write = _copy if connection.vendor == "postgresql" else _insert
        write(self.model._meta.db_table, self.columns, whole)

    @cached_property
    def next_key(self) -> int:
        """The first key that is free when this is first asked."""
        last = self.model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        return (last or 0) + 1


def link_table(model: type[Model], name: str) -> Table:
    """The table behind a many-to-many field: key, this record, the other."""
    many: Any = model._meta.get_field(name)
    through = many.remote_field.through
    return Table(through, "id", many.m2m_field_name(), many.m2m_reverse_field_name())


@contextmanager
def without_triggers() -> Iterator[None]:
    """SQLite moves the data's version at every row, which takes longer than the row: here it moves once, at the end."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_at_insert_of_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    yield
    triggers.install()


def reset_sequences(tables: Sequence[Table]) -> None:
    """Let the database number on from the keys that were given (PostgreSQL needs telling)."""
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def analyse() -> None:
    """Let the database look at what it holds now, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _default(field: Any) -> Any:
    if field.has_default():
        value = field.get_default()
        return getattr(value, "value", value)
    return None if field.null else ""


def _insert(table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """SQLite: one prepared statement. Its own cursor, since Django's would keep a list of what it was asked."""
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of our models
    connection.ensure_connection()
    connection.connection.executemany(statement, (tuple(map(_plain, row)) for row in rows))


def _copy(table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """PostgreSQL: COPY."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([json.dumps(value) if isinstance(value, list) else value for value in row])


def _plain(value: Any) -> Any:
    """As SQLite keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return json.dumps(value)
    return str(value) if isinstance(value, Decimal) else value
