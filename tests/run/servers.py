"""The servers of a run: those that the person has named, or new ones for its length."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import psycopg
import redis

from tests.engines.postgres import OLDEST, PostgresAddress, running_postgres
from tests.engines.processes import NoServerError
from tests.engines.redis import RedisAddress, running_redis

POSTGRES = "TEST_DATABASE_URL"
REDIS = "TEST_REDIS_URL"
RUN = "TEST_RUN"


@contextmanager
def servers(given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """What pytest has to be told, in its environment, to find the servers. Raises NoServerError."""
    run = secrets.token_hex(4)
    with ExitStack() as until_the_end:
        postgres = until_the_end.enter_context(postgres_of(given.get(POSTGRES, "")))
        until_the_end.callback(tidy, postgres, run)
        check_postgres(postgres, run)
        store = until_the_end.enter_context(redis_of(given.get(REDIS, "")))
        yield {POSTGRES: postgres.url(postgres.home), REDIS: store.url, RUN: run}


@contextmanager
def postgres_of(url: str) -> Iterator[PostgresAddress]:
    """The server at an address, or a new one if there is none."""
    if not url:
        with running_postgres() as server:
            yield server
        return
    if not urlsplit(url).scheme.startswith("postgres"):
        raise NoServerError(f"{POSTGRES} must start with postgres://")
    yield PostgresAddress(url)


def check_postgres(server: PostgresAddress, run: str) -> None:
    """Refuse a server that does not answer, is too old, or does not let us make databases."""
    try:
        version = server.version
        if int(version.partition(".")[0]) < OLDEST:
            raise NoServerError(f"The server in {POSTGRES} is PostgreSQL {version}; it must be {OLDEST} or newer.")
        server.create(f"reforms_{run}")
    except psycopg.Error as error:
        raise NoServerError(f"The server in {POSTGRES} cannot be used: {error}".strip()) from None


def tidy(server: PostgresAddress, run: str) -> None:
    """Drop every database of this run, also those that an interrupted test has left."""
    try:
        for name in server.databases():
            if name.startswith((f"reforms_{run}", f"test_reforms_{run}")):
                server.drop(name)
    except psycopg.OperationalError:
        return  # the server is gone, and what was in it is not ours to mend


@contextmanager
def redis_of(url: str) -> Iterator[RedisAddress]:
    """The server at an address, or a new one if there is none. Raises NoServerError if it does not answer."""
    if not url:
        with running_redis() as server:
            yield server
        return
    try:
        server = RedisAddress(url)
        server.version  # noqa: B018
    except (redis.RedisError, ValueError) as error:
        raise NoServerError(f"The server in {REDIS} cannot be used: {error}") from None
    yield server
