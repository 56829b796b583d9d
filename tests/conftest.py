"""The cast and the stage.

The test database is migrated and loaded with every fixture of the project once per run, and each test runs
inside a transaction that is rolled back. Nothing may flush it: SQLite's flush would delete rows one by one,
which the append-only trigger on events refuses, and the fixtures would be gone for the tests that follow.
A test that needs committed rows or several connections makes a database of its own (see `own_database`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.engines.databases import Databases, PostgresDatabases, SqliteDatabases, claimed, one_of
from tests.engines.notes import note
from tests.engines.postgres import PostgresAddress, PostgresServer, running_postgres
from tests.engines.redis import RedisAddress, RedisServer, running_redis
from tests.engines.tables import begin_with_tables, template
from tests.surroundings import engine

if TYPE_CHECKING:
    from tests.councils.writing.at_once import Office

COMMITTEE_DAY = date(2023, 4, 21)
LOADED_AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> None:
    begin_with_tables()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from reforms.base.loading import load

    with django_db_blocker.unblock():
        note(*engine_in_use())
        load(by=None, now=LOADED_AT)


def engine_in_use() -> tuple[str, str]:
    """Name and version of the database that Django uses, as it says itself."""
    from django.db import connection

    question = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        return connection.display_name, str(cursor.fetchone()[0]).split()[0]


@pytest.fixture
def committee_day() -> date:
    """21 April 2023: the day of the Lincolnshire committee's meeting."""
    return COMMITTEE_DAY


@pytest.fixture
def public(db) -> Client:
    """Anybody, not signed in."""
    return Client()


# --- Servers ------------------------------------------------------------------------------------------------------
# One of each for the whole run: `./run test` starts them; a bare pytest starts them where a test asks for one.


@pytest.fixture(scope="session")
def shared_postgres() -> Iterator[PostgresAddress]:
    """The PostgreSQL that tests share: nobody may stop it."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield PostgresAddress(given)
    else:
        with running_postgres() as server:
            yield server


@pytest.fixture(scope="session")
def shared_redis() -> Iterator[RedisAddress]:
    """The Redis that tests share: nobody may stop it, or touch a database that is not their own."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield RedisAddress(given)
    else:
        with running_redis() as server:
            yield server


@pytest.fixture
def own_postgres(tmp_path: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL of this test's own, to be killed or frozen."""
    with running_postgres(tmp_path / "postgres") as server:
        yield server


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of this test's own, to be killed or frozen."""
    with running_redis(tmp_path / "redis") as server:
        yield server


@pytest.fixture
def redis_url(shared_redis: RedisAddress) -> Iterator[str]:
    """The REDIS_URL of an empty database in the shared Redis, for this test alone."""
    with claimed(shared_redis) as url:
        note("Redis", shared_redis.version)
        yield url


# --- Databases that may be committed to ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Makes and copies databases on the engine that Django uses in this run."""
    if engine() == "postgresql":
        return PostgresDatabases(request.getfixturevalue("shared_postgres"))
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def own_database(databases: Databases) -> Iterator[str]:
    """The DATABASE_URL of an empty database, on the engine that Django uses in this run."""
    with one_of(databases) as url:
        yield url


@pytest.fixture(scope="session")
def tables(databases: Databases) -> Iterator[str]:
    """The DATABASE_URL of a database with all tables and no rows, to be copied."""
    with template(databases) as url:
        yield url


@pytest.fixture
def office(databases: Databases, tables: str, django_db_blocker: Any) -> Iterator[Office]:
    """People at work at the same moment, on a database of their own that has all tables."""
    from tests.councils.writing.at_once import Office

    with one_of(databases, copy_of=tables) as url:
        yield Office(url, django_db_blocker)


@pytest.fixture(scope="session")
def postgres_databases(shared_postgres: PostgresAddress) -> Databases:
    """Makes and copies databases in the shared PostgreSQL, whichever engine Django uses."""
    note("PostgreSQL", shared_postgres.version)
    return PostgresDatabases(shared_postgres)


@pytest.fixture(scope="session")
def postgres_template(postgres_databases: Databases) -> Iterator[str]:
    """The DATABASE_URL of a database with all tables and no rows, to be copied."""
    with template(postgres_databases) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_databases: Databases, postgres_template: str) -> Iterator[str]:
    """The DATABASE_URL of a PostgreSQL database with all tables and no rows, for this test alone."""
    with one_of(postgres_databases, copy_of=postgres_template) as url:
        yield url
