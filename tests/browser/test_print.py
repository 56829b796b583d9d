"""Pages on paper: what a committee takes to its meeting, and what anybody hands out."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PageObject, PdfReader

from tests.browser import axe
from tests.browser.pages import BY_ID, COMMITTEE_DAY

pytestmark = pytest.mark.browser

A4_TEXT_WIDTH = 703
"""CSS pixels between the margins of a portrait A4 page: 210 mm less twice 12 mm."""
PAGES_OF_PAPER = range(3, 13)
HANDED_OUT = ["home", "pillar", "compare", "council", "commitment", "recommendation", "commitments"]
A4_IN_POINTS = (595, 842)
COLUMNS = """
pair => [...pair.children].filter(e => !e.matches('.app-pair__head')).map(e => e.getBoundingClientRect().toJSON())
"""


@pytest.fixture
def paper(visitor):
    """The comparison as it is laid out for A4."""
    tab = visitor.open(BY_ID["compare"].on(COMMITTEE_DAY))
    visitor.resize(A4_TEXT_WIDTH)
    tab.emulate_media(media="print")
    return tab


def test_compare_keeps_two_columns(paper):
    pairs = paper.locator(".app-pair").all()
    assert len(pairs) == 6
    for pair in pairs:
        plan, voice = pair.evaluate(COLUMNS)
        assert abs(plan["top"] - voice["top"]) < 2
        assert plan["right"] <= voice["left"]
        assert voice["right"] <= A4_TEXT_WIDTH
        assert min(plan["width"], voice["width"]) > A4_TEXT_WIDTH / 3


def test_compare_keeps_the_day_and_the_sources(paper):
    assert paper.get_by_text("As it stood on 21 April 2023").is_visible()
    assert paper.get_by_text("Change the day").is_hidden()
    assert paper.locator(".app-pair .app-src").first.is_visible()


def test_compare_prints(paper):
    assert len(pages_of(paper)) in PAGES_OF_PAPER


@pytest.mark.parametrize("page", HANDED_OUT)
def test_paper_carries_nothing_to_press(visitor, page):
    tab = visitor.open(BY_ID[page].on(COMMITTEE_DAY))
    visitor.resize(A4_TEXT_WIDTH)
    tab.emulate_media(media="print")
    for kind in ("navigation", "button", "textbox"):
        assert [each.inner_text() for each in tab.get_by_role(kind).all() if each.is_visible()] == []
    assert tab.get_by_text("Sign in").is_hidden()


@pytest.mark.parametrize("page", [*HANDED_OUT, "funding", "timeline", "consultation", "outcome", "source"])
def test_paper_ends_with_how_to_cite_it(visitor, page):
    """The citation stands on the last page, whole, with the line under it, and every page is numbered."""
    address = BY_ID[page].on(COMMITTEE_DAY)
    texts = [" ".join(each.extract_text().split()) for each in pages_of(visitor.open(address))]
    cited = texts[-1].partition("Cite this page")[2]
    assert "as at 21 April 2023" in cited
    assert address in cited.replace(" ", "")
    assert "This is not a government website." in cited
    assert [text for text in texts[:-1] if "Cite this page" in text] == []
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text


def test_paper_is_a4_and_says_the_day(visitor):
    sheets = pages_of(visitor.open("/about/dates/"))
    assert {(round(float(each.mediabox.width)), round(float(each.mediabox.height))) for each in sheets} == {
        A4_IN_POINTS
    }
    first = sheets[0].extract_text()
    assert re.search(r"As at \d{1,2} \w+ \d{4}", first)


def test_heads_of_a_table_stand_on_every_page_of_it(visitor):
    texts = [each.extract_text() for each in pages_of(visitor.open(BY_ID["source"].on(COMMITTEE_DAY)))]
    assert len(texts) > 3
    assert [number for number, text in enumerate(texts[:-1]) if "What it became" not in text] == []


def test_what_is_folded_stands_open_on_paper(visitor):
    tab = visitor.open(BY_ID["outcome"].address)
    words = tab.locator("#counted > :not(summary)").first
    assert words.is_hidden()
    tab.emulate_media(media="print")
    assert words.is_visible()


def test_address_of_another_site_is_spelt_out(visitor):
    tab = visitor.open("/about/dates/")
    link = tab.locator(".app-src a[rel~=external]").first
    after = "link => getComputedStyle(link, '::after').content"
    assert link.evaluate(after) == "none"
    tab.emulate_media(media="print")
    assert link.get_attribute("href") in link.evaluate(after)


@pytest.mark.parametrize("width", [1280, 320])
def test_citation_is_a_part_of_the_page_with_a_name(visitor, width):
    tab = visitor.open(BY_ID["commitments-filtered"].address)
    visitor.resize(width)
    cited = tab.get_by_role("region", name="Cite this page")
    link = cited.get_by_role("link")
    assert link.inner_text() == link.get_attribute("href")
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert axe.violations(tab) == []


def test_cited_address_leads_back_to_the_page(visitor):
    tab = visitor.open(BY_ID["pillar"].on(COMMITTEE_DAY))
    title = tab.title()
    tab.get_by_role("region", name="Cite this page").get_by_role("link").click()
    assert tab.title() == title
    assert tab.get_by_text("As it stood on 21 April 2023").is_visible()


def pages_of(tab: Page) -> list[PageObject]:
    """The sheets of paper that a page comes out on, as the style sheet has them."""
    return list(PdfReader(BytesIO(tab.pdf(prefer_css_page_size=True))).pages)
