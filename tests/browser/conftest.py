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

FIXTURES = Path(__file__).with_name("fixtures")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running site."""
    with running_site(tmp_path_factory.mktemp("site"), more=[FIXTURES]) as address:
        yield address


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright, launch(playwright) as browser:
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
