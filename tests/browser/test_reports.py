"""An officer builds a report in a real browser: every page of the builder, and the way between them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab

from councils.demo import PASSWORD
from tests.browser.test_writing import OFFICER, look, press
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

REPORTS = "/reports/lincolnshire/"


@pytest.fixture
def officer(visitor) -> Visitor:
    visitor.sign_in(OFFICER, PASSWORD)
    return visitor


def begin(visitor: Visitor) -> Tab:
    """The desk of a new report to the demo's committee."""
    tab = visitor.open(REPORTS)
    tab.get_by_role("main").get_by_role("button", name="Start a report").click()
    tab.wait_for_load_state("load")
    look(visitor, tab)
    tab.get_by_label("Subject").fill("Reform")
    tab.get_by_label("Day of the meeting").fill("3 December 2026")
    press(tab, "Fill the report")
    return tab


@pytest.mark.long
def test_from_nothing_to_a_report_that_can_be_read(officer):
    tab = begin(officer)
    look(officer, tab)
    desk = tab.url
    press(tab, "Up Summary")
    tab.get_by_role("main").get_by_role("link", name="Summary", exact=True).click()
    tab.wait_for_load_state("load")
    look(officer, tab)
    tab.get_by_label("A new piece").fill("We have **begun**.")
    press(tab, "Save and go back to the sections")
    assert tab.url.partition("#")[0] == desk
    tab.get_by_role("main").get_by_role("link", name="Change these").click()
    tab.wait_for_load_state("load")
    look(officer, tab)
    tab.goto(desk)
    tab.get_by_role("main").get_by_role("link", name="Read it as it stands").click()
    tab.wait_for_load_state("load")
    look(officer, tab)
    assert tab.get_by_text("Draft, not published.").is_visible()
