"""Beat outlives what it depends on: signs of life stop while a part is away, and go on when it is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.engines.celery import HURRIED, Part, running_beat, running_worker
from tests.engines.databases import PostgresDatabases
from tests.engines.postgres import PostgresServer
from tests.engines.redis import RedisServer
from tests.faults.conftest import Ask
from tests.faults.work import wait_until

pytestmark = pytest.mark.long

SIGN = "SELECT at FROM base_heartbeat WHERE part = 'beat'"


def wait_for_another(last_sign: Callable[[], list[tuple]], words: Callable[[], str]) -> None:
    """Return once there is a sign of life that was not there before. Raises AssertionError if there is none."""
    before = last_sign()
    wait_until(lambda: last_sign() not in ([], before), words=words)


@pytest.mark.parametrize(
    ("away", "back"),
    [
        pytest.param(RedisServer.kill, RedisServer.start, id="killed"),
        pytest.param(RedisServer.freeze, RedisServer.thaw, id="frozen"),
    ],
)
def test_redis(away, back, own_redis: RedisServer, postgres_database: str, ask: Ask, tmp_path: Path):
    where = {"database_url": postgres_database, "redis_url": own_redis.url}
    with running_worker(tmp_path, **where) as worker, running_beat(tmp_path, app=HURRIED, **where) as beat:
        wait_for_another(partial(ask, SIGN), worker.words)
        away(own_redis)
        beat.wait_until_said("Couldn't apply scheduled task|Connection refused|Timeout")
        back(own_redis)
        wait_for_another(partial(ask, SIGN), worker.words)


def test_postgres_restarted_under_a_worker(own_redis, fragile_database, postgres: PostgresServer, tmp_path: Path):
    databases = PostgresDatabases(postgres)
    url = databases.make(copy_of=fragile_database)
    where = {"database_url": url, "redis_url": own_redis.url}
    with running_worker(tmp_path, **where) as worker, running_beat(tmp_path, app=HURRIED, **where):
        last_sign = partial(databases.ask, url, SIGN)
        wait_for_another(last_sign, worker.words)
        postgres.restart()
        wait_for_another(last_sign, worker.words)


class TestPostgresRestartedUnderABeatWithoutRedis:
    """Beat does the work itself then, on one connection after another."""

    @pytest.fixture
    def url(self, fragile_database: str, postgres: PostgresServer) -> str:
        return PostgresDatabases(postgres).make(copy_of=fragile_database)

    @pytest.fixture
    def last_sign(self, postgres: PostgresServer, url: str) -> Callable[[], list[tuple]]:
        return partial(PostgresDatabases(postgres).ask, url, SIGN)

    @pytest.fixture
    def beat(self, request, url: str, last_sign, postgres: PostgresServer, tmp_path: Path) -> Iterator[Part]:
        """One under which the server was restarted between two runs."""
        hold = tmp_path / "hold"
        with running_beat(tmp_path, app=request.param, database_url=url, redis_url="", HOLD=str(hold)) as beat:
            wait_for_another(last_sign, beat.words)
            with between_two_runs(hold, beat):
                postgres.restart()
            yield beat

    @pytest.mark.parametrize("beat", ["tests.faults.standing"], indirect=True)
    def test_no_run_is_lost(self, beat: Part, last_sign):
        wait_for_another(last_sign, beat.words)

        assert "OperationalError" not in beat.words()

    @pytest.mark.parametrize("beat", ["tests.faults.stale"], indirect=True)
    def test_on_a_connection_that_is_kept_runs_would_be(self, beat: Part):
        """One at least. Where none of those that come first happens to close it, all of them."""
        beat.wait_until_said("OperationalError")


@contextmanager
def between_two_runs(hold: Path, beat: Part) -> Iterator[None]:
    """It does nothing meanwhile, so that it comes back to a server that is there again."""
    hold.touch()
    wait_until(hold.with_name("hold.held").exists, words=beat.words)
    yield
    hold.unlink()
