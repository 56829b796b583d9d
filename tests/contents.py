"""What a database holds, read by plain SQL and nothing of the project's: for comparing two, of either kind."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import psycopg

REMADE = {
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_permission",
    "base_datamark",  # PostgreSQL's: the transactions under way
    "base_dataversion",
    "base_heartbeat",
    "base_sharedvalue",
    "django_content_type",
    "django_migrations",
    "django_session",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
}
"""Tables that are not compared: migrate makes them, or they belong to one database."""
NUMBERED_ANEW = {
    "content_type_id": "SELECT id, app_label || '.' || model FROM django_content_type",
    "permission_id": "SELECT p.id, app_label || '.' || model || '.' || codename FROM auth_permission p"
    " JOIN django_content_type t ON t.id = p.content_type_id",
}
"""Columns that hold another number for the same thing in every database, and what the numbers mean."""

Contents = dict[str, tuple[int, str]]


@dataclass
class Reader:
    """A connection that reads, and what each kind of database calls its columns."""

    connection: Any

    def ask(self, question: str) -> list[tuple]:
        return self.connection.execute(question).fetchall()

    def tables(self) -> dict[str, dict[str, str]]:
        """The type of each column of each table."""
        raise NotImplementedError

    def select(self, column: str, kind: str) -> str:
        return f'"{column}"'


class SqliteReader(Reader):
    def tables(self) -> dict[str, dict[str, str]]:
        made = self.ask("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: self.columns(name, sql) for name, sql in made}

    def columns(self, table: str, sql: str) -> dict[str, str]:
        found = {row[1]: row[2] for row in self.ask(f'PRAGMA table_info("{table}")')}
        return found | dict.fromkeys(re.findall(r'JSON_VALID\("(\w+)"\)', sql), "json")


class PostgresReader(Reader):
    def tables(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for table, column, kind in self.ask(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        ):
            found.setdefault(table, {})[column] = kind
        return found

    def select(self, column: str, kind: str) -> str:
        return f'"{column}"::text' if kind == "jsonb" else f'"{column}"'


def contents(url: str) -> Contents:
    """How many rows each table holds, and a hash of them."""
    reading = reader(url)
    with closing(reading.connection):
        names = {column: dict(reading.ask(question)) for column, question in NUMBERED_ANEW.items()}
        tables = reading.tables()
        return {table: summary(reading, table, tables[table], names) for table in sorted(set(tables) - REMADE)}


def reader(url: str) -> Reader:
    if url.startswith("sqlite:///"):
        return SqliteReader(sqlite3.connect(url.removeprefix("sqlite:///")))
    return PostgresReader(psycopg.connect(url))


def summary(reading: Reader, table: str, columns: dict[str, str], names: dict[str, dict[int, str]]) -> tuple[int, str]:
    order = sorted(columns)
    chosen = ", ".join(reading.select(column, columns[column]) for column in order)
    rows = reading.ask(f'SELECT {chosen} FROM "{table}" ORDER BY id')  # noqa: S608
    found = hashlib.sha256()
    for row in rows:
        plain = [plainly(value, columns[name], names.get(name)) for name, value in zip(order, row, strict=True)]
        found.update(repr(plain).encode())
    return len(rows), found.hexdigest()


def plainly(value: Any, kind: str, names: dict[int, str] | None) -> Any:
    """A value as both kinds of database would write it."""
    if value is None:
        return None
    if names is not None:
        return names[value]
    for words, write in WRITTEN.items():
        if kind.startswith(words):
            return write(value)
    return value


def moment(value: Any) -> str:
    aware = value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def figure(value: Any) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def tree(value: str) -> str:
    return repr(sorted_tree(json.loads(value, parse_float=Decimal, parse_int=Decimal)))


def sorted_tree(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((key, sorted_tree(item)) for key, item in value.items())
    if isinstance(value, list):
        return [sorted_tree(item) for item in value]
    return figure(value) if isinstance(value, Decimal) else (type(value).__name__, value)


WRITTEN = {
    "bool": bool,
    "datetime": moment,
    "timestamp": moment,
    "date": day,
    "decimal": figure,
    "numeric": figure,
    "json": tree,
}
