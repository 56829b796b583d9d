"""A real worker: it does what hints ask for, outlives Redis, and loses nothing when it is killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.celery import Part, running_worker
from tests.engines.processes import signal_all
from tests.engines.redis import RedisServer
from tests.faults.closing import closing_soon
from tests.faults.conftest import Ask
from tests.faults.work import wait_until
from tests.tooling.processes import descendants
from tests.tooling.shell import manage

pytestmark = pytest.mark.long

FLAGS = "SELECT count(*) FROM alerts_flag"
COUNTS = """SELECT (SELECT count(*) FROM alerts_flag),
                   (SELECT count(*) FROM alerts_jobrun WHERE job = 'raise_flags'),
                   (SELECT count(*) FROM base_event WHERE verb = 'raise_flags')"""
FAULTS = "SELECT part, count FROM base_faultcount"


@pytest.fixture
def given(postgres_database: str, own_redis: RedisServer, tmp_path: Path) -> dict[str, str]:
    """The settings of everything that runs."""
    return {"DATABASE_URL": postgres_database, "REDIS_URL": own_redis.url, "VAR_DIR": str(tmp_path)}


@pytest.fixture
def worker(postgres_database: str, own_redis: RedisServer, tmp_path: Path) -> Iterator[Part]:
    with running_worker(tmp_path / "worker", database_url=postgres_database, redis_url=own_redis.url) as worker:
        yield worker


def load(given: dict[str, str], **when: int) -> None:
    """Load a consultation that closes in ten days, or in so many."""
    result = manage("load_reforms", str(closing_soon(Path(given["VAR_DIR"]), **when)), **given)
    assert result.returncode == 0, result.stdout + result.stderr


def test_load_has_the_flags_raised(worker: Part, given, ask: Ask):
    load(given)

    wait_until(lambda: ask(FLAGS) == [(1,)], words=worker.words)


@pytest.mark.parametrize(
    ("away", "back"),
    [
        pytest.param(RedisServer.kill, RedisServer.start, id="killed"),
        pytest.param(RedisServer.freeze, RedisServer.thaw, id="frozen"),
    ],
)
def test_hints_flow_again_when_redis_is_back(away, back, worker: Part, given, ask: Ask, own_redis: RedisServer):
    away(own_redis)
    load(given)
    assert (ask(FLAGS), ask(FAULTS)) == ([(0,)], [("broker", 1)])

    back(own_redis)
    load(given, days=11)
    wait_until(lambda: ask(FLAGS) == [(1,)], words=worker.words)
    assert ask(FAULTS) == [("broker", 1)]


class TestKilled:
    """kill -9 when the flags are in, and the event that tells of them is not."""

    @pytest.fixture
    def killed(self, request, postgres_database: str, own_redis: RedisServer, given, tmp_path: Path) -> None:
        settings = {"HALFWAY": str(tmp_path / "halfway"), "WITHOUT": request.param}
        where = {"database_url": postgres_database, "redis_url": own_redis.url}
        with running_worker(tmp_path / "worker", app="tests.faults.pausing", **where, **settings) as worker:
            load(given)
            wait_until((tmp_path / "halfway").exists, words=worker.words)
            signal_all([worker.process.pid, *descendants(worker.process.pid)], 9)

    @pytest.mark.parametrize("killed", [""], indirect=True)
    def test_next_run_does_all_of_it_once(self, killed, given, ask: Ask):
        assert ask(COUNTS) == [(0, 0, 0)]

        for _number in range(2):
            assert manage("run_due", **given).returncode == 0
            assert ask(COUNTS) == [(1, 1, 1)]

    @pytest.mark.parametrize("killed", ["transaction"], indirect=True)
    def test_without_a_transaction_nobody_would_ever_be_told(self, killed, given, ask: Ask):
        assert manage("run_due", **given).returncode == 0

        assert ask(COUNTS) == [(1, 1, 0)]
