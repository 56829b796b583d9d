"""The databases that the bench makes, of both kinds, and throws away."""

from __future__ import annotations

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.national import COMMITMENTS, COUNCILS

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True)
class Size:
    """A data set. Its councils hold a position on every commitment, in so many published versions."""

    name: str
    councils: int
    commitments: int = COMMITMENTS
    versions: int = 2
    is_lean: bool = False

    def told(self) -> dict[str, int | bool]:
        """What a process that fills a database needs to know."""
        return {name: value for name, value in asdict(self).items() if name != "name"}


NATIONAL = Size("national", COUNCILS)
TENTH = Size("tenth", 15)
LEAN = Size("lean", COUNCILS, versions=10, is_lean=True)
TEN_TIMES = Size("ten_times", 1530, versions=10, is_lean=True)


class Engine(ABC):
    """Where databases are made."""

    name: str

    @abstractmethod
    def create(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or a copy of another that nobody uses; gives its DATABASE_URL."""

    @abstractmethod
    def url(self, name: str) -> str:
        """The DATABASE_URL of a database."""


class SqliteFiles(Engine):
    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def url(self, name: str) -> str:
        return f"sqlite:///{self.path(name)}"

    def create(self, name: str, template: str | None = None) -> str:
        for ending in ("", "-wal"):
            original = self.path(f"{template}").with_name(f"{template}.sqlite3{ending}")
            if template and original.exists():
                shutil.copyfile(original, self.path(name).with_name(f"{name}.sqlite3{ending}"))
        return self.url(name)


class PostgresDatabases(Engine):
    """In a server that is given, or in one of our own; all names begin alike and are gone at the end."""

    name = "postgresql"

    def __init__(self, server) -> None:
        self.server = server
        self.made: list[str] = []

    def own(self, name: str) -> str:
        return f"bench_{os.getpid()}_{name}"

    def url(self, name: str) -> str:
        return self.server.url(self.own(name))

    def create(self, name: str, template: str | None = None) -> str:
        self.made.append(self.own(name))
        return self.server.create(self.own(name), self.own(template) if template else None)

    def drop_all(self) -> None:
        for name in self.made:
            self.server.drop(name)


@contextmanager
def engines(wanted: list[str], folder: Path) -> Iterator[tuple[list[Engine], dict[str, str]]]:
    """The engines that are here, and for each that is not, why."""
    from tests.engines.processes import NoServerError

    found: list[Engine] = []
    missing: dict[str, str] = {}
    with ExitStack() as stack:
        if "sqlite" in wanted:
            found.append(SqliteFiles(folder))
        if "postgresql" in wanted:
            try:
                found.append(stack.enter_context(postgres_databases()))
            except NoServerError as error:
                missing["postgresql"] = str(error)
        yield found, missing


@contextmanager
def postgres_databases() -> Iterator[PostgresDatabases]:
    """In the server of TEST_DATABASE_URL, else in a throwaway one. Raises NoServerError."""
    from tests.engines.postgres import PostgresAddress, running_postgres

    with ExitStack() as stack:
        given = os.environ.get("TEST_DATABASE_URL")
        server = PostgresAddress(given) if given else stack.enter_context(running_postgres())
        databases = PostgresDatabases(server)
        try:
            yield databases
        finally:
            databases.drop_all()
