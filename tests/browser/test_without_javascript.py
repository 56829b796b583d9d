"""The main jobs in a browser that runs no scripts."""

import re

import pytest
from playwright.sync_api import expect

from councils.demo import PASSWORD

pytestmark = pytest.mark.browser

OFFICER = "maya.thornbury@example.org"


def test_filter_a_list_and_take_the_filter_off(plain_visitor):
    tab = plain_visitor.open("/commitments/?as_at=2023-04-21")
    tab.get_by_role("group", name="Timing").get_by_label(re.compile("^Window open")).check()
    tab.get_by_label("Words").fill("foster")
    tab.get_by_role("button", name="Apply filters").click()
    expect(tab).to_have_url(re.compile(r"as_at=2023-04-21.*q=foster.*timing=open"))
    expect(tab.locator(".app-ledger__row")).not_to_have_count(0)
    tab.get_by_role("link", name="Remove filter: Words: foster").click()
    expect(tab).to_have_url(re.compile(r"timing=open&as_at=2023-04-21$"))
    expect(tab.get_by_label("Words")).to_have_value("")


def test_open_a_closed_filter(plain_visitor):
    tab = plain_visitor.open("/commitments/")
    tab.locator("summary", has_text="Strength").click()
    tab.get_by_label(re.compile("^Ambition")).check()
    tab.get_by_role("button", name="Apply filters").click()
    expect(tab.get_by_role("link", name="Remove filter: Strength: Ambition")).to_be_visible()
    expect(tab.get_by_label(re.compile("^Ambition"))).to_be_checked()


def test_change_the_day_and_come_back(plain_visitor):
    tab = plain_visitor.open("/flags/")
    tab.get_by_role("link", name="See another day").click()
    for part, value in (("Day", "21"), ("Month", "4"), ("Year", "2023")):
        tab.get_by_label(part, exact=True).fill(value)
    tab.get_by_role("button", name="Show that day").click()
    expect(tab).to_have_url(re.compile(r"/flags/\?as_at=2023-04-21$"))
    expect(tab.get_by_text("As it stood on 21 April 2023")).to_be_visible()
    tab.get_by_role("link", name="Go to today").click()
    expect(tab).to_have_url(re.compile("/flags/$"))


def test_choose_another_council_beside_a_pillar(plain_visitor):
    tab = plain_visitor.open("/programmes/stable-homes/pillars/4/?as_at=2023-04-21")
    chooser = tab.get_by_label("Beside it, the position of")
    names = chooser.locator("option").all_inner_texts()
    assert {"Lincolnshire", "Bournemouth, Christchurch and Poole"} <= set(names)
    for name in ("Lincolnshire", "Bournemouth, Christchurch and Poole"):
        chooser.select_option(name)
        tab.locator("#beside").get_by_role("button", name="Show").click()
        expect(tab.get_by_role("heading", name=f"{name}’s current position")).to_be_visible()
        expect(tab.get_by_text("As it stood on 21 April 2023")).to_be_visible()


def test_find_a_council_from_home(plain_visitor):
    tab = plain_visitor.open("/?as_at=2023-04-21")
    tab.get_by_label("Council name").fill("poole")
    tab.get_by_role("button", name="Find council").click()
    tab.get_by_role("main").get_by_role("link", name="Bournemouth, Christchurch and Poole").first.click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Bournemouth, Christchurch and Poole")
    expect(tab.get_by_text("As it stood on 21 April 2023")).to_be_visible()


def test_sign_in_and_out(plain_visitor):
    tab = plain_visitor.open("/")
    tab.get_by_role("link", name="Sign in").click()
    tab.get_by_label("E-mail address").fill(OFFICER)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(tab.get_by_text("Maya Thornbury")).to_be_visible()
    tab.get_by_role("button", name="Sign out").click()
    expect(tab.get_by_role("link", name="Sign in")).to_be_visible()
