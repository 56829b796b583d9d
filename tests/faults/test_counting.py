"""Two processes count faults at the same moment, and both are right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.engines.databases import Databases, one_of
from tests.engines.tables import template
from tests.faults.work import Work, work

pytestmark = pytest.mark.long

COUNTED = "SELECT count FROM base_faultcount"
EACH = 100


@pytest.fixture
def migrated(databases: Databases) -> Iterator[str]:
    """A database with all tables and no rows, on the engine that Django uses in this run."""
    with template(databases) as url, one_of(databases, copy_of=url) as copy:
        yield copy


@pytest.fixture
def counted_once(databases: Databases, migrated: str) -> None:
    databases.ask(
        migrated,
        "INSERT INTO base_faultcount (part, day, count, last_at, last_error) "
        "VALUES ('broker', '2023-04-21', 1, '2023-04-21 09:00:00+00:00', 'TimeoutError')",
    )


@pytest.fixture
def ready(request, migrated: str, tmp_path: Path) -> Iterator[list[Work]]:
    """Two processes that stand ready to do the same piece of work."""
    settings = {"DATABASE_URL": migrated, "VAR_DIR": str(tmp_path)}
    with ExitStack() as running:
        both = [running.enter_context(work("tests.faults.machine", *request.param, **settings)) for _ in range(2)]
        for one in both:
            one.wait_until_halfway()
        yield both


def go_on(ready: list[Work]) -> None:
    """Give both the word at once, and wait for both."""
    for one in ready:
        one.go_on()
    assert [one.end()[0] for one in ready] == [0, 0]


@pytest.mark.parametrize("ready", [("count_faults", str(EACH))], indirect=True, ids=["ours"])
def test_none_is_lost(ready, databases: Databases, migrated: str):
    go_on(ready)

    assert databases.ask(migrated, COUNTED) == [(2 * EACH,)]


@pytest.mark.parametrize("ready", [("count_a_fault_from_what_was_read",)], indirect=True, ids=["in-memory"])
def test_counting_in_memory_would_lose_one(counted_once, ready, databases: Databases, migrated: str):
    go_on(ready)

    assert databases.ask(migrated, COUNTED) == [(2,)]
