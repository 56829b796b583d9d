"""Every page, today and on the committee's day: nothing broken, nothing inaccessible, nothing too wide."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from playwright.sync_api import Page as Tab

from councils.demo import PASSWORD
from tests.browser import axe
from tests.browser.pages import BY_ID, NOT_PAGES, OPENINGS, PAGES, Opening, opening_id
from tests.browser.visitor import WIDTHS, Visitor

pytestmark = pytest.mark.browser

ALSO_EVERY_DAY = (
    *("commitments-wrong", "pillar-beside-nobody", "as-at-wrong", "response-before-it-came"),  # ways to say no
    *("commitments-filtered", "commitments-none", "pillar-beside", "area-before-any-answer"),
    *("council-empty", "council-longest", "compare-gaps", "compare-empty"),
)
"""Parts that the main examples do not show, once each."""
SELDOM = ("review", "area", "recommendation", "compare-review", "council-of-the-review", "outcome", "organisations")
"""Main examples that are put together like others that are opened every day."""
BRAND = "rgb(18, 69, 74)"
PYTHON_SHOWING = re.compile(r"\{\{|\}\}|\{%|<QuerySet|datetime\.|Decimal\(|\bnan\b|undefined|^None$", re.MULTILINE)
TOO_WIDE = """
() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 0.5);
    return wide.slice(0, 5).map(e => `${e.tagName.toLowerCase()}.${e.className.baseVal ?? e.className}: `
        + `${Math.round(e.getBoundingClientRect().right)} of ${width}`).concat('the page scrolls sideways');
}
"""
OVERLAPPING = """
() => {
    const boxes = parent => [...parent.children].filter(e => {
        const style = getComputedStyle(e);
        return e.textContent.trim() && style.display !== 'inline' && !/absolute|fixed|sticky/.test(style.position);
    }).map(e => [e, e.getBoundingClientRect()]).filter(([, box]) => box.width > 2 && box.height > 2);
    const found = [];
    for (const parent of document.querySelectorAll('body, body *:not(svg *)')) {
        boxes(parent).forEach(([e, a], i, all) => {
            const next = all[i + 1];
            if (!next) return;
            const b = next[1];
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            const words = () => [e, next[0]].map(e => e.textContent.trim().slice(0, 40)).join(' / ');
            if (across > 4 && down > 4) found.push(words());
        });
    }
    return found.slice(0, 5);
}
"""
INLINE_SCRIPT = """
() => {
    const script = document.createElement('script');
    script.textContent = 'window.isRun = true';
    document.head.append(script);
    return window.isRun;
}
"""
REPEATED_IDS = """
() => {
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    return ids.filter((id, i) => ids.indexOf(id) !== i);
}
"""


def everyday_or_long(opening: Opening):
    """The best example of its kind is opened on one day every time; other days and examples with the long tests."""
    page, day = opening
    is_everyday = day == page.days[-1] and (page.id in ALSO_EVERY_DAY or (page.is_main and page.id not in SELDOM))
    return pytest.param(opening, id=opening_id(opening), marks=() if is_everyday else pytest.mark.long)


@pytest.mark.parametrize("opening", [everyday_or_long(each) for each in OPENINGS])
def test_page(visitor, opening):
    page, day = opening
    tab = visitor.open(page.on(day), status=page.status)
    assert_styled(tab)
    assert_well_formed(tab)
    assert axe.violations(tab) == []
    for width in WIDTHS:
        visitor.resize(width)
        assert tab.evaluate(TOO_WIDE) == [], f"too wide at {width}"
        assert tab.evaluate(OVERLAPPING) == [], f"words over words at {width}"


@pytest.mark.long
@pytest.mark.parametrize("page", [page for page in PAGES if page.is_main], ids=lambda page: page.id)
def test_page_when_narrow(visitor, page):
    """Axe finds more where a page folds: looked for on the best example of each kind."""
    tab = visitor.open(page.on(page.days[-1]), status=page.status)
    visitor.resize(WIDTHS[-1])
    assert axe.violations(tab) == []


def assert_styled(tab: Tab) -> None:
    """The style sheet is in force: an unstyled page would pass most other checks."""
    background = tab.evaluate("getComputedStyle(document.querySelector('.app-header')).backgroundColor")
    assert background == BRAND


def assert_well_formed(tab: Tab) -> None:
    """One title, one heading, no id twice, and no Python or template showing through."""
    assert tab.title().endswith("Reform Tracker")
    assert tab.locator("h1").count() == 1
    assert tab.evaluate(REPEATED_IDS) == []
    assert PYTHON_SHOWING.findall(tab.locator("body").inner_text()) == []


def test_sign_in_with_mistakes(visitor):
    tab = visitor.open("/accounts/sign-in/")
    tab.get_by_label("Password").fill("wrong")
    tab.get_by_role("main").get_by_role("button", name="Sign in").click()
    assert tab.get_by_role("alert").is_visible()
    assert axe.violations(tab) == []


@pytest.mark.parametrize("page", [pytest.param("home", marks=pytest.mark.long), "pillar"])
def test_page_of_somebody_signed_in(visitor, page):
    visitor.sign_in("maya.thornbury@example.org", PASSWORD)
    tab = visitor.open(BY_ID[page].address)
    assert tab.get_by_text("Maya Thornbury").is_visible()
    assert axe.violations(tab) == []
    visitor.resize(WIDTHS[-1])
    assert tab.evaluate(TOO_WIDE) == []


def test_rules_of_content_are_in_force(browser, site):
    visitor = Visitor.arrive(browser, site)
    tab = visitor.open("/")
    assert tab.evaluate(INLINE_SCRIPT) is None
    assert [refused for refused in visitor.leave() if refused.startswith("script-src-elem refused inline")]


def test_axe_finds_a_fault(visitor):
    tab = visitor.open("/accounts/sign-in/")
    tab.evaluate("document.querySelector('label[for=id_username]').remove()")
    assert axe.violations(tab)[0].startswith("label: ")


def test_every_page_of_the_urlconf_is_in_the_table():
    opened = {name_of(page.address) for page in PAGES} - {None}
    assert opened | set(NOT_PAGES) == set(route_names(get_resolver().url_patterns))


def test_ids_of_the_table_are_unique():
    assert len({page.id for page in PAGES}) == len(PAGES)


def name_of(address: str) -> str | None:
    """The name of the route that answers, or None where no route does."""
    try:
        return resolve(address.partition("?")[0]).url_name
    except Resolver404:
        return None


def route_names(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Every route of ours; the administration site, which has a name space of its own, is Django's."""
    names = []
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            names.append(str(pattern.name))
        elif pattern.namespace is None:
            names += route_names(pattern.url_patterns)
    return names
