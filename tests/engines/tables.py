"""Databases with the tables of this release and nothing in them.

To make the tables takes longer than most tests, so a run makes them once for each engine, in whichever process needs
them first; the others copy. A bare pytest, which has no folder to share, makes them wherever they are needed.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from tests.engines.databases import Databases, PostgresDatabases, SqliteDatabases, migrate, name_of, one_of, path_of
from tests.engines.postgres import PostgresAddress
from tests.surroundings import engine

FOLDER = "TEST_TABLES"
"""Where the processes of a run tell each other the address of what they have made; `./run test` sets it."""


@contextmanager
def template(databases: Databases) -> Iterator[str]:
    """The DATABASE_URL of a database to be copied or read, and not written to: the run's own, where it has one."""
    if given := os.environ.get(FOLDER):
        yield shared(databases, Path(given))
        return
    with one_of(databases) as url:
        migrate(url)
        yield url


def shared(databases: Databases, folder: Path) -> str:
    """The one that this run has of the kind, made now if nobody has yet."""
    with (folder / type(databases).__name__).open("a+") as told:
        fcntl.flock(told, fcntl.LOCK_EX)
        told.seek(0)
        if not (url := told.read()):
            kept = SqliteDatabases(folder) if isinstance(databases, SqliteDatabases) else databases
            url = kept.make()
            migrate(url)
            told.write(url)
        return url


def begin_with_tables() -> None:
    """Have Django make its test database from the run's own tables, where it finds nothing left to migrate."""
    from django.db import connection
    from django.db.backends.signals import connection_created

    if FOLDER not in os.environ:
        return
    if engine() == "postgresql":
        server = PostgresDatabases(PostgresAddress(os.environ["TEST_DATABASE_URL"]))
        connection.settings_dict["TEST"]["TEMPLATE"] = name_of(shared(server, Path(os.environ[FOLDER])))
    else:
        connection_created.connect(fill)


def fill(connection: Any, **_: object) -> None:
    """Give the tables to Django's new SQLite database: it lives in memory, so there is nothing to copy it to before."""
    from django.db.backends.signals import connection_created

    connection_created.disconnect(fill)
    assert connection.is_in_memory_db(), connection.settings_dict["NAME"]
    folder = Path(os.environ[FOLDER])
    with closing(sqlite3.connect(path_of(shared(SqliteDatabases(folder), folder)))) as source:
        source.backup(connection.connection)
