"""Rows that are made as strings: nothing that a person or a file has written becomes markup."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace as Sample

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from pillars.timing import Timing
from reforms.base.as_at import AsAt

NASTY = """<b onclick='x' class="y">&amp;"""
ESCAPED = "&lt;b onclick=&#x27;x&#x27; class=&quot;y&quot;&gt;&amp;amp;"
DAY = AsAt(now=datetime(2026, 11, 1, 12, tzinfo=UTC), day=date(2023, 4, 21))
FIELDS = (
    "reference",
    "title",
    "meta",
    "words",
    "means",
    "state",
    "money",
    "readiness",
    "published",
    "stale",
    "id",
    "note",
    "warning",
)


class Place(Sample):
    def __str__(self) -> str:
        return NASTY


def nasty(**more) -> Sample:
    fields = dict.fromkeys(FIELDS, NASTY) | {
        "url": f"/commitments/{NASTY}/",
        "timing": Timing.AHEAD,
        "parts": [],
        "was": None,
        "drawings": [],
        "paragraphs": [NASTY],
        "citations": [Place(source=Sample(slug="a-source"), number=7, locator=NASTY)],
        "differs": False,
        "reply": None,
    }
    return Sample(**fields | more)


def put_differently() -> Sample:
    promise = Sample(reference=NASTY, title=NASTY, get_absolute_url=lambda: f"/commitments/{NASTY}/")
    reading = Sample(wording=Sample(words=NASTY, is_used=True), citations=nasty().citations)
    return Sample(title=NASTY, field=NASTY, reason=NASTY, commitment=promise, readings=[reading])


def carried() -> Sample:
    about, citations = [(NASTY, NASTY, f"/commitments/{NASTY}/")], nasty().citations
    wholes = [(NASTY, f"/commitments/{NASTY}/")]
    written = dict.fromkeys(("body", "number", "url", "anchor", "stance", "text", "words", "asked"), NASTY)
    return Sample(**written, wholes=wholes, about=about, citations=citations)


def changed() -> Sample:
    grounds = Sample(links=[(NASTY, f"/commitments/{NASTY}/")], kind=NASTY, words=NASTY)
    citations = nasty().citations
    return Sample(area=NASTY, impacts=[Sample(figure=NASTY, summary=NASTY, grounds=[grounds], citations=citations)])


def nasty_reply(**more) -> Sample:
    """What became of a recommendation; nobody but us names a kind."""
    carried = Sample(reference=NASTY, url=f"/commitments/{NASTY}/", timing="ahead", state=NASTY)
    fields = {"kind": "adapted", "words": NASTY, "because": NASTY, "by": NASTY, "is_carried_nowhere": True}
    return Sample(**{**fields, "carried_by": [carried], **more})


def render(tag: str, **context) -> str:
    return Template("{% load rows view_rows %}{% " + tag + " %}").render(Context({"as_at": DAY, **context}))


@pytest.mark.parametrize(
    ("tag", "rows", "times"),
    [
        pytest.param("ledger_rows rows", [nasty()], 8, id="ledger"),
        pytest.param("ledger_rows rows True", [nasty(parts=[nasty()])], 13, id="ledger-with-money-and-parts"),
        pytest.param("ledger_rows rows", [nasty(reply=nasty_reply())], 13, id="ledger-of-answers"),
        pytest.param("ledger_rows rows", [nasty(reply=nasty_reply(kind=""))], 8, id="ledger-with-no-answer-known"),
        pytest.param(
            "ledger_rows rows", [nasty(parts=[nasty(reply=nasty_reply())])], 13, id="ledger-of-parts-with-answers"
        ),
        pytest.param("plan_rows rows", [(nasty(), True)], 7, id="plan"),
        pytest.param("ledger_rows rows", [nasty(differs=True)], 10, id="ledger-where-documents-differ"),
        pytest.param("plan_rows rows", [(nasty(differs=True), True)], 9, id="plan-where-documents-differ"),
        pytest.param("conflict_rows rows", [put_differently()], 8, id="readings"),
        pytest.param("said_rows rows", [nasty()], 11, id="said"),
        pytest.param("change_rows rows", [changed()], 9, id="changes"),
        pytest.param("carried_rows rows", [carried()], 9, id="views-that-an-answer-carries"),
        pytest.param("view_rows rows", [carried()], 10, id="views-of-a-body"),
        pytest.param("listed_views rows", [carried()], 13, id="views-of-several-bodies"),
        pytest.param("listed_views rows True", [carried()], 12, id="views-of-one-body"),
        pytest.param("others_rows rows", [carried()], 12, id="views-by-stance"),
    ],
)
def test_words_stay_words(tag, rows, times):
    html = render(tag, rows=rows)
    assert "<b" not in html
    assert "&amp;amp;amp;" not in html
    assert html.count(ESCAPED) == times


def test_what_is_markup_already_stays():
    assert "<em>soon</em>" in render("ledger_rows rows", rows=[nasty(words=mark_safe("<em>soon</em>"))])


def test_links_keep_to_the_day():
    html = render("ledger_rows rows", rows=[nasty(url="/commitments/SH-1-01/")])
    assert 'href="/commitments/SH-1-01/?as_at=2023-04-21"' in html
    assert 'href="/sources/a-source/?as_at=2023-04-21#place-7"' in html


def test_unanswered_is_said_in_words():
    rows = [(nasty(), True), (nasty(), False)]
    assert render("plan_rows rows", rows=rows).count("Not answered") == 1


@pytest.mark.parametrize("tag", ["ledger_rows rows", "plan_rows rows"])
@pytest.mark.parametrize("differs", [True, False])
def test_mark_where_documents_differ_leads_to_how(tag, differs):
    row = nasty(reference="SH-1-01", url="/commitments/SH-1-01/", differs=differs)
    html = render(tag, rows=[(row, False)] if tag.startswith("plan") else [row])

    assert html.count('href="/commitments/SH-1-01/?as_at=2023-04-21#wordings">Documents differ') == differs


@pytest.mark.parametrize("tag", ["ledger_rows rows", "plan_rows rows"])
@pytest.mark.parametrize(("more", "glyph"), [({}, "ahead"), ({"mark": "passed_reported"}, "passed_reported")])
def test_glyph_is_that_of_the_timing_where_a_row_has_no_other(tag, more, glyph):
    row = nasty(**more)
    html = render(tag, rows=[(row, False)] if tag.startswith("plan") else [row])

    assert html.count(f'href="#glyph-{glyph}"') == html.count("#glyph-") == 1


def test_mark_on_a_part_leads_to_the_part():
    part = nasty(reference="SH-1-01a", url="/commitments/SH-1-01a/", differs=True)
    html = render("ledger_rows rows", rows=[nasty(parts=[part])])

    assert html.count("/commitments/SH-1-01a/?as_at=2023-04-21#wordings") == html.count("Documents differ") == 1
