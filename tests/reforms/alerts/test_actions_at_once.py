"""Two machines at once on one database, each a process with connections of its own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.reforms.alerts import machine

ROOT = Path(machine.__file__).parents[3]
SECONDS = 60


Start = Callable[[str], subprocess.Popen[str]]


def start_in(folder: Path) -> Start:
    """Starts machines that keep their database in the folder."""

    def start(work: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", machine.__name__, work],
            cwd=ROOT,
            env=os.environ | {"VAR_DIR": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """A folder with a new database that has three consultations."""
    folder = tmp_path_factory.mktemp("prepared")
    wait_for(start_in(folder)("prepare"))
    return folder


@pytest.fixture
def folder(prepared, tmp_path) -> Path:
    """A copy for one test."""
    return Path(shutil.copytree(prepared, tmp_path / "var"))


def asked(folder: Path, question: str) -> list[tuple]:
    """What the database in the folder answers."""
    with closing(sqlite3.connect(folder / "reform-tracker.sqlite3")) as database:
        return database.execute(question).fetchall()


def wait_for(process: subprocess.Popen[str], word: str = "") -> str:
    """What it says once it is told to go on, and that it ended well."""
    said, _errors = process.communicate(word, timeout=SECONDS)
    assert process.returncode == 0
    return said


def at_once(folder: Path, work: str) -> list[str]:
    """What two machines say that were given the word together."""
    machines = [start_in(folder)(work) for _number in range(2)]
    for one in machines:
        assert one.stdout.readline() == "ready\n"
    for one in machines:
        one.stdin.write("go\n")
        one.stdin.flush()
    return [wait_for(one) for one in machines]


def test_two_machines_raise_each_flag_once_between_them(folder):
    said = at_once(folder, "run_every_day")

    raised = Counter(tuple(key) for words in said for key in json.loads(words))
    # Each of three consultations, at each of five thresholds, and closed.
    assert len(raised) == 3 * 6
    assert set(raised.values()) == {1}
    assert asked(folder, "SELECT count(*) FROM alerts_flag") == [(3 * 6,)]
    # A machine that was left behind writes no day a second time.
    assert asked(folder, "SELECT count(*) FROM alerts_jobrun") == [(machine.DAYS,)]
    # One for each of six changes, and one for the day on which the last is cleared.
    assert asked(folder, "SELECT count(*) FROM base_event WHERE verb = 'raise_flags'") == [(7,)]


@pytest.mark.parametrize(
    ("is_protected", "rows"),
    [
        pytest.param(True, 3, id="the database keeps a flag from being open twice"),
        pytest.param(False, 6, id="without that, it would be"),
    ],
)
def test_two_machines_that_cannot_see_each_other(folder, is_protected, rows):
    if not is_protected:
        asked(folder, "DROP INDEX an_open_flag_is_raised_once")

    at_once(folder, "insert_what_was_due")

    assert asked(folder, "SELECT count(*) FROM alerts_flag") == [(rows,)]
