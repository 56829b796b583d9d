"""Databases of a test's own, of either kind, whichever Django uses in this run; and how to stand on one.

Tests that need both kinds at once run once, and not on each: they ask for `both_kinds` instead of `databases`.
"""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.utils import ConnectionHandler

from tests.engines.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.engines.postgres import PostgresAddress, PostgresServer
from tests.engines.tables import template

KINDS = ("sqlite", "postgresql")
SETTINGS = Path(__file__).resolve().parents[1] / "reforms" / "settings.py"


class BothKinds:
    """Makes databases, each known by its DATABASE_URL, and forgets them at the end."""

    def __init__(self, folder: Path, request: pytest.FixtureRequest, at_the_end: ExitStack) -> None:
        self.folder = folder
        self.request = request
        self.at_the_end = at_the_end
        self.templates: dict[str, str] = {}

    @cached_property
    def sqlite(self) -> Databases:
        return SqliteDatabases(self.folder)

    @cached_property
    def postgresql(self) -> Databases:
        return PostgresDatabases(self.request.getfixturevalue("shared_postgres"))

    def empty(self, kind: str) -> str:
        """A new database without a single table."""
        return self._make(kind)

    def template(self, kind: str) -> str:
        """One database with the tables of this release, and nothing in them: to be read or copied, not written to."""
        if kind not in self.templates:
            self.templates[kind] = self.at_the_end.enter_context(template(getattr(self, kind)))
        return self.templates[kind]

    def migrated(self, kind: str) -> str:
        """A new database with the tables of this release, and nothing in them."""
        return self.copy(self.template(kind))

    def copy(self, url: str) -> str:
        """A new database, the same as one that nobody is connected to."""
        return self._make("sqlite" if url.startswith("sqlite") else "postgresql", copy_of=url)

    def standing_on(self, url: str) -> Any:
        return standing_on(url, self.request.getfixturevalue("django_db_blocker"))

    def _make(self, kind: str, copy_of: str | None = None) -> str:
        databases = getattr(self, kind)
        url = databases.make(copy_of=copy_of)
        if kind == "postgresql" and not self.is_server_tidied:
            self.at_the_end.callback(databases.drop, url)
        return url

    @cached_property
    def is_server_tidied(self) -> bool:
        """Whether somebody else drops our databases: `./run test` does, or the server itself ends with us."""
        return "TEST_RUN" in os.environ or isinstance(self.request.getfixturevalue("shared_postgres"), PostgresServer)


@contextmanager
def standing_on(url: str, blocker: Any) -> Iterator[Any]:
    """Until the end, everything in this thread uses the database of this address as its only one."""
    with blocker.unblock():
        usual, connections["default"] = connections["default"], connect(url)
        ContentType.objects.clear_cache()
        try:
            yield connections["default"]
        finally:
            connections["default"].close()
            connections["default"] = usual
            ContentType.objects.clear_cache()


def connect(url: str) -> Any:
    """A connection with the settings that the project would use for this DATABASE_URL."""
    with patch.dict(os.environ, {"DATABASE_URL": url}):
        return ConnectionHandler(runpy.run_path(str(SETTINGS))["DATABASES"])["default"]


@pytest.fixture(scope="session")
def both_kinds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_postgres: PostgresAddress
) -> Iterator[BothKinds]:
    """The server is asked for here, so that it ends after what is made on it has been dropped."""
    with ExitStack() as at_the_end:
        yield BothKinds(tmp_path_factory.mktemp("both-kinds"), request, at_the_end)
