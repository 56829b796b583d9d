"""What becomes of hints and scheduled tasks that wait in Redis: nobody needs what is lost, or what is old."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from celery import Celery
from django.conf import settings as project

from reforms.alerts.scheduling import HOUR, TABLE
from reforms.base import clock, hints
from reforms.base.hints import Silence, hint
from tests.engines.celery import Part, asked, running_worker, tasks_done
from tests.engines.redis import RedisServer
from tests.faults.conftest import Ask
from tests.faults.work import wait_until
from tests.reforms.alerts.test_actions_at_once import start, wait_for
from tests.tooling.shell import manage

TASK = "reforms.alerts.tasks.raise_flags"
FLAGS = "SELECT count(*) FROM alerts_flag"


@pytest.fixture
def consultations(postgres_database: str) -> None:
    """Three that close in twenty days."""
    wait_for(start(postgres_database, "fill_for_today"))


@contextmanager
def sender(url: str) -> Iterator[Celery]:
    """Sends by this address, with the project's own settings."""
    app = Celery("sender", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(broker_url=url, task_always_eager=False)
    with app:
        yield app


def waiting(redis: RedisServer) -> int:
    """How many messages are in the queue."""
    with redis.client() as client:
        return client.llen("celery")


@pytest.mark.parametrize("number", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_redis_killed_with_hints_queued(
    number, consultations, own_redis, postgres_database, ask: Ask, tmp_path: Path, monkeypatch, settings
):
    """No worker ever gets one of them. The next scheduled run does everything that they spoke of."""
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(hints, "silence", Silence())
    with sender(own_redis.url) as app:
        monkeypatch.setattr(hints, "app", app)
        for _number in range(number):
            hint(TASK)
        assert waiting(own_redis) == number
        own_redis.kill()
        own_redis.start()
    assert (waiting(own_redis), ask(FLAGS)) == (0, [(0,)])

    given = {"DATABASE_URL": postgres_database, "REDIS_URL": own_redis.url, "VAR_DIR": str(tmp_path)}
    assert manage("run_due", **given).returncode == 0
    assert ask(FLAGS) == [(3,)]


MINUTES = 150
"""For so long no worker was there, while beat went on sending."""
LAST = "reforms.alerts.tasks.beat"


def send_all(url: str, *, are_dropped: bool) -> int:
    """What beat sent meanwhile, and then one task more. Answers how many messages that is."""
    count = 0
    with sender(url) as app:
        for minute in range(MINUTES):
            with time_machine.travel(clock.now() - timedelta(minutes=MINUTES - minute)):
                for entry in due_at(minute):
                    app.send_task(entry["task"], **entry["options"] if are_dropped else {})
                    count += 1
        app.send_task(LAST)
    return count + 1


def due_at(minute: int) -> list[dict[str, Any]]:
    """What is on the schedule for that minute."""
    return [entry for entry in project.CELERY_BEAT_SCHEDULE.values() if minute % 60 in entry["schedule"].minute]


def is_idle(worker: Part, redis: RedisServer) -> bool:
    """Whether nothing is left in the queue, and the worker has nothing in hand."""
    held = [asked(worker, question) for question in ("reserved", "active")]
    return waiting(redis) == 0 and held == [[], []]


@pytest.mark.long
@pytest.mark.parametrize("are_dropped", [True, False], ids=["dropped", "kept"])
def test_worker_that_comes_back_drops_what_is_older_than_its_period(
    are_dropped, own_redis: RedisServer, postgres_database: str, tmp_path: Path
):
    sent = send_all(own_redis.url, are_dropped=are_dropped)
    assert sent == waiting(own_redis) > 3 * MINUTES

    with running_worker(tmp_path, database_url=postgres_database, redis_url=own_redis.url) as worker:
        wait_until(lambda: is_idle(worker, own_redis), words=worker.words)
        done = tasks_done([worker])

    # Of each hourly job the last is still good. Those of each minute are not.
    hourly = sum(job.every == HOUR for job in TABLE)
    assert done == [hourly + 1 if are_dropped else sent]
