"""Two machines at once on one database, each a process with connections of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.engines.databases import Databases, one_of
from tests.engines.tables import template
from tests.engines.waiting import wait_until
from tests.reforms.alerts import machine

ROOT = Path(machine.__file__).parents[3]
SECONDS = 120


def start(database: str, work: str) -> subprocess.Popen[str]:
    """A machine that has this database."""
    return subprocess.Popen(
        [sys.executable, "-m", machine.__name__, work],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def prepared(databases: Databases) -> Iterator[str]:
    """A new database that has three consultations."""
    with template(databases) as tables, one_of(databases, copy_of=tables) as url:
        wait_for(start(url, "fill"))
        yield url


@pytest.fixture
def database(databases: Databases, prepared: str) -> Iterator[str]:
    """A copy for one test."""
    with one_of(databases, copy_of=prepared) as url:
        yield url


def wait_for(process: subprocess.Popen[str], word: str = "") -> str:
    """What it says once it is told to go on, and that it ended well."""
    said, _errors = process.communicate(word, timeout=SECONDS)
    assert process.returncode == 0
    return said


@contextmanager
def ready(database: str, *works: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Machines that wait for the word; none is left when it ends, however it ends."""
    machines = [start(database, work) for work in works]
    try:
        for one in machines:
            assert one.stdout.readline() == "ready\n"
        yield machines
    finally:
        for one in machines:
            one.kill()
            one.communicate()


def at_once(database: str, work: str) -> list[str]:
    """What two machines say that were given the word together."""
    with ready(database, work, work) as machines:
        for one in machines:
            tell(one)
        return [wait_for(one) for one in machines]


def tell(one: subprocess.Popen[str]) -> None:
    """Give it the word, and let it go on."""
    one.stdin.write("go\n")
    one.stdin.flush()


@pytest.mark.long
def test_two_machines_raise_each_flag_once_between_them(databases, database):
    said = at_once(database, "run_every_day")

    raised = Counter(tuple(key) for words in said for key in json.loads(words))
    # Each of three consultations, at each of five thresholds, and closed.
    assert len(raised) == 3 * 6
    assert set(raised.values()) == {1}
    assert databases.ask(database, "SELECT count(*) FROM alerts_flag") == [(3 * 6,)]
    # A machine that was left behind writes no day a second time.
    assert databases.ask(database, "SELECT count(*) FROM alerts_jobrun") == [(machine.DAYS,)]
    # One for each of six changes, and one for the day on which the last is cleared.
    assert databases.ask(database, "SELECT count(*) FROM base_event WHERE verb = 'raise_flags'") == [(7,)]


@pytest.mark.parametrize(
    ("is_protected", "rows"),
    [
        pytest.param(True, 3, id="the database keeps a flag from being open twice", marks=pytest.mark.long),
        pytest.param(False, 6, id="without that, it would be", marks=pytest.mark.long),
    ],
)
def test_two_machines_that_cannot_see_each_other(databases, database, is_protected, rows):
    if not is_protected:
        databases.ask(database, "DROP INDEX an_open_flag_is_raised_once")

    at_once(database, "insert_what_was_due")

    assert databases.ask(database, "SELECT count(*) FROM alerts_flag") == [(rows,)]


POSITIONS = machine.COUNCILS * machine.PILLARS


@pytest.mark.long
def test_two_machines_raise_two_thousand_flags_once_between_them(databases, database):
    wait_for(start(database, "fill_with_positions"))

    said = at_once(database, "run_when_positions_are_stale")

    assert sum(map(int, said)) == POSITIONS
    raised = databases.ask(database, "SELECT count(*), count(DISTINCT subject) FROM alerts_flag")
    assert raised == [(POSITIONS, POSITIONS)]
    assert databases.ask(database, "SELECT count(*) FROM base_event WHERE verb = 'raise_flags'") == [(1,)]


@pytest.mark.parametrize(
    ("later", "rows"),
    [
        pytest.param("run_for_a_later_day", 3, id="the later day waits for the earlier one", marks=pytest.mark.long),
        pytest.param(
            "run_for_a_later_day_without_waiting", 6, id="without that, both would stay open", marks=pytest.mark.long
        ),
    ],
)
def test_two_machines_on_both_sides_of_midnight(postgres_databases, postgres_database, later, rows):
    """On PostgreSQL alone: SQLite lets nobody begin to write before another has ended."""
    wait_for(start(postgres_database, "fill"))

    def others_wait_or_end() -> bool:
        question = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()"
        )
        return two.poll() is not None or postgres_databases.ask(postgres_database, question) == [(1,)]

    with ready(postgres_database, "run_and_hold") as [one], ready(postgres_database, later) as [two]:
        tell(two)
        wait_until(others_wait_or_end)
        wait_for(one, "go\n")
        wait_for(two)

    open_flags = "SELECT count(*) FROM alerts_flag WHERE cleared_at IS NULL"
    assert postgres_databases.ask(postgres_database, open_flags) == [(rows,)]
