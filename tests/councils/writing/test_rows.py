"""What is published says the same as rows as it did in one piece."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from councils.models import Claim, Impact, PositionVersion
from councils.writing.contents import Consequence, Content, Point
from councils.writing.rows import content_of, write_rows
from councils.writing.subjects import Subject
from tests.builders import make_impact, make_position, make_version
from tests.reforms.pages.making import make_claim

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2026, 11, 21)


def made(content: Content) -> PositionVersion:
    """A published version with these words, read again."""
    version = make_version(make_position(), text=content.text, readiness=content.readiness, known_on=DAY)
    write_rows(version, content, on=DAY)
    return PositionVersion.objects.get(pk=version.pk)


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
days = st.dates().map(date.isoformat) | st.just("")
pence = st.integers(1, 99).map(lambda number: f"7.{number:02}".rstrip("0"))
amounts = st.just("") | st.integers(0, 10**11).map(str) | pence
readiness = st.sampled_from(PositionVersion.Readiness.values)


@st.composite
def contents(draw: st.DrawFn, known: list[str]) -> Content:
    """Anything that a form lets through, about commitments that there are, in their order."""
    some = st.lists(st.sampled_from(known), unique=True).map(sorted).map(tuple)
    point = st.builds(
        Point, kind=st.sampled_from(Claim.Kind.values), text=lines, readiness=readiness, figure=lines, as_at=lines,
        evidence=lines, stale_on=days, about=some,
    )  # fmt: skip
    impact = st.builds(
        Consequence, area=st.sampled_from(Impact.Area.values), summary=lines, amount=amounts, unit=lines, rests_on=some
    )
    parts = {"points": st.lists(point, max_size=3).map(tuple), "impacts": st.lists(impact, max_size=3).map(tuple)}
    return draw(st.builds(Content, text=lines, readiness=readiness, covers=some, **parts))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_comes_back_as_it_was_but_that_it_covers_what_its_parts_do(subject: Subject, data: st.DataObject):
    content = data.draw(contents([each.reference for each in subject.commitments(on=DAY)]))

    assert content_of(made(content)) == replace(content, covers=content.covered)


def point(**values: str) -> Point:
    return Point(kind="fact", text="Homes opened.", **values)


@pytest.mark.parametrize(
    ("as_at", "end"),
    [
        pytest.param("2020/21", date(2021, 3, 31), id="a-financial-year"),
        pytest.param("March 2023", date(2023, 3, 31), id="a-month"),
        pytest.param("31 December 2025", date(2025, 12, 31), id="a-day"),
        pytest.param("a while ago", None, id="words-without-a-date"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_as_at_is_read(as_at: str, end: date | None):
    claim = made(Content(text="A.", points=(point(as_at=as_at),))).claims.get()

    assert (claim.as_at, claim.as_at_end) == (as_at, end)


def test_points_are_numbered_in_their_order_and_known_from_the_day():
    version = made(Content(text="A.", points=(point(figure="1"), point(figure="2"))))

    assert list(version.claims.values_list("number", "figure_words", "known_on")) == [(1, "1", DAY), (2, "2", DAY)]


@pytest.mark.parametrize(
    ("values", "figure"),
    [
        pytest.param({"figure_words": "over 8%", "figure": Decimal("8"), "unit": "%"}, "over 8%", id="the-words-first"),
        pytest.param({"figure": Decimal("4.80"), "unit": "posts"}, "4.8 posts", id="a-number-of-something"),
        pytest.param({"figure": Decimal("1200.00")}, "1200", id="a-whole-number"),
        pytest.param({"figure": Decimal("0")}, "0", id="none-at-all"),
        pytest.param({}, "", id="no-figure"),
    ],
)
def test_figure_of_what_we_recorded_is_as_somebody_would_type_it(values: dict, figure: str):
    version = make_version()
    make_claim(version, **values)

    assert content_of(version).points[0].figure == figure


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"amount": Decimal("70000"), "unit": "a year"}, ("70000", "a year"), id="an-amount"),
        pytest.param({"amount": Decimal("0.50")}, ("0.5", ""), id="pence"),
        pytest.param({"count": Decimal("2.5"), "unit": "posts"}, ("", "2.5 posts"), id="a-count"),
        pytest.param({}, ("", ""), id="neither"),
    ],
)
def test_amount_of_what_we_recorded(values: dict, expected: tuple[str, str]):
    version = make_version()
    make_impact(version, **values)
    [impact] = content_of(version).impacts

    assert (impact.amount, impact.unit) == expected


def test_reference_that_names_nothing_makes_no_row():
    version = made(Content(text="A.", covers=("ZZ-9-99",), points=(point(),)))

    assert (version.covers.count(), version.claims.get().about.count()) == (0, 0)


def test_draft_says_what_stands_in_it_whatever_rows_there_are():
    version = make_version(text="A.", draft=Content(text="", readiness="partly").rest)
    make_claim(version)

    assert content_of(version) == Content(text="A.", readiness="partly")
