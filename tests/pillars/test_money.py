"""Adding money: leaves of one role and one shape."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pillars.money import Line, Total, add_errors, total


def line(reference, amount=None, role="itemised", shape="sum", part_of=None) -> Line:
    return Line(reference, reference, role, shape, None if amount is None else Decimal(amount), part_of)


ASKED = [line("asked", 2600, "asked"), line("asked-by-year", 2523, "asked", part_of="asked")]
HEADLINE = [line("headline", 200, "headline")]
ITEMISED = [
    line("pathfinders", 45),
    line("mentoring", 30),
    line("fostering", 27),
    line("fostering-hub", 3, part_of="fostering"),
    line("fostering-capacity", 24, part_of="fostering"),
    line("post-16", 24),
    line("kinship", 9),
]
UNLIKE = [
    line("leaving-care", 3000, shape="rate"),
    line("allowance", shape="percentage"),
    line("set-up", shape="unspecified"),
    line("own-budget", 87, "context"),
]
PLAN = [*ASKED, *HEADLINE, *ITEMISED, *UNLIKE]


def references(found: Total) -> list[str]:
    return [item.reference for item in found.lines]


def test_plan_adds_up_to_what_the_sources_itemise():
    found = total(PLAN, role="itemised")

    assert found.amount == 135
    assert references(found) == [
        "pathfinders", "mentoring", "fostering-hub", "fostering-capacity", "post-16", "kinship",
    ]  # fmt: skip


def test_plan_has_no_faults():
    assert add_errors(PLAN) == []


@pytest.mark.parametrize(
    ("lines", "role", "amount", "counted"),
    [
        pytest.param(PLAN, "headline", 200, ["headline"], id="one line"),
        pytest.param(PLAN, "asked", 2600, ["asked"], id="parts that fall short leave the whole"),
        pytest.param(PLAN, "allocated", None, [], id="nothing is not zero"),
        pytest.param([], "itemised", None, [], id="no lines"),
        pytest.param([line("a")], "itemised", None, [], id="a sum not stated"),
        pytest.param([line("a", 0)], "itemised", 0, ["a"], id="a sum of nothing"),
        pytest.param([line("a", 5), line("b", 5, part_of="a")], "itemised", 5, ["b"], id="one part that is all"),
        pytest.param([line("a", 5), line("b", 6, part_of="a")], "itemised", 5, ["a"], id="parts that exceed"),
        pytest.param([line("b", 5, part_of="elsewhere")], "itemised", 5, ["b"], id="a whole that is not here"),
        pytest.param([line("a"), line("b", 5, part_of="a")], "itemised", 5, ["b"], id="a whole without a sum"),
        pytest.param([line("a", 5), line("a", 5)], "itemised", 5, ["a"], id="one line twice"),
        pytest.param([line("a", 5), line("b", part_of="a"), line("c", 5, part_of="a")], "itemised", 5, ["c"],
                     id="a part without a sum"),
        pytest.param([line("h", 5, "headline"), line("b", 5, part_of="h")], "itemised", 5, ["b"],
                     id="never part of a headline"),
        pytest.param([line("a", 9), line("b", 9, part_of="a"), line("c", 4, part_of="b"), line("d", 5, part_of="b")],
                     "itemised", 9, ["c", "d"], id="parts of parts"),
        pytest.param([line("a", 9), line("b", 9, part_of="a"), line("c", 4, part_of="b")], "itemised", 9, ["b"],
                     id="parts of parts that fall short"),
        pytest.param([line("p", "0.1"), line("q", "0.2")], "itemised", Decimal("0.3"), ["p", "q"],
                     id="pence are exact"),
    ],
)  # fmt: skip
def test_total(lines, role, amount, counted):
    found = total(lines, role=role)

    assert (found.amount, references(found)) == (amount, counted)


@pytest.mark.parametrize(("role", "shape"), [("context", "sum"), ("itemised", "rate"), ("itemised", "percentage")])
def test_unlike_things_are_not_added(role, shape):
    with pytest.raises(ValueError, match="unlike"):
        total(PLAN, role=role, shape=shape)


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        pytest.param([line("a", 1), line("a", 1)], ["a stands 2 times."], id="twice"),
        pytest.param([line("a")], ["a is a sum and has no amount."], id="no amount"),
        pytest.param([line("a", 1, shape="unspecified")],
                     ["a has an amount, so its shape cannot be unspecified."], id="an amount without a shape"),
        pytest.param([line("a", -1)], ["a is less than nothing."], id="below nought"),
        pytest.param([line("a", 1, part_of="b")], ["a is part of b, which is not here."], id="part of nothing"),
        pytest.param([line("a", 1, part_of="a")], ["a is part of itself."], id="its own part"),
        pytest.param([line("a", 1, part_of="b"), line("b", 1, part_of="a")],
                     ["a is part of itself.", "b is part of itself."], id="round in a ring"),
        pytest.param([line("h", 5, "headline"), line("a", 1, part_of="h")],
                     ["a is part of h, a headline, which has no parts."], id="part of a headline"),
        pytest.param([line("a", 5, "asked"), line("b", 1, part_of="a")],
                     ["b is part of a, which is of another role or shape."], id="another role"),
        pytest.param([line("a", 5), line("b", 1, shape="rate", part_of="a")],
                     ["b is part of a, which is of another role or shape."], id="another shape"),
        pytest.param([line("a", 5), line("b", shape="unspecified", part_of="a")], [], id="a part not stated"),
        pytest.param([line("a", 5), line("b", 3, part_of="a"), line("c", 3, part_of="a")],
                     ["The parts of a come to more than it: 6 against 5."], id="parts exceed"),
        pytest.param([line("a", 5), line("b", 3, part_of="a")], [], id="parts fall short"),
        pytest.param([line("a", shape="percentage")], [], id="a percentage is kept elsewhere"),
    ],
)  # fmt: skip
def test_faults(lines, errors):
    assert add_errors(lines) == errors


def test_ring_is_a_fault_and_adds_nothing():
    ring = [line("a", 1, part_of="b"), line("b", 1, part_of="a"), line("c", 1, part_of="a")]

    assert total(ring, role="itemised") == Total(None, ())


# Properties

AMOUNTS = st.decimals(0, 10**10, places=2)


@given(st.lists(AMOUNTS, min_size=1, max_size=8))
def test_splitting_a_line_changes_no_total(amounts):
    parts = [line(f"part-{place}", amount, part_of="whole") for place, amount in enumerate(amounts)]
    whole, other = line("whole", sum(amounts)), line("other", 7)

    assert total([whole, *parts, other], role="itemised").amount == total([whole, other], role="itemised").amount


@st.composite
def trees(draw) -> list[Line]:
    """Lines each of which may be part of one before it."""
    lines: list[Line] = []
    for place in range(draw(st.integers(0, 7))):
        parent = draw(st.none() | st.sampled_from([item.reference for item in lines])) if lines else None
        lines.append(line(f"line-{place}", draw(st.none() | AMOUNTS), part_of=parent))
    return lines


@given(trees())
def test_no_line_counts_with_a_part_of_it(lines):
    found = total(lines, role="itemised")
    counted, parents = set(references(found)), {item.reference: item.part_of for item in lines}

    for reference in counted:
        ancestor = parents[reference]
        while ancestor:
            assert ancestor not in counted
            ancestor = parents[ancestor]
    assert found.amount == (sum(item.amount for item in found.lines) if counted else None)


@given(trees())
def test_total_is_that_of_the_roots_when_each_has_a_sum(lines):
    roots = [item for item in lines if item.part_of is None]
    if any(item.amount is None for item in roots):
        return
    assert (total(lines, role="itemised").amount or 0) == sum(item.amount for item in roots)
