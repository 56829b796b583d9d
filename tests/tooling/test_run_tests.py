"""./run test itself: the servers it starts or is given, what it says at the end, and what it leaves behind."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests import surroundings
from tests.engines.processes import free_port
from tests.tooling.processes import descendants, ended_after, still_running
from tests.tooling.shell import ROOT, environ

HARMLESS_TEST = "tests/tooling/test_run_tests.py::test_django_uses_the_engine_of_this_run"
NEW_SERVERS = {"TEST_DATABASE_URL": "", "TEST_REDIS_URL": ""}
WAITING_TEST = """
import pathlib, time

def test_waits(own_redis):
    pathlib.Path(__file__).with_name("waits").touch()
    time.sleep(100)
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.run", "-n0", "-p", "no:cacheprovider", *arguments]


def run_tests(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environ(**given), capture_output=True, text=True, timeout=120, check=False
    )


# --- The engine ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_django_uses_the_engine_of_this_run():
    expected = os.environ.get("TEST_ENGINE") or "sqlite"
    question = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}[expected]
    assert connection.vendor == expected
    with connection.cursor() as cursor:
        cursor.execute(question)
        [version] = cursor.fetchone()
    oldest = {"sqlite": (3, 31), "postgresql": (14,)}[expected]
    assert tuple(int(part) for part in re.findall(r"\d+", version)[:2]) >= oldest


@pytest.mark.parametrize(
    ("names", "marks", "is_marked"),
    [
        pytest.param(["db"], [], True, id="asks-for-the-database"),
        pytest.param(["public", "db"], [], True, id="through-another-fixture"),
        pytest.param(["own_database", "databases"], [], True, id="asks-for-one-of-its-own"),
        pytest.param([], ["django_db"], True, id="by-mark"),
        pytest.param(["tmp_path", "own_postgres"], ["long"], False, id="neither"),
    ],
)
def test_what_uses_the_database_is_marked(names, marks, is_marked):
    class Item:
        fixturenames = names
        added: list[str] = []

        def get_closest_marker(self, name):
            return name in marks or None

        def add_marker(self, name):
            self.added = [name]

    item = Item()
    surroundings.pytest_collection_modifyitems([item])
    assert item.added == (["database"] if is_marked else [])


def test_run_on_another_engine_than_was_asked_for_is_refused(monkeypatch):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    monkeypatch.setenv("TEST_ENGINE", other)
    with pytest.raises(pytest.UsageError, match=f"is to be on {other}, but Django uses {connection.vendor}"):
        surroundings.pytest_sessionstart()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param({"TEST_ENGINE": "oracle"}, "TEST_ENGINE is “oracle”", id="unknown"),
        pytest.param({"TEST_ENGINE": "postgresql", "TEST_DATABASE_URL": ""}, "./run test starts one", id="no-server"),
    ],
)
def test_engine_that_cannot_be_is_refused(given, says):
    printed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", __file__],
        cwd=ROOT,
        env=environ(**given),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert printed.returncode != 0
    assert says in printed.stdout + printed.stderr


# --- Servers that were given --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "test",
    [
        pytest.param("tests/tooling/test_surroundings.py", id="no-database-needed"),
        pytest.param(HARMLESS_TEST, id="with-django's-database"),
    ],
)
@pytest.mark.long
def test_given_servers_are_used_and_left_as_they_were(test, own_postgres, own_redis):
    before = own_postgres.databases()
    own_redis.client().set("somebody's", "value")
    result = run_tests(test, TEST_DATABASE_URL=own_postgres.url(), TEST_REDIS_URL=own_redis.url)
    assert result.returncode == 0, result.stdout + result.stderr
    assert ("PostgreSQL" in result.stdout.splitlines()[-1]) is (test == HARMLESS_TEST)
    assert own_postgres.databases() == before
    assert own_redis.client().keys() == [b"somebody's"]


@pytest.mark.parametrize("name", ["TEST_DATABASE_URL", "TEST_REDIS_URL"])
def test_given_server_that_does_not_answer_is_refused_without_its_password(name, shared_postgres):
    scheme = {"TEST_DATABASE_URL": "postgres", "TEST_REDIS_URL": "redis"}[name]
    given = {"TEST_DATABASE_URL": shared_postgres.url(), name: f"{scheme}://anna:secret@127.0.0.1:{free_port()}/0"}
    result = run_tests(HARMLESS_TEST, **given)
    assert result.returncode == 1
    assert f"The server in {name} cannot be used" in result.stdout
    assert "secret" not in result.stdout + result.stderr


def test_given_server_of_another_kind_is_refused():
    result = run_tests(HARMLESS_TEST, TEST_DATABASE_URL="sqlite:///reforms.sqlite3")
    assert result.returncode == 1
    assert "TEST_DATABASE_URL must start with postgres://" in result.stdout


def test_person_who_may_make_no_databases_is_refused(own_postgres):
    own_postgres.ask("CREATE ROLE anna LOGIN PASSWORD 'secret'")
    address = urlsplit(own_postgres.url())._replace(netloc=f"anna:secret@127.0.0.1:{own_postgres.port}").geturl()
    result = run_tests(HARMLESS_TEST, TEST_DATABASE_URL=address)
    assert result.returncode == 1
    assert "permission denied to create database" in result.stdout


def test_only_the_redis_that_was_named_may_be_elsewhere(monkeypatch):
    monkeypatch.setenv("TEST_REDIS_URL", "redis://192.0.2.7:6380/0")
    assert surroundings.given_addresses() == {("192.0.2.7", 6380)}
    monkeypatch.setenv("TEST_REDIS_URL", "")
    assert surroundings.given_addresses() == set()


# --- Servers of its own -------------------------------------------------------------------------------------------


@contextmanager
def waiting_run(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A run in the middle of a test that has a server of its own, and every process that belongs to it."""
    (folder / "test_waits.py").write_text(WAITING_TEST)
    arguments = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-p", "tests.conftest", str(folder)]
    run = subprocess.Popen(command(*arguments), cwd=ROOT, env=environ(**NEW_SERVERS), stdout=subprocess.PIPE, text=True)
    with run, ended_after(120, run):
        while not (folder / "waits").exists() and run.poll() is None:
            try:
                run.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
        yield run, descendants(run.pid)


@pytest.mark.long
@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, id="ctrl-c"),
        pytest.param(signal.SIGTERM, id="terminate"),
        pytest.param(signal.SIGHUP, id="closed-terminal"),
    ],
)
def test_stopped_run_leaves_nothing_behind(tmp_path, number):
    with waiting_run(tmp_path) as (run, family):
        assert len(family) >= 4, "PostgreSQL, two of Redis, and pytest"
        run.send_signal(number)
        assert run.wait(timeout=60) == 2
        assert "Stopped" in run.stdout.read()
    assert still_running(family) == []


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_killed_run_leaves_nothing_running(tmp_path):
    with waiting_run(tmp_path) as (run, family):
        run.kill()
    assert still_running(family) == []


@pytest.mark.long
@pytest.mark.parametrize("source", ["", "packages"], ids=["system", "packages"])
def test_run_with_servers_of_its_own_says_what_it_used(source):
    result = run_tests(HARMLESS_TEST, "tests/reforms/alerts/test_workers.py", TEST_ENGINES=source, **NEW_SERVERS)
    assert result.returncode == 0, result.stdout + result.stderr
    last = result.stdout.splitlines()[-1]
    assert re.fullmatch(
        r"Python [\d.]+, Django [\d.]+, SQLite [\d.]+, PostgreSQL [\d.]+, "
        r"Redis [\d.]+, Celery beat [\d.]+, Celery worker [\d.]+",
        last,
    ), last
