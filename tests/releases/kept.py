"""What is kept of each release, and a database as that release left it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.both_kinds import BothKinds
from tests.engines.databases import path_of
from tests.releases.filling import DATA_STANDS_HERE

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Release:
    version: str

    @property
    def folder(self) -> Path:
        return HERE / self.version

    @property
    def inserts(self) -> str:
        """What servers of this release go on writing while others are replaced."""
        return self.read("inserts.sql")

    @property
    def migrations(self) -> dict[str, str]:
        """The SHA-256 of each migration, by path."""
        lines = self.read("migrations.txt").splitlines()
        return {path: digest for digest, path in (line.split() for line in lines)}

    def make(self, both_kinds: BothKinds, kind: str) -> str:
        """A new database as this release left it; its address."""
        url = both_kinds.empty(kind)
        before, after = self.read(f"{kind}.sql").split(f"{DATA_STANDS_HERE}\n")
        run_sql(url, before)
        write(url, self.read("data.sql"))
        run_sql(url, after)
        return url

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def __str__(self) -> str:
        return self.version


def releases() -> list[Release]:
    """Every release that is kept, oldest first."""
    names = [path.parent.name for path in HERE.glob("*/migrations.txt")]
    return [Release(name) for name in sorted(names, key=lambda name: [int(part) for part in name.split(".")])]


@contextmanager
def plain_connection(url: str) -> Iterator[Any]:
    """A connection that Django knows nothing of."""
    connection: Any
    if url.startswith("sqlite"):
        connection = sqlite3.connect(path_of(url), isolation_level=None)
    else:
        connection = psycopg.connect(url, autocommit=True, options="-c timezone=UTC")
    with closing(connection):
        yield connection


def run_sql(url: str, statements: str) -> None:
    """Run statements as they are."""
    with plain_connection(url) as connection:
        run = connection.executescript if isinstance(connection, sqlite3.Connection) else connection.execute
        run(statements)


def write(url: str, statements: str) -> None:
    """Run statements as a server of the service does: in one transaction, and what refers to nothing is refused."""
    checked = "PRAGMA foreign_keys = ON;\n" if url.startswith("sqlite") else ""
    run_sql(url, f"{checked}BEGIN;\n{statements}COMMIT;\n")


def rows_of(url: str) -> dict[str, dict[str, list]]:
    """Every value of every table: by table, then by column, in the order of the rows' numbers."""
    with plain_connection(url) as connection:
        return {table: columns_of(connection, table) for table in tables_of(connection)}


def tables_of(connection: Any) -> list[str]:
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        if isinstance(connection, sqlite3.Connection)
        else "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    )
    return sorted(name for (name,) in connection.execute(question).fetchall())


def columns_of(connection: Any, table: str) -> dict[str, list]:
    cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    names = [column[0] for column in cursor.description]
    rows = sorted(cursor.fetchall(), key=lambda row: repr(row[names.index("id")]) if "id" in names else repr(row))
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}
