"""The site on a real web server while Redis hangs: loads and pages do without it, and /readyz tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines.redis import RedisServer
from tests.faults.closing import closing_soon
from tests.faults.conftest import Ask
from tests.faults.site import web_server
from tests.tooling.shell import manage

pytestmark = pytest.mark.long

SECONDS_FOR_A_PAGE = 5
FLAGS = "SELECT count(*) FROM alerts_flag"


def test_all_goes_on(own_redis: RedisServer, postgres_database: str, ask: Ask, tmp_path: Path):
    own_redis.freeze()
    given = {"DATABASE_URL": postgres_database, "REDIS_URL": own_redis.url, "VAR_DIR": str(tmp_path)}
    loaded = manage("load_reforms", str(closing_soon(tmp_path)), **given)
    assert (loaded.returncode, loaded.stderr.count("No hint was sent")) == (0, 1)
    assert ask(FLAGS) == [(0,)]

    with web_server(tmp_path, **given) as site:
        page, ready = site.get("/flags/"), site.get("/readyz")
        assert (page.status, "Warm homes" in page.body, ready.status) == (200, True, 200)
        assert (ready.data["faults_today"], ready.data["scheduled_work"]["late"]) == ({"broker": 1}, True)
        assert max(page.seconds, ready.seconds) < SECONDS_FOR_A_PAGE

        assert manage("run_due", **given).returncode == 0
        assert ask(FLAGS) == [(1,)]
        assert site.get("/readyz").data["scheduled_work"]["late"] is False
