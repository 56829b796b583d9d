"""The scheduled job as it runs in service: beat sends it through a real Redis, a worker does it in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from tests.engines.celery import HURRIED, Part, running_beat, running_worker, tasks_done
from tests.engines.databases import Databases
from tests.engines.waiting import wait_until
from tests.reforms.alerts.test_actions_at_once import start, wait_for

Ask = Callable[[str], list[tuple]]


@pytest.fixture
def ask(postgres_databases: Databases, postgres_database: str) -> Iterator[Ask]:
    """Asks a database in which three consultations close in twenty days."""
    wait_for(start(postgres_database, "fill_for_today"))
    return lambda question: postgres_databases.ask(postgres_database, question)


def all_words(parts: list[Part]) -> str:
    return "\n".join(part.words() for part in parts)


@pytest.mark.parametrize(
    "number", [pytest.param(1, id="one-of-each"), pytest.param(2, id="two-of-each", marks=pytest.mark.long)]
)
def test_beat_sends_the_job_and_a_worker_does_it_once(number, ask, postgres_database, redis_url, tmp_path: Path):
    where = {"database_url": postgres_database, "redis_url": redis_url}
    with ExitStack() as running:
        beats = [running.enter_context(running_beat(tmp_path, app=HURRIED, **where)) for _ in range(number)]
        workers = [running.enter_context(running_worker(tmp_path, **where)) for _ in range(number)]
        words = partial(all_words, [*beats, *workers])
        wait_until(lambda: ask("SELECT count(*) FROM alerts_flag") == [(3,)], words=words)
        # Everybody goes on, the job is done again, and nothing changes. Who does it is left to the broker: workers take
        # turns, and beat sends two kinds of task, so that one worker may well get all of one kind.
        wait_until(lambda: sum(tasks_done(workers, "raise_flags")) >= 2 * number, words=words)
        wait_until(lambda: all(done >= 2 for done in tasks_done(workers)), words=words)

    assert ask("SELECT count(*) FROM alerts_flag WHERE cleared_at IS NULL") == [(3,)]
    assert ask("SELECT count(*) FROM base_event WHERE verb = 'raise_flags'") == [(1,)]
    assert ask("SELECT job, for_day FROM alerts_jobrun GROUP BY 1, 2 HAVING count(*) > 1") == []


@pytest.mark.long
def test_real_schedule_gives_a_sign_of_life_within_minutes(postgres_databases, postgres_database, redis_url, tmp_path):
    where = {"database_url": postgres_database, "redis_url": redis_url}
    with running_worker(tmp_path, **where) as worker, running_beat(tmp_path, **where) as beat:
        signs = "SELECT part FROM base_heartbeat WHERE part = 'beat'"
        answer = partial(postgres_databases.ask, postgres_database, signs)
        wait_until(lambda: answer() == [("beat",)], within=150, words=partial(all_words, [worker, beat]))
