"""The comparison on paper: what a committee takes to its meeting."""

import re

import pytest

from tests.browser.pages import BY_ID, COMMITTEE_DAY

pytestmark = pytest.mark.browser

A4_TEXT_WIDTH = 718
"""CSS pixels between the margins of a portrait A4 page: 210 mm less twice 10 mm."""
PAGES_OF_PAPER = range(3, 13)
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
    printed = paper.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) in PAGES_OF_PAPER


@pytest.mark.parametrize(
    "page", ["home", "pillar", "compare", "council", "commitment", "recommendation", "commitments"]
)
def test_paper_carries_nothing_to_press(visitor, page):
    tab = visitor.open(BY_ID[page].on(COMMITTEE_DAY))
    visitor.resize(A4_TEXT_WIDTH)
    tab.emulate_media(media="print")
    for kind in ("navigation", "button", "textbox"):
        assert [each.inner_text() for each in tab.get_by_role(kind).all() if each.is_visible()] == []
    assert tab.get_by_text("Sign in").is_hidden()
