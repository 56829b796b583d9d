"""A load while a part fails: Redis makes nobody wait, and PostgreSQL keeps all of it or nothing.

In every run test_site.py loads once, while Redis hangs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engines.databases import PostgresDatabases
from tests.engines.postgres import PostgresServer
from tests.engines.redis import RedisServer
from tests.faults.closing import closing_soon
from tests.faults.conftest import Ask
from tests.faults.slow import slow_road
from tests.faults.work import wait_until, work
from tests.tooling.shell import manage

pytestmark = pytest.mark.long

LOADED = "SELECT count(*) FROM consultations_consultation"
FAULTS = "SELECT part, count, last_error FROM base_faultcount"
FLAGS = "SELECT count(*) FROM alerts_flag"
RUNS = "SELECT job, outcome FROM alerts_jobrun WHERE job = 'raise_flags'"
COUNT = "SELECT count(*) FROM {}"


@contextmanager
def absent(redis: RedisServer) -> Iterator[str]:
    redis.kill()
    yield redis.url


@contextmanager
def frozen(redis: RedisServer) -> Iterator[str]:
    redis.freeze()
    yield redis.url


@contextmanager
def slow(redis: RedisServer) -> Iterator[str]:
    with slow_road(redis.port, seconds=0.5) as port:
        yield redis.url.replace(str(redis.port), str(port))


class TestRedis:
    @pytest.mark.parametrize(
        ("state", "error"),
        [
            pytest.param(absent, "ConnectionError", id="absent"),
            pytest.param(frozen, "TimeoutError", id="frozen"),
            pytest.param(slow, "TimeoutError", id="slow"),
        ],
    )
    def test_load_works_and_the_next_run_does_what_the_hint_asked_for(
        self, state, error, own_redis: RedisServer, postgres_database: str, ask: Ask, tmp_path: Path
    ):
        with state(own_redis) as url:
            given = {"DATABASE_URL": postgres_database, "REDIS_URL": url, "VAR_DIR": str(tmp_path)}
            loaded = manage("load_reforms", str(closing_soon(tmp_path)), **given)

            assert (loaded.returncode, loaded.stderr.count("No hint was sent")) == (0, 1)
            assert ask(LOADED) == [(1,)]
            assert ask(FAULTS) == [("broker", 1, error)]
            assert ask(FLAGS) == [(0,)]

            assert manage("run_due", **given).returncode == 0
            assert ask(FLAGS) == [(1,)]
            assert ask(RUNS) == [("raise_flags", "baseline")]

    def test_load_that_waits_for_a_frozen_redis_waits_for_ever(
        self, own_redis: RedisServer, postgres_database: str, ask: Ask, tmp_path: Path
    ):
        own_redis.freeze()
        careless = {"DJANGO_SETTINGS_MODULE": "tests.faults.careless", "WITHOUT": "broker-timeouts"}
        given = {"DATABASE_URL": postgres_database, "REDIS_URL": own_redis.url, "VAR_DIR": str(tmp_path)} | careless
        program = ("tests.faults.machine", "load_and_wait_for_the_broker", str(closing_soon(tmp_path)))
        with work(*program, **given) as load:
            wait_until(lambda: ask(LOADED) == [(1,)])
            assert not load.is_done_within(5)

            own_redis.thaw()
            assert load.end()[0] == 0


class TestPostgres:
    """Killed when every row has been written and nothing is committed: the worst moment there is."""

    @pytest.fixture
    def url(self, fragile_database: str, postgres: PostgresServer) -> str:
        return PostgresDatabases(postgres).make(copy_of=fragile_database)

    @pytest.fixture
    def counts(self, url: str, postgres: PostgresServer) -> Callable[[], tuple[int, int]]:
        """How many commitments there are, and how many events."""
        ask = PostgresDatabases(postgres).ask
        return lambda: tuple(
            number for table in ("pillars_commitment", "base_event") for (number,) in ask(url, COUNT.format(table))
        )

    @pytest.fixture
    def killed(self, request, url: str, postgres: PostgresServer, tmp_path: Path) -> tuple[int, str]:
        """What the load said that was in the middle of its work when PostgreSQL was killed; it runs again now."""
        with work("tests.faults.machine", request.param, DATABASE_URL=url, VAR_DIR=str(tmp_path)) as load:
            load.wait_until_halfway()
            postgres.kill()
            load.go_on()
            said = load.end()
        postgres.start()
        return said

    @pytest.mark.parametrize("killed", ["load_halfway"], indirect=True)
    def test_nothing_was_written_and_the_next_load_writes_all(self, killed, url: str, counts, tmp_path: Path):
        status, words = killed
        assert (status, "Traceback" in words) == (1, False)
        assert "Everything was written or nothing" in words
        assert counts() == (0, 0)

        load(url, tmp_path)
        commitments, events = counts()
        assert (commitments > 100, events) == (True, 1)

        load(url, tmp_path)
        assert counts() == (commitments, events)

    @pytest.mark.parametrize("killed", ["load_halfway_without_a_transaction"], indirect=True)
    def test_without_a_transaction_half_of_it_would_be_there(self, killed, counts):
        commitments, events = counts()

        assert (commitments > 100, events) == (True, 0)


def load(url: str, folder: Path) -> None:
    """Load every fixture."""
    result = manage("load_reforms", DATABASE_URL=url, VAR_DIR=str(folder))
    assert result.returncode == 0, result.stdout + result.stderr
