"""Rows straight into tables, where objects of Django would take most of the time of a load.

Values are given as the database keeps them. Rows may come from a generator: none is held. Errors are Django's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def reserve_keys(model: type[models.Model], count: int) -> list[int]:
    """Numbers for new rows, so that rows can refer to one another before they are written.

    Runs in a transaction. On SQLite that is the only one that writes, so the numbers above the last are free.
    """
    if not count:
        return []
    table, column = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            question = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(question, [_quoted(table), column, count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
        return list(range(last + 1, last + 1 + count))


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write new rows; without a column for it, the database numbers them."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    write = _copy if connection.vendor == "postgresql" else _insert
    with connection.wrap_database_errors:
        write(_quoted(model._meta.db_table), [_quoted(column) for column in columns], chain([first], rows))


def _copy(table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """PostgreSQL: one statement for all rows."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """SQLite: one prepared statement. Not by a cursor of Django, which would keep every row until the end."""
    marks = ", ".join("?" * len(columns))
    connection.ensure_connection()
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - names of our models
    connection.connection.executemany(statement, rows)


def update(model: type[models.Model], columns: Sequence[str], known_by: Sequence[str], rows: Iterable[Row]) -> None:
    """Set columns of rows that are there: each row gives their values, then those of the columns it is known by.

    One statement, run for each row. A CASE of all rows, as bulk_update makes, takes five times as long.
    """
    every = list(rows)
    if not every:
        return
    sets = ", ".join(f"{_quoted(column)} = %s" for column in columns)
    which = " AND ".join(f"{_quoted(column)} = %s" for column in known_by)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {_quoted(model._meta.db_table)} SET {sets} WHERE {which}", every)  # noqa: S608


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
