"""The site on a real web server while Redis hangs: loads and pages do without it, and /readyz tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from councils.demo import PASSWORD
from tests.engines.redis import RedisServer
from tests.faults.closing import closing_soon
from tests.faults.conftest import Ask
from tests.faults.site import Site, web_server
from tests.faults.visitors import LOST, Measured, Visitor, all_at_once, slowest_twentieth
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


class TestUnderLoad:
    """People read and write all the time, each save gives a hint, and Redis hangs from the first to the last.

    To sign in is left out: it is slow on purpose.
    """

    PAGES = ("/", "/flags/", "/consultations/", "/commitments/SH-4-01/", "/councils/lincolnshire/", "/readyz")
    WRITERS = ("SH-1", "SH-2")
    READERS = 2
    LONGEST = 1.5

    @pytest.fixture
    def given(self, own_redis: RedisServer, postgres_database: str, tmp_path: Path) -> dict[str, str]:
        """Everything is loaded, with the demo people, and Redis hangs."""
        given = {"DATABASE_URL": postgres_database, "VAR_DIR": str(tmp_path)}
        for command in (["load_reforms"], ["load_demo", "--demo"]):
            done = manage(*command, **given)
            assert done.returncode == 0, done.stdout + done.stderr
        own_redis.freeze()
        return given | {"REDIS_URL": own_redis.url, "DJANGO_SETTINGS_MODULE": "tests.faults.hinting"}

    def test_every_page_and_every_save_goes_on_for_two_minutes(self, given: dict[str, str], tmp_path: Path):
        with web_server(tmp_path, threads=4, **given | {"WEB_CONCURRENCY": "2"}) as site:
            found = self.visited(site, seconds=120)

            assert site.get("/readyz").data["faults_today"]["broker"] > 5

        assert {status for status, _seconds in found.pages + found.saves} == {200}
        assert min(len(found.pages), len(found.saves)) > 50
        assert max(map(slowest_twentieth, (found.pages, found.saves))) < self.LONGEST, self.words(found)

    def test_without_the_care_that_hints_take_nobody_could_even_sign_in(self, given: dict[str, str], tmp_path: Path):
        with web_server(tmp_path, threads=4, **given | {"WITHOUT": "hints"}) as site:
            visitor = Visitor(site.address)
            visitor.sign_in("maya.thornbury@example.org", PASSWORD)

        assert [status for status, _seconds in visitor.measured.saves] == [LOST]

    def visited(self, site: Site, *, seconds: float) -> Measured:
        """What everybody met with, who came for so long after the writers had signed in and begun."""
        desks = [f"/my-work/lincolnshire/{reference}/" for reference in self.WRITERS]
        writers = [Visitor(site.address) for _desk in desks]
        readers = [Visitor(site.address) for _number in range(self.READERS)]
        visits: list[Callable[[int], None]] = [partial(self.read, reader) for reader in readers]
        for writer, desk in zip(writers, desks, strict=True):
            writer.sign_in("maya.thornbury@example.org", PASSWORD)
            writer.press(desk, f"{desk}start/")
            writer.measured = Measured()
            visits.append(partial(self.write, writer, desk))
        all_at_once(visits, seconds=seconds)
        return sum((visitor.measured for visitor in (*writers, *readers)), Measured())

    def write(self, writer: Visitor, desk: str, number: int) -> None:
        writer.write(f"{desk}edit/", f"We are on our way, step {number}.")

    def read(self, reader: Visitor, number: int) -> None:
        reader.read(self.PAGES[number % len(self.PAGES)])

    def words(self, found: Measured) -> str:
        """How it was, where it was not as it should be."""
        numbers = [(len(each), round(slowest_twentieth(each), 2)) for each in (found.pages, found.saves)]
        return f"number and 95th percentile of pages and of saves: {numbers}"
