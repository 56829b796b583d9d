"""Databases that a test may commit to, beside the one that Django's tests roll back."""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import redis

from tests.engines.postgres import PostgresAddress
from tests.engines.processes import NoServerError
from tests.engines.redis import RedisAddress
from tests.surroundings import own_names
from tests.tooling.shell import manage

CLAIM = "reform-tracker:claimed-by"
SECONDS_OF_CLAIM = 60 * 60


class Databases(Protocol):
    """Makes databases on one engine; each is known by its DATABASE_URL."""

    def make(self, *, copy_of: str | None = None) -> str:
        """An empty database, or a copy of one that nobody is connected to."""

    def drop(self, url: str) -> None:
        """Forget a database, whoever still uses it."""

    def ask(self, url: str, question: str) -> list[tuple]:
        """What a database answers, without Django; what the question changes stays changed."""


class SqliteDatabases:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, *, copy_of: str | None = None) -> str:
        path = self.folder / f"{secrets.token_hex(6)}.sqlite3"
        if copy_of:
            # Not the file alone: what was written last may still stand beside it.
            with closing(sqlite3.connect(path_of(copy_of))) as source, closing(sqlite3.connect(path)) as target:
                source.backup(target)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path_of(url)}{suffix}").unlink(missing_ok=True)

    def ask(self, url: str, question: str) -> list[tuple]:
        with closing(sqlite3.connect(path_of(url), timeout=20)) as database, database:
            return database.execute(question).fetchall()


class PostgresDatabases:
    """Databases in a server, with names of this run's own."""

    def __init__(self, server: PostgresAddress) -> None:
        self.server = server

    def make(self, *, copy_of: str | None = None) -> str:
        name = f"{own_names()}_{os.getpid()}_{secrets.token_hex(4)}"
        return self.server.create(name, template=name_of(copy_of) if copy_of else None)

    def drop(self, url: str) -> None:
        self.server.drop(name_of(url))

    def ask(self, url: str, question: str) -> list[tuple]:
        return PostgresAddress(url).ask(question)


def path_of(url: str) -> str:
    """The file of an SQLite database."""
    return urlsplit(url).path


def name_of(url: str) -> str:
    """The name of a PostgreSQL database."""
    return unquote(urlsplit(url).path.lstrip("/"))


@contextmanager
def one_of(databases: Databases, *, copy_of: str | None = None) -> Iterator[str]:
    """A database until the end."""
    url = databases.make(copy_of=copy_of)
    try:
        yield url
    finally:
        databases.drop(url)


def migrate(url: str) -> None:
    """Make the tables of the project. Raises AssertionError with what was said, if that fails."""
    with tempfile.TemporaryDirectory() as folder:
        result = manage("migrate", "--verbosity=0", DATABASE_URL=url, VAR_DIR=folder)
    assert result.returncode == 0, result.stdout + result.stderr


@contextmanager
def claimed(server: RedisAddress) -> Iterator[str]:
    """One of a Redis server's numbered databases, until the end: an empty one that no other test has taken.

    Raises NoServerError where there is none: what is in the others may be somebody's.
    """
    for number in range(16):
        place = server.numbered(number)
        with place.client() as client:
            if take(client):
                break
    else:
        raise NoServerError("None of the databases of this Redis is empty, and the tests touch no other.")
    try:
        yield place.url
    finally:
        with place.client() as client:
            client.flushdb()


def take(client: redis.Redis) -> bool:
    """Claim a database, if it is there, empty, and nobody else was faster."""
    try:
        return client.dbsize() == 0 and bool(client.set(CLAIM, os.getpid(), nx=True, ex=SECONDS_OF_CLAIM))
    except redis.ResponseError:  # a server with fewer databases
        return False
