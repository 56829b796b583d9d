"""Two people's texts of one section, put together piece by piece."""

from __future__ import annotations

import pytest

from reforms.reports.building.merging import merge
from reforms.reports.building.section_form import in_places, parts_of
from reforms.reports.document.values import Block, Section

CASES = [
    pytest.param("a b c", "x b c", "a b y", "x b y", 0, id="different-pieces"),
    pytest.param("a b", "a x b", "a b y", "a x b y", 0, id="both-add"),
    pytest.param("a b c", "a c", "a b c d", "a c d", 0, id="one-takes-out"),
    pytest.param("a b c", "a x c", "a y c", "a x y c", 1, id="the-same-piece"),
    pytest.param("a b c", "a x c", "a x c", "a x c", 0, id="the-same-change"),
    pytest.param("a b c", "a c", "a y c", "a y c", 1, id="taken-out-and-changed"),
    pytest.param("a b c d", "x b c y", "1 b c 2", "x 1 b c y 2", 2, id="in-two-places"),
    pytest.param("a b", "x b", "a y", "x y", 0, id="next-to-each-other"),
    pytest.param("", "a", "b", "a b", 1, id="from-nothing"),
]


def section(words: str, heading: str = "Summary") -> Section:
    return Section("summary", heading, tuple(Block(word) for word in words.split()))


@pytest.mark.parametrize(("base", "mine", "theirs", "together", "clashes"), CASES)
def test_pieces(base, mine, theirs, together, clashes):
    merged = merge(section(base), section(mine), section(theirs))
    assert (merged.section, merged.clashes) == (section(together), clashes)


@pytest.mark.parametrize(("base", "mine", "theirs", "together", "clashes"), CASES)
def test_nothing_that_either_wrote_is_lost(base, mine, theirs, together, clashes):
    written = {*mine.split(), *theirs.split()} - set(base.split())
    blocks = merge(section(base), section(mine), section(theirs)).section.blocks
    assert written <= {block.text for block in blocks}


@pytest.mark.parametrize(
    ("mine", "theirs", "stands"),
    [("A", "A", "A"), ("B", "A", "B"), ("A", "C", "C"), ("B", "C", "B")],
    ids=["neither", "mine-changed", "theirs-changed", "both-changed"],
)
def test_heading(mine, theirs, stands):
    assert merge(section("", "A"), section("", mine), section("", theirs)).section.heading == stands


PLACES = [
    pytest.param([1, 2, 3], 0, "abc", id="as-they-stand"),
    pytest.param([1, 2, 1], 0, "cab", id="the-last-to-the-front"),
    pytest.param([3, 2, 3], 0, "bca", id="the-first-to-the-end"),
    pytest.param([31, 33, 33], 30, "acb", id="in-a-later-part"),
    pytest.param([1, 2, None], 0, "abc", id="no-place"),
    pytest.param([99, 2, 3], 0, "bca", id="further-than-there-is"),
    pytest.param([31, 32, 1], 30, "cab", id="before-the-part"),
]


@pytest.mark.parametrize(("places", "start", "order"), PLACES)
def test_pieces_are_given_places(places, start, order):
    assert "".join(block.text for block in in_places([Block(each) for each in "abc"], places, start=start)) == order


@pytest.mark.parametrize(("count", "parts"), [(0, [0]), (1, [1]), (30, [30]), (31, [30, 1]), (61, [30, 30, 1])])
def test_a_long_section_is_edited_in_parts(count, parts):
    assert [len(part) for part in parts_of([Block("a")] * count)] == parts
