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


@pytest.mark.parametrize(
    ("app", "is_noticed"),
    [
        pytest.param("tests.faults.standing", False, id="no run is lost"),
        pytest.param("tests.faults.stale", True, id="the next run would be, on a connection that is kept"),
    ],
)
def test_postgres_restarted_under_a_beat_without_redis(
    app, is_noticed, fragile_database: str, postgres: PostgresServer, tmp_path: Path
):
    databases = PostgresDatabases(postgres)
    url = databases.make(copy_of=fragile_database)
    hold = tmp_path / "hold"
    with running_beat(tmp_path, app=app, database_url=url, redis_url="", HOLD=str(hold)) as beat:
        last_sign = partial(databases.ask, url, SIGN)
        wait_for_another(last_sign, beat.words)
        with between_two_runs(hold, beat):
            postgres.restart()
        wait_for_another(last_sign, beat.words)

        assert ("OperationalError" in beat.words()) is is_noticed


@contextmanager
def between_two_runs(hold: Path, beat: Part) -> Iterator[None]:
    """It does nothing meanwhile, so that it comes back to a server that is there again."""
    hold.touch()
    wait_until(hold.with_name("hold.held").exists, words=beat.words)
    yield
    hold.unlink()
