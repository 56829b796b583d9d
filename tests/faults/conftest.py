"""Databases for servers that are about to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.engines.databases import Databases, migrate
from tests.engines.postgres import PostgresServer, running_postgres

Ask = Callable[[str], list[tuple]]


@pytest.fixture
def ask(postgres_databases: Databases, postgres_database: str) -> Ask:
    """Asks the test's own database in the shared PostgreSQL."""
    return lambda question: postgres_databases.ask(postgres_database, question)


@pytest.fixture(scope="session")
def fragile_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL that these tests may kill and freeze, one after another: a new one for each would take seconds."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def fragile_database(fragile_postgres: PostgresServer) -> str:
    """A database with all tables and no rows in it."""
    url = fragile_postgres.create("reforms")
    migrate(url)
    return url


@pytest.fixture
def postgres(fragile_postgres: PostgresServer) -> Iterator[PostgresServer]:
    """That server, which runs when the test begins, and again when it has ended."""
    yield fragile_postgres
    fragile_postgres.thaw()
    fragile_postgres.start()
