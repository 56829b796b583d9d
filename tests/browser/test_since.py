"""The sheet for a committee's meeting on paper: however much changed, it is two sides of A4.

It is drawn from values and not by the site: what the site holds is not the worst there can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Browser

from pillars.models import Organisation
from reforms.alerts.feeds.told import Change, ChangeKind
from reforms.base.as_at import AsAt
from reforms.reports.changes.brief import MOST_OF_A_KIND, OF_THE_PLAN, OWN, Brief, BriefGroup, fitting
from reforms.reports.changes.views import TEMPLATE, SinceForm
from reforms.reports.models import Committee
from tests.browser.serving import STYLES

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
SINCE, UNTIL = date(2023, 4, 21), date(2026, 11, 1)
EVERY = (*OF_THE_PLAN, *OWN)
ADDRESS = "/changes/?since=2023-04-21&kind=consultation-announced&programme=stable-homes&council=lincolnshire"
MARGIN = "10mm"
SIDE = re.compile(rb"/Type\s*/Page\b")
SENTENCE = "A few words that fill one line and then a little of another one, as summaries of reports so often do. "


def brief_of(title: str, summary: str, kinds: Iterable[ChangeKind], most: int) -> Brief:
    """As many changes of each of these kinds as there may be, all of them alike."""
    found = {
        kind: [Change(kind, f"SH-1-{number}", NOW, title, summary, "/commitments/SH-1-01/") for number in range(most)]
        for kind in kinds
    }
    shown = fitting(found)
    groups = tuple(BriefGroup(kind, 9999, tuple(shown[kind]), ADDRESS) for kind in found)
    quiet = tuple(kind for kind in EVERY if kind not in found)
    return Brief(SINCE, UNTIL, groups, quiet, (ADDRESS, ADDRESS))


def html_of(brief: Brief) -> str:
    request = RequestFactory().get("/")
    request.as_at = AsAt(NOW, UNTIL)  # type: ignore[attr-defined]
    lincolnshire = Organisation(slug="lincolnshire", name="Bournemouth, Christchurch and Poole", kind="council")
    committee = Committee(organisation=lincolnshire, name="Children and Young People Scrutiny Committee")
    groups = [(group, [(change, change.path) for change in group.changes]) for group in brief.groups]
    form = SinceForm(request)  # type: ignore[arg-type]
    given = {"committee": committee, "form": form, "meeting": UNTIL, "brief": brief, "groups": groups}
    return render_to_string(TEMPLATE, given | {"site": "https://reform-tracker.example.gov.uk"})


def sides(browser: Browser, html: str) -> int:
    tab = browser.new_page()
    tab.set_content(re.sub(r"<link [^>]*>", "", html), wait_until="domcontentloaded")
    tab.add_style_tag(content=STYLES.read_text())
    printed = tab.pdf(format="A4", margin={"top": MARGIN, "bottom": MARGIN, "left": MARGIN, "right": MARGIN})
    tab.close()
    return len(SIDE.findall(printed))


@pytest.mark.parametrize("kinds", [EVERY, EVERY[:4], EVERY[:1]], ids=["every kind", "four kinds", "one kind"])
@pytest.mark.parametrize(
    ("title", "summary"),
    [
        pytest.param("SH-1-01 Word", "Word.", id="a word each"),
        pytest.param("SH-1-01 A promise of about the usual length", SENTENCE * 2, id="two lines each"),
        pytest.param("word " * 1000, "word " * 1000, id="a thousand words each"),
        pytest.param("incomprehensibilities" * 20, "incomprehensibilities" * 20, id="words that do not break"),
        pytest.param("MÖGE WORMS WOW " * 30, "MÖGE WORMS WOW " * 30, id="wide letters"),
        pytest.param("儿童社会关怀" * 60, "儿童社会关怀" * 60, id="another script"),
    ],
)
def test_it_is_two_sides_at_most(browser, title, summary, kinds):
    brief = brief_of(title, summary, kinds, MOST_OF_A_KIND)
    html = html_of(brief)

    assert html.count("9999") >= len(kinds)
    assert html.count('class="app-list__title"') >= 4
    assert sides(browser, html) <= 2


def test_what_has_no_limit_would_be_more(browser, monkeypatch):
    """The sheet is counted, and the count can fail."""
    monkeypatch.setattr("reforms.reports.changes.brief.LINES", 300)
    brief = brief_of("SH-1-01 A promise of about the usual length", SENTENCE * 2, EVERY, MOST_OF_A_KIND)

    assert sides(browser, html_of(brief)) > 2
