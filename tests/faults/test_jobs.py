"""PostgreSQL is restarted in the middle of a job: the run fails whole, and the next does all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.databases import PostgresDatabases
from tests.engines.postgres import PostgresServer
from tests.faults.work import work
from tests.reforms.alerts.test_actions_at_once import start, wait_for
from tests.tooling.shell import manage

pytestmark = pytest.mark.long

COUNTS = """SELECT (SELECT count(*) FROM alerts_flag),
                   (SELECT count(*) FROM alerts_jobrun WHERE job = 'raise_flags'),
                   (SELECT count(*) FROM base_event WHERE verb = 'raise_flags')"""


@pytest.mark.parametrize(
    ("run", "afterwards", "in_the_end"),
    [
        pytest.param("raise_flags_halfway", (0, 0, 0), (3, 1, 1), id="nothing is left behind, and all is done once"),
        pytest.param(
            "raise_flags_halfway_without_a_transaction",
            (3, 1, 0),
            (3, 1, 0),
            id="without a transaction nobody would ever be told",
        ),
    ],
)
def test_restarted_in_the_middle(
    run, afterwards, in_the_end, fragile_database: str, postgres: PostgresServer, tmp_path: Path
):
    databases = PostgresDatabases(postgres)
    url = databases.make(copy_of=fragile_database)
    wait_for(start(url, "fill_for_today"))
    given = {"DATABASE_URL": url, "VAR_DIR": str(tmp_path)}

    with work("tests.faults.machine", run, **given) as job:
        job.wait_until_halfway()
        postgres.restart()
        job.go_on()
        status, words = job.end()

    assert (status != 0, "OperationalError" in words) == (True, True)
    assert databases.ask(url, COUNTS) == [afterwards]
    for _number in range(2):
        assert manage("run_due", **given).returncode == 0
        assert databases.ask(url, COUNTS) == [in_the_end]
