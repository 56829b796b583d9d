"""One site for each worker, and one browser for each worker while it is in this folder.

The browser may not outlive the folder: Playwright keeps an event loop running in its thread, and Django refuses
the database to such a thread.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import running_site
from tests.browser.visitor import Visitor, launch
from tests.engines.databases import Databases, claimed, one_of
from tests.engines.notes import note
from tests.engines.redis import RedisAddress
from tests.surroundings import engine

FIXTURES = Path(__file__).with_name("fixtures")


@pytest.fixture(scope="session")
def site_servers(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What the site runs on: PostgreSQL and Redis with a worker, as in service; in a run on SQLite, SQLite alone."""
    if engine() == "sqlite":
        yield {}
        return
    databases: Databases = request.getfixturevalue("postgres_databases")
    redis: RedisAddress = request.getfixturevalue("shared_redis")
    tables = request.getfixturevalue("postgres_template")
    with one_of(databases, copy_of=tables) as database_url, claimed(redis) as redis_url:
        note("Redis", redis.version)
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


@pytest.fixture(scope="session")
def site(site_servers: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running site."""
    with running_site(tmp_path_factory.mktemp("site"), more=[FIXTURES], **site_servers) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        note("Chromium", browser.version)
        yield browser


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """Somebody with an ordinary browser. Nothing may go wrong on their way."""
    visitor = Visitor.arrive(browser, site)
    yield visitor
    assert visitor.leave() == []


@pytest.fixture
def plain_visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """Somebody whose browser runs no scripts."""
    visitor = Visitor.arrive(browser, site, has_javascript=False)
    yield visitor
    assert visitor.leave() == []
