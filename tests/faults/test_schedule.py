"""Scheduled work on two machines at once: two processes do the job in every hour of the same 24, on one PostgreSQL."""

from __future__ import annotations

import pytest

from tests.engines.databases import Databases
from tests.reforms.alerts import machine
from tests.reforms.alerts.test_actions_at_once import at_once, start, wait_for

EVENTS = "SELECT count(*) FROM base_event WHERE verb = 'raise_flags'"


def test_all_jobs_tell_each_reader_once(postgres_databases, postgres_database):
    wait_for(start(postgres_database, "fill_with_readers"))

    said = at_once(postgres_database, "do_everything_every_hour")

    assert [words.count("\n") for words in said] == [machine.HOURS] * 2
    assert sum(map(counted_in, said)) == machine.READERS
    letters = "SELECT kind, state, count(*), count(DISTINCT recipient_id) FROM alerts_letter GROUP BY 1, 2"
    assert postgres_databases.ask(postgres_database, letters) == [("digest", "sent", machine.READERS, machine.READERS)]
    notices = "SELECT count(*), count(letter_id), count(DISTINCT (flag_id, recipient_id)) FROM alerts_notice"
    assert postgres_databases.ask(postgres_database, notices) == [(3 * machine.READERS,) * 3]
    assert postgres_databases.ask(postgres_database, "SELECT count(*) FROM alerts_flag") == [(3,)]
    runs = "SELECT job, for_day FROM alerts_jobrun GROUP BY 1, 2 HAVING count(*) > 1"
    assert postgres_databases.ask(postgres_database, runs) == []


@pytest.fixture
def consultations(postgres_database: str) -> None:
    wait_for(start(postgres_database, "fill"))


@pytest.mark.long
@pytest.mark.usefixtures("consultations")
def test_each_flag_is_raised_once_and_each_day_is_recorded_once(postgres_databases, postgres_database):
    assert_once(postgres_databases, postgres_database, at_once(postgres_database, "run_every_hour"))


@pytest.mark.long
@pytest.mark.usefixtures("consultations")
def test_without_the_lock_and_the_constraints_they_would_be_raised_twice(postgres_databases, postgres_database):
    """Or the second would wait for the first, or fail."""
    wait_for(start(postgres_database, "run_at_noon"))
    postgres_databases.ask(postgres_database, "DROP INDEX an_open_flag_is_raised_once")
    postgres_databases.ask(postgres_database, "ALTER TABLE alerts_jobrun DROP CONSTRAINT a_job_runs_once_per_day")

    at_once(postgres_database, "run_at_midnight_carelessly")

    flags = "SELECT count(*), count(DISTINCT subject) FROM alerts_flag"
    assert postgres_databases.ask(postgres_database, flags) == [(6, 3)]
    days = "SELECT count(*), count(DISTINCT for_day) FROM alerts_jobrun"
    assert postgres_databases.ask(postgres_database, days) == [(3, 2)]
    assert postgres_databases.ask(postgres_database, EVENTS) == [(2,)]


def counted_in(words: str) -> int:
    """How many flags a machine said it raised, or letters it said it sent, in all its runs."""
    return sum(int(line.split()[0]) for line in words.splitlines())


def assert_once(databases: Databases, url: str, said: list[str]) -> None:
    """Three flags that came due at midnight, a record of each of two days, and one event, whoever did it."""
    assert [words.count("\n") for words in said] == [machine.HOURS] * 2
    assert sum(map(counted_in, said)) == 3
    assert databases.ask(url, "SELECT count(*), count(DISTINCT subject) FROM alerts_flag") == [(3, 3)]
    assert databases.ask(url, "SELECT count(*), count(DISTINCT for_day) FROM alerts_jobrun") == [(2, 2)]
    assert databases.ask(url, EVENTS) == [(1,)]
