"""Several writers at once on PostgreSQL: none waits for another's whole transaction, and no move is lost.

Each is shown to go wrong where the version is moved in a simpler way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest
from psycopg import Connection
from psycopg.errors import DeadlockDetected, LockNotAvailable

AHEAD = 9_000_000_000_000_000_000
"""Ahead of every clock: from here each move adds one."""
SECONDS = 20

MOVE = "UPDATE base_dataversion SET number = number + 1"
AT_ONCE = ("base_dataversion_marks", f"BEGIN {MOVE}; RETURN NULL; END")
IN_ONE_STEP = ("base_dataversion_unmarks", f"BEGIN {MOVE}; RETURN NULL; END")
READ_THEN_WRITTEN = (
    "base_dataversion_moves",
    "DECLARE read bigint; BEGIN SELECT number INTO read FROM base_dataversion;"
    " UPDATE base_dataversion SET number = read + 1; RETURN NULL; END",
)


class Desk:
    """One database with four bodies in it, and as many connections as a test wants."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self.url = url
        self.stack = stack
        self.threads = stack.enter_context(ThreadPoolExecutor())
        self.watcher = self.connect(autocommit=True)
        self.watcher.execute(
            "INSERT INTO pillars_organisation (id, slug, name, short_name, kind)"
            " SELECT n, 'body-' || n, 'Body', '', 'department' FROM generate_series(1, 4) n"
        )
        self.watcher.execute(
            "INSERT INTO base_user (id, password, is_superuser, email, name, is_staff, is_active, joined_at)"
            " VALUES (1, '', false, 'maya@example.org', '', false, true, now())"
        )
        self.watcher.execute("UPDATE base_dataversion SET number = %s", [AHEAD])

    def connect(self, *, autocommit: bool = False) -> Connection:
        return self.stack.enter_context(psycopg.connect(self.url, autocommit=autocommit))

    def put_instead(self, function: tuple[str, str] | None) -> None:
        """Another way to move the version than ours."""
        if function:
            name, body = function
            self.watcher.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")

    def start(self, *works: Callable[[], object]) -> list[Future]:
        return [self.threads.submit(work) for work in works]

    def waiting(self) -> int:
        """How many connections wait for another's lock."""
        question = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return self.watcher.execute(question).fetchone()[0]

    def wait_until(self, reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not reached():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def moves(self) -> int:
        return self.watcher.execute("SELECT number FROM base_dataversion").fetchone()[0] - AHEAD


@pytest.fixture
def desk(postgres_database: str) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(postgres_database, stack)


def rename(connection: Connection, number: int) -> None:
    connection.execute("UPDATE pillars_organisation SET name = 'Renamed' WHERE id = %s", [number])


def refused(*works: Future) -> list[type[BaseException]]:
    """What each that failed failed with."""
    return [type(error) for work in works if (error := work.exception(SECONDS))]


@pytest.mark.parametrize(
    ("instead", "refusals"),
    [pytest.param(None, [], id="as it is"), pytest.param(AT_ONCE, [LockNotAvailable], id="moved at once")],
)
def test_long_load_holds_up_nobody(desk: Desk, instead, refusals):
    desk.put_instead(instead)
    load, officer = desk.connect(), desk.connect()
    rename(load, 1)
    officer.execute("SET lock_timeout = '500ms'")
    (saved,) = desk.start(lambda: (rename(officer, 2), officer.commit()))

    assert refused(saved) == refusals
    assert desk.moves() == 1 - len(refusals)
    load.commit()
    assert desk.moves() == 2 - len(refusals)


@pytest.mark.parametrize(
    ("instead", "refusals"),
    [pytest.param(None, [], id="as it is"), pytest.param(AT_ONCE, [DeadlockDetected], id="moved at once")],
)
def test_writers_in_another_order_do_not_lock_each_other_out(desk: Desk, instead, refusals):
    desk.put_instead(instead)
    first, second = desk.connect(), desk.connect()
    rename(first, 1)
    (other,) = desk.start(lambda: (rename(second, 2), second.commit()))
    desk.wait_until(lambda: other.done() or desk.waiting())
    (own,) = desk.start(lambda: (rename(first, 2), first.commit()))

    assert refused(own, other) == refusals


@pytest.mark.parametrize(
    ("instead", "refusals"),
    [pytest.param(None, [], id="as it is"), pytest.param(IN_ONE_STEP, [DeadlockDetected], id="moved in one step")],
)
def test_version_is_the_last_lock_of_a_commit(desk: Desk, instead, refusals):
    """The first waits in its commit to see that the body it refers to stays; the second, which holds it, commits."""
    desk.put_instead(instead)
    first, second = desk.connect(), desk.connect()
    rename(first, 2)
    first.execute("INSERT INTO councils_membership (role, organisation_id, user_id) VALUES ('officer', 1, 1)")
    second.execute("SELECT FROM pillars_organisation WHERE id = 1 FOR UPDATE")
    rename(second, 3)
    (own,) = desk.start(first.commit)
    desk.wait_until(lambda: desk.waiting() == 1)
    (other,) = desk.start(second.commit)

    assert refused(own, other) == refusals


@pytest.mark.parametrize(
    ("instead", "moves"),
    [pytest.param(None, 2, id="as it is"), pytest.param(READ_THEN_WRITTEN, 1, id="read, then written")],
)
def test_no_move_is_lost(desk: Desk, instead, moves):
    desk.put_instead(instead)
    holder, *writers = (desk.connect() for _ in range(3))
    holder.execute("SELECT FROM base_dataversion FOR UPDATE")
    for number, writer in enumerate(writers, 1):
        rename(writer, number)
    commits = desk.start(*(writer.commit for writer in writers))
    desk.wait_until(lambda: desk.waiting() == 2)
    holder.rollback()

    assert refused(*commits) == []
    assert desk.moves() == moves


def test_number_and_data_are_seen_together(desk: Desk):
    """Also by somebody who looks while the commit is under way."""
    both = (
        "SELECT number - %s, (SELECT count(*) FROM pillars_organisation WHERE name = 'Renamed') FROM base_dataversion"
    )

    def seen() -> tuple[int, int]:
        return desk.watcher.execute(both, [AHEAD]).fetchone()

    holder, writer = desk.connect(), desk.connect()
    holder.execute("SELECT FROM base_dataversion FOR UPDATE")
    rename(writer, 1)
    assert seen() == (0, 0)
    (commit,) = desk.start(writer.commit)
    desk.wait_until(lambda: desk.waiting() == 1)
    assert seen() == (0, 0)
    holder.rollback()
    commit.result(SECONDS)
    assert seen() == (1, 1)


def test_nobody_leaves_a_mark_behind(desk: Desk):
    writers = [desk.connect() for _ in range(3)]
    for number, writer in enumerate(writers, 1):
        rename(writer, number)
    writers[0].commit()
    writers[1].rollback()
    writers[2].close()

    assert desk.watcher.execute("SELECT count(*) FROM base_datamark").fetchone() == (0,)
    assert desk.moves() == 1
