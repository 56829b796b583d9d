"""PostgreSQL is restarted, away, or hangs: the site says so, waits for nothing, and comes back by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as Djangos

from reforms.base.postgresql.base import DatabaseWrapper as Ours
from tests.engines.postgres import PostgresServer
from tests.faults.site import PATIENCE, Site, web_server

pytestmark = pytest.mark.long

SORRY = "Sorry, the service is unavailable"
UNAVAILABLE = {
    "status": "unavailable",
    "database": False,
    "migrations": None,
    "scheduled_work": None,
    "faults_today": None,
    "letters": None,
}


@pytest.fixture(scope="module")
def running(fragile_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with web_server(tmp_path_factory.mktemp("site"), DATABASE_URL=fragile_database) as site:
        yield site


@pytest.fixture
def site(running: Site, postgres: PostgresServer) -> Site:
    """A site that has answered before: its connection to the database is open."""
    assert found(running) == (200, False)
    return running


def found(site: Site) -> tuple[int, bool]:
    """The status of a page, and whether it says that it is unavailable."""
    answer = site.get("/flags/")
    return answer.status, SORRY in answer.body


class TestSite:
    def test_first_page_after_a_restart_is_there(self, site: Site, postgres: PostgresServer):
        postgres.restart()

        assert found(site) == (200, False)

    def test_while_it_is_away(self, site: Site, postgres: PostgresServer):
        postgres.kill()

        page, ready = site.get("/flags/"), site.get("/readyz")
        assert (page.status, SORRY in page.body, page.retry_after) == (503, True, "30")
        assert (ready.status, ready.data) == (503, UNAVAILABLE)
        assert site.get("/flags.json").status == 503
        assert site.get("/livez").status == 200
        assert max(page.seconds, ready.seconds) < 5

        postgres.start()
        assert found(site) == (200, False)
        assert site.get("/readyz").status == 200

    def test_while_it_hangs(self, site: Site, postgres: PostgresServer):
        postgres.freeze()

        ready, page = site.get("/readyz"), site.get("/flags/")
        assert (ready.status, ready.data) == (503, UNAVAILABLE)
        assert (page.status, SORRY in page.body) == (503, True)
        # Two seconds for the connection that is there, three for a new one.
        assert max(page.seconds, ready.seconds) < 12

        postgres.thaw()
        assert found(site) == (200, False)
        assert site.get("/readyz").status == 200


class TestLockedTable:
    """Somebody holds a table: the server answers, but not this question."""

    @pytest.fixture(autouse=True)
    def locked(self, fragile_database: str, postgres: PostgresServer) -> Iterator[None]:
        with psycopg.connect(fragile_database) as holder:
            holder.execute("LOCK TABLE base_heartbeat, consultations_consultation IN ACCESS EXCLUSIVE MODE")
            yield

    def test_readyz_gives_up_after_two_seconds(self, running: Site):
        ready = running.get("/readyz")

        assert (ready.status, ready.seconds < 10) == (503, True)

    @pytest.mark.parametrize(
        ("options", "seconds"),
        [
            pytest.param({}, 30, id="as it comes"),
            pytest.param({"PGOPTIONS": "-c statement_timeout=1s"}, 1, id="as is set"),
        ],
    )
    def test_page_gives_up(self, options, seconds, fragile_database: str, tmp_path: Path):
        with web_server(tmp_path, DATABASE_URL=fragile_database, **options) as site:
            page = site.get("/flags/", patience=2 * PATIENCE)

        assert (page.status, seconds <= page.seconds < seconds + 10) == (503, True)

    def test_without_a_limit_it_would_wait(self, fragile_database: str, tmp_path: Path):
        with (
            web_server(tmp_path, DATABASE_URL=fragile_database, PGOPTIONS="-c statement_timeout=0") as site,
            pytest.raises(TimeoutError),
        ):
            site.get("/flags/", patience=4)


class TestCarelessSite:
    """The same faults, each with one protection off."""

    @pytest.fixture
    def site(self, request, fragile_database: str, postgres: PostgresServer, tmp_path: Path) -> Iterator[Site]:
        careless = {"DJANGO_SETTINGS_MODULE": "tests.faults.careless", "WITHOUT": request.param}
        with web_server(tmp_path, DATABASE_URL=fragile_database, **careless) as site:
            assert found(site) == (200, False)
            yield site

    @pytest.mark.parametrize("site", ["health-checks"], indirect=True)
    def test_first_page_after_a_restart_is_not_there(self, site: Site, postgres: PostgresServer):
        postgres.restart()

        assert found(site) == (503, True)

    @pytest.mark.parametrize("site", ["bounded-health-checks", "connect-timeout"], indirect=True)
    def test_while_it_hangs_a_page_waits(self, site: Site, postgres: PostgresServer):
        postgres.freeze()

        with pytest.raises(TimeoutError):
            site.get("/readyz", patience=12)


class TestTrial:
    """Whether a connection is still good is found out in bounded time; Django's own trial would wait for ever."""

    @pytest.fixture(params=[pytest.param(Ours, id="ours"), pytest.param(Djangos, id="djangos")])
    def wrapper(self, request, postgres: PostgresServer) -> Iterator[Djangos]:
        wrapper = request.param({})
        with closing(psycopg.connect(postgres.url(), autocommit=True)) as wrapper.connection:
            yield wrapper

    def test_good_connection_stays_good(self, wrapper):
        assert [wrapper.is_usable() for _number in range(3)] == [True, True, True]
        assert wrapper.connection.execute("SELECT 7").fetchone() == (7,)

    def test_server_that_was_killed(self, wrapper, postgres: PostgresServer):
        postgres.kill()

        assert wrapper.is_usable() is False

    def test_server_that_hangs(self, wrapper, postgres: PostgresServer):
        answers: list[bool] = []
        trial = threading.Thread(target=lambda: answers.append(wrapper.is_usable()))
        postgres.freeze()
        trial.start()
        trial.join(timeout=3.5)

        assert answers == ([False] if isinstance(wrapper, Ours) else [])
        postgres.thaw()
        trial.join(timeout=10)
        assert not trial.is_alive()
