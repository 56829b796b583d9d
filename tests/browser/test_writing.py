"""An officer writes and an approver publishes, in a real browser: every private page, and the way between them."""

import re

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from councils.demo import PASSWORD
from tests.browser import axe
from tests.browser.test_accounts import code_for
from tests.browser.test_pages import OVERLAPPING, TOO_WIDE, assert_styled, assert_well_formed
from tests.browser.visitor import WIDTHS, Visitor

pytestmark = pytest.mark.browser

OFFICER, APPROVER = "maya.thornbury@example.org", "owen.castleford@example.org"
SAVES_WITHIN = 10_000
"""Milliseconds from the first key."""


def desk(reference: str) -> str:
    return f"/my-work/lincolnshire/{reference}/"


def look(visitor: Visitor, tab: Tab) -> None:
    """The page as every other page is looked at."""
    assert_styled(tab)
    assert_well_formed(tab)
    assert axe.violations(tab) == []
    for width in WIDTHS:
        visitor.resize(width)
        assert tab.evaluate(TOO_WIDE) == [], f"too wide at {width}"
        assert tab.evaluate(OVERLAPPING) == [], f"words over words at {width}"
    visitor.resize(WIDTHS[0])


def press(tab: Tab, words: str) -> None:
    """Select a button, and wait for the page that it leads to."""
    with tab.expect_navigation(wait_until="load"):
        tab.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def begin(visitor: Visitor, reference: str) -> Tab:
    tab = visitor.open(desk(reference))
    press(tab, "Write the first version")
    return tab


@pytest.fixture
def officer(visitor) -> Visitor:
    visitor.sign_in(OFFICER, PASSWORD)
    return visitor


@pytest.fixture
def approver(browser, site):
    """Owen, with a second factor wherever the site asks for one: off the embedded database it does."""
    visitor = Visitor.arrive(browser, site)
    visitor.sign_in(APPROVER, PASSWORD)
    tab = visitor.open("/my-work/")
    if "second-factor" in tab.url:
        tab.get_by_label("Code").fill(code_for(tab.locator("code").first.inner_text()))
        press(tab, "Turn it on")
    yield visitor
    assert visitor.leave() == []


@pytest.mark.long
def test_from_the_first_word_to_publication(officer, approver):
    reference = "SH-6-01"
    look(officer, officer.open(desk(reference)))
    tab = begin(officer, reference)
    look(officer, tab)
    tab.get_by_label("Our current position").fill("# Workforce\n\nWe have **begun**.\n\n- One\n- Two")
    expect(tab.locator("[data-autosave-status]")).to_contain_text("Saved at", timeout=SAVES_WITHIN)
    tab.get_by_label("What it says").fill("Twelve new social workers")
    tab.get_by_label("Figure").fill("12")
    press(tab, "Save and preview")
    assert tab.get_by_role("heading", name="Workforce").is_visible()
    look(officer, tab)
    tab.get_by_role("link", name="Go on writing").click()
    press(tab, "Save and send to the approver")
    look(officer, tab)
    look(approver, approver.open("/my-work/"))
    read = approver.open(f"{desk(reference)}check/")
    look(approver, read)
    press(read, "Publish exactly this")
    look(officer, officer.open(f"{desk(reference)}history/"))
    look(officer, officer.open(f"{desk(reference)}history/1/"))
    public = approver.open("/councils/lincolnshire/")
    expect(
        public.get_by_text("Twelve new social workers").or_(public.get_by_text("We have begun.")).first
    ).to_be_attached()


def test_what_needs_me(officer):
    look(officer, officer.open("/my-work/"))
    look(officer, officer.open("/councils/lincolnshire/"))
    look(officer, officer.open("/my-work/lincolnshire/first-steps/"))


def test_two_texts(officer, browser, site):
    reference = "SH-6-02"
    tab = begin(officer, reference)
    other = Visitor.arrive(browser, site)
    other.sign_in(OFFICER, PASSWORD)
    theirs = other.open(f"{desk(reference)}edit/")
    theirs.get_by_label("Our current position").fill("Theirs. Shared.")
    press(theirs, "Save draft")
    tab.get_by_label("Our current position").fill("Mine. Shared.")
    link = tab.locator("[data-autosave-status] a")
    expect(link).to_be_visible(timeout=SAVES_WITHIN)
    link.click()
    expect(tab.get_by_role("heading", name="Two texts")).to_be_visible()
    look(officer, tab)
    tab.get_by_label("Your next version").fill("Theirs and mine. Shared.")
    press(tab, "Save this version")
    assert tab.get_by_label("Our current position").input_value() == "Theirs and mine. Shared."
    assert other.leave() == []
    # The script was told of the conflict by an answer of 409, which is no fault.
    officer.faults[:] = [fault for fault in officer.faults if "409" not in fault]


def test_mistakes_and_warnings_keep_the_words(officer):
    tab = begin(officer, "SH-6-03")
    tab.get_by_label("Our current position").fill("Her date of birth is 12/03/2015.")
    tab.get_by_label("Review by").fill("soon")
    press(tab, "Save draft")
    tab.get_by_role("link", name=re.compile("soon")).click()
    assert tab.evaluate("document.activeElement.name") == "review_on"
    look(officer, tab)
    tab.get_by_label("Review by").fill("")
    press(tab, "Save draft")
    assert tab.get_by_role("alert").get_by_text("Could this name a child?").is_visible()
    look(officer, tab)
    officer.faults[:] = [fault for fault in officer.faults if "400" not in fault]


def test_without_scripts(plain_visitor):
    plain_visitor.sign_in(OFFICER, PASSWORD)
    tab = begin(plain_visitor, "SH-6-04")
    tab.get_by_label("Our current position").fill("By a button.")
    press(tab, "Save draft")
    assert tab.get_by_role("status").first.inner_text().startswith("Saved at")
    assert tab.get_by_label("Our current position").input_value() == "By a button."


def test_with_the_keyboard_alone(officer):
    tab = begin(officer, "SH-6-05")
    tab.get_by_label("Our current position").focus()
    tab.keyboard.type("Typed.")
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.textContent.trim()") == "Save draft":
            break
    with tab.expect_navigation(wait_until="load"):
        tab.keyboard.press("Enter")
    assert tab.get_by_label("Our current position").input_value() == "Typed."
