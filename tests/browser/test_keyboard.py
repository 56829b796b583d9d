"""Everything with the keyboard alone: where focus goes, and that it can be seen."""

import re

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from councils.demo import PASSWORD
from tests.browser.pages import BY_ID, COMMITTEE_DAY, Page

pytestmark = pytest.mark.browser

ENOUGH_STOPS = 60
FOCUSED = """
() => {
    const e = document.activeElement;
    if (e === document.body) return null;
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    const isMarked = style.outlineStyle !== 'none' && style.outlineWidth !== '0px' || style.boxShadow !== 'none'
        || style.backgroundColor === 'rgb(255, 221, 0)';
    const isInView = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return {words: (e.innerText || e.labels?.[0]?.innerText || '').trim(), tag: e.tagName, isMarked, isInView,
            place: [...document.querySelectorAll('*')].indexOf(e), className: e.className};
}
"""
FORWARD = [BY_ID[name] for name in ("home", "commitments", "pillar", "compare", "councils", "as-at", "sign-in")]


@pytest.mark.parametrize("page", FORWARD, ids=lambda page: page.id)
def test_focus_goes_forward_and_is_seen(visitor, page: Page):
    stops = tab_through(visitor.open(page.on(COMMITTEE_DAY)))
    assert stops[0]["words"] == "Skip to main content"
    assert [stop for stop in stops if not (stop["isMarked"] and stop["isInView"])] == []
    assert [stop["place"] for stop in stops] == sorted({stop["place"] for stop in stops})
    words = [stop["words"] for stop in stops]
    sections = ["Reform Tracker", "Sign in", "Today", "Plan", "Commitments", "Consultations", "Councils"]
    assert [word for word in words if word in sections][: len(sections)] == sections


def tab_through(tab: Tab) -> list[dict]:
    """Where focus stops on the way through the page, as far as ENOUGH_STOPS."""
    stops = []
    for _ in range(ENOUGH_STOPS):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    return stops


def test_skip_link_leads_into_the_page(visitor):
    tab = visitor.open("/commitments/")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("#main$"))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_filter_with_the_keyboard(visitor):
    tab = visitor.open("/commitments/")
    tab.locator("summary", has_text="Strength").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("strength="))


def test_sign_in_with_the_keyboard(visitor):
    tab = visitor.open("/accounts/sign-in/")
    tab.get_by_label("E-mail address").focus()
    tab.keyboard.type("owen.castleford@example.org")
    tab.keyboard.press("Tab")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Owen Castleford")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/as-at/?day_day=31&day_month=2&day_year=2023", id="impossible-day"),
        pytest.param("/flags/?as_at=2023-02-30", id="impossible-day-of-a-page"),
        pytest.param("/commitments/?timing=soon", id="unknown-choice"),
        pytest.param("/commitments/?due_from=2023-02-30", id="impossible-filter"),
        pytest.param("/councils/?region=narnia", id="unknown-region"),
        pytest.param("/programmes/stable-homes/pillars/4/?council=nobody", id="unknown-council"),
    ],
)
def test_error_summary_leads_to_the_field(visitor, address):
    tab = visitor.open(address, status=400)
    link = tab.get_by_role("alert").get_by_role("link").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    link.focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == target
    assert tab.evaluate(FOCUSED)["isInView"]
