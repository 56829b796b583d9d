"""A committee asks, an officer answers and the chair closes, in a real browser: every page on the way."""

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from councils.demo import PASSWORD
from tests.browser.pages import BOARD
from tests.browser.test_writing import OFFICER, look, press
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

CHAIR = "ruth.ellerby@example.org"
DESK = "/my-work/lincolnshire/committees/"
WORDS = "That the committee be told how many foster carers there are in each district."


@pytest.fixture
def officer(visitor) -> Visitor:
    visitor.sign_in(OFFICER, PASSWORD)
    return visitor


@pytest.fixture
def chair(browser, site):
    visitor = Visitor.arrive(browser, site)
    visitor.sign_in(CHAIR, PASSWORD)
    yield visitor
    assert visitor.leave() == []


def lead(tab: Tab, words: str) -> None:
    """Follow a link of the page, and wait for where it leads."""
    with tab.expect_navigation(wait_until="load"):
        tab.get_by_role("main").get_by_role("link", name=words, exact=True).click()


def test_asked_answered_and_closed(officer, chair):
    tab = chair.open(BOARD)
    lead(tab, "Record what it asked for")
    press(tab, "Record it")
    look(chair, tab)
    tab.get_by_label("What the committee asked for").fill(WORDS)
    tab.get_by_label("Who is to do it").fill("Assistant Director")
    tab.get_by_label("Day of the meeting").fill("21/4/2023")
    press(tab, "Record it")
    expect(tab.get_by_text("An answer is due by 21 June 2023.")).to_be_visible()
    look(chair, tab)

    desk = officer.open(tab.url)
    lead(desk, "Answer it")
    look(officer, desk)
    desk.get_by_label("Accepted in part").check()
    desk.get_by_label("What will happen").fill("We shall publish the number for the county, twice a year.")
    desk.get_by_label("By when").fill("31/12/2026")
    press(desk, "Answer")
    look(officer, desk)

    chair.open(tab.url)
    lead(tab, "Close it")
    look(chair, tab)
    tab.get_by_label("Why it is closed").fill("The committee is content.")
    press(tab, "Close it")
    expect(tab.get_by_text("The committee is content.")).to_be_visible()
    look(chair, tab)
    look(chair, chair.open(BOARD))
    look(chair, chair.open(f"{BOARD}actions/"))


def test_an_officer_looks_after_committees(officer):
    tab = officer.open("/committees/")
    look(officer, tab)
    lead(tab, "Add a committee of Lincolnshire")
    press(tab, "Add")
    look(officer, tab)
    tab.get_by_label("Name").fill("Corporate Parenting Panel")
    press(tab, "Add")
    lead(tab, "Change its name or chair")
    tab.get_by_label("Chair").select_option(label="Ruth Ellerby")
    look(officer, tab)
    press(tab, "Save")
    look(officer, tab)
