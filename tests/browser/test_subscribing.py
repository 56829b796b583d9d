"""Asking for updates, confirming and stopping, in a browser without scripts; and how the pages look at each width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from councils.demo import PASSWORD
from tests.browser.test_accounts import looked_at as looked_at
from tests.browser.test_accounts import press
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

OFFICER = "maya.thornbury@example.org"
MINE = "/accounts/updates/"


def test_ask_with_a_mistake_and_then_without(plain_visitor: Visitor):
    tab = plain_visitor.open("/programmes/stable-homes/pillars/4/?as_at=2023-04-21")
    tab.get_by_role("link", name="Get updates about this pillar").click()
    tab.get_by_label("E-mail address").fill("anna")
    tab.get_by_role("button", name="Continue").click()
    expect(tab.get_by_role("link", name="Enter an e-mail address like")).to_be_visible()
    tab.get_by_label("E-mail address").fill("anna@example.org")
    tab.get_by_label("Daily").check()
    tab.get_by_role("button", name="Continue").click()
    expect(tab.get_by_role("heading", name="Look at your e-mail")).to_be_visible()


def test_choose_a_council(plain_visitor: Visitor):
    tab = plain_visitor.open("/updates/")
    tab.get_by_label("Council").select_option("Kent")
    tab.get_by_role("button", name="Continue").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Kent")


def test_officer_follows_chooses_looks_and_stops(visitor: Visitor, looked_at):
    visitor.sign_in(OFFICER, PASSWORD)
    tab = visitor.open("/updates/?council=bournemouth-christchurch-and-poole")
    press(tab, "Get updates")
    tab.get_by_label("Bournemouth, Christchurch and Poole").select_option("Daily")
    tab.get_by_role("group", name="Lincolnshire").get_by_label(
        "Positions gone stale, and steps and actions that are due"
    ).select_option("Never")
    tab.get_by_label("Tell me at once").uncheck()
    press(tab, "Save")
    looked_at(tab)
    assert chosen(tab, "Positions gone stale, and steps and actions that are due") == "Never"
    press(tab, "Send me one now")
    tab.get_by_label("Bournemouth, Christchurch and Poole").select_option("Stop")
    press(tab, "Save")
    expect(tab.get_by_text("Nothing yet.")).to_be_visible()


@pytest.mark.long
def test_the_other_pages_of_somebody_who_signed_in(visitor: Visitor, looked_at):
    visitor.sign_in(OFFICER, PASSWORD)
    for address in ("/updates/", "/updates/?consultation=early-career-framework", f"{MINE}preview/", "/accounts/"):
        looked_at(visitor.open(address))


def chosen(tab: Tab, label: str) -> str:
    return str(tab.get_by_label(label).first.evaluate("box => box.selectedOptions[0].text"))
