"""What a version says, as a value: kept and read back whole, told apart by every word, and shown in words."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.models import Claim, Impact, PositionVersion
from councils.writing.contents import Consequence, Content, Point

words = st.text(max_size=40)
references = st.lists(st.from_regex(r"[A-Z]{2}-[0-9]-[0-9]{2}", fullmatch=True), max_size=3).map(tuple)
days = st.dates().map(date.isoformat) | st.just("")
readiness = st.sampled_from(PositionVersion.Readiness.values)
points = st.builds(
    Point, kind=st.sampled_from(Claim.Kind.values), text=words, readiness=readiness, figure=words, as_at=words,
    evidence=words, stale_on=days, about=references,
)  # fmt: skip
consequences = st.builds(
    Consequence, area=st.sampled_from(Impact.Area.values), summary=words, amount=words, unit=words, rests_on=references
)
contents = st.builds(
    Content, text=st.text(), readiness=readiness, review_on=st.none() | st.dates(), covers=references,
    points=st.lists(points, max_size=3).map(tuple), impacts=st.lists(consequences, max_size=3).map(tuple),
)  # fmt: skip

POINT = Point(
    kind="fact", text="Homes opened.", readiness="partly", figure="12", as_at="May 2023", evidence="Minutes",
    stale_on="2024-01-01", about=("AA-1-01",),
)  # fmt: skip
IMPACT = Consequence(area="staff", summary="More to do.", amount="70000", unit="a year", rests_on=("AA-1-02",))
WHOLE = Content(
    text="We begin.", readiness="in_place", review_on=date(2024, 1, 2), covers=("AA-1-03",), points=(POINT,),
    impacts=(IMPACT,),
)  # fmt: skip


class TestKept:
    @given(contents)
    def test_comes_back_whole(self, content: Content):
        kept = json.loads(json.dumps(content.rest))

        assert Content.of(content.text, kept) == content
        assert Content.of(content.text, kept).digest == content.digest

    def test_older_draft_may_lack_some_and_hold_more(self):
        kept = {"points": [{"kind": "ask", "text": "More.", "mood": "warm"}], "tone": "low"}

        assert Content.of("We ask.", kept) == Content(text="We ask.", points=(Point(kind="ask", text="More."),))

    def test_nothing_but_a_text_needs_nothing_else(self):
        assert Content.of("We begin.", {}) == Content(text="We begin.")


def others() -> list[Content]:
    """The whole, with one value changed at a time: every field of every part."""
    changed = {"review_on": date(2025, 1, 2), "covers": (), "points": (), "impacts": ()}
    found = [replace(WHOLE, **{name: changed.get(name, "another")}) for name in vars(WHOLE)]
    for name in asdict(POINT):
        found.append(replace(WHOLE, points=(replace(POINT, **{name: () if name == "about" else "another"}),)))
    for name in asdict(IMPACT):
        found.append(replace(WHOLE, impacts=(replace(IMPACT, **{name: () if name == "rests_on" else "another"}),)))
    return found


class TestDigest:
    def test_tells_every_value_apart(self):
        every = [WHOLE, *others()]

        assert len({each.digest for each in every}) == len(every)

    def test_of_two_points_in_another_order_is_another(self):
        second = replace(POINT, text="And more.")
        one, other = replace(WHOLE, points=(POINT, second)), replace(WHOLE, points=(second, POINT))

        assert one.digest != other.digest


@pytest.mark.parametrize(
    ("content", "is_empty"),
    [
        pytest.param(Content(text=""), True, id="nothing"),
        pytest.param(Content(text=" \n\t"), True, id="blanks"),
        pytest.param(Content(text="", readiness="partly", covers=("AA-1-01",)), True, id="no-words-of-its-own"),
        pytest.param(Content(text="A"), False, id="a-text"),
        pytest.param(Content(text="", points=(POINT,)), False, id="a-point"),
        pytest.param(Content(text="", impacts=(IMPACT,)), False, id="an-impact"),
    ],
)
def test_empty(content: Content, is_empty: bool):
    assert content.is_empty == is_empty


def test_covered_is_named_in_any_place_once():
    twice = replace(WHOLE, covers=("AA-1-03", "AA-1-01"))

    assert twice.covered == ("AA-1-01", "AA-1-02", "AA-1-03")


class TestInWords:
    """An approver reads this: nothing that is published may be missing from it."""

    def test_whole(self):
        assert WHOLE.in_words().split("\n") == [
            "We begin.",
            "",
            "Points",
            "Fact: Homes opened. Figure: 12 As at: May 2023 Evidence: Minutes Goes stale on: 2024-01-01"
            " Readiness: partly (AA-1-01)",
            "",
            "Impacts",
            "Staff: More to do. £70000 a year (AA-1-02)",
            "",
            "Readiness",
            "in place",
            "",
            "Covers",
            "AA-1-03",
        ]

    def test_text_alone(self):
        assert Content(text=" We begin.\n").in_words() == "We begin."

    def test_a_count_stands_there_without_an_amount(self):
        assert replace(IMPACT, amount="", unit="2.5 posts").in_words() == "Staff: More to do. 2.5 posts (AA-1-02)"

    def test_no_change_goes_unsaid(self):
        """But for the day of the next review, which is no word of the text."""
        said = [each.in_words() for each in [WHOLE, *others()] if each.review_on == WHOLE.review_on]

        assert len(set(said)) == len(said) == len(others())
