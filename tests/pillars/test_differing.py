"""Whether documents differ: other words, and more than one place."""

from __future__ import annotations

import pytest

from pillars.differing import differ, plain


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        pytest.param([], False, id="nothing"),
        pytest.param([("in 2023", ["a"])], False, id="one reading"),
        pytest.param([("in 2023", ["a"]), ("in 2024", ["b"])], True, id="two that contradict each other"),
        pytest.param([("in 2023", ["a"]), ("in September 2023", ["b"])], True, id="one more exact than the other"),
        pytest.param([("up to 12", ["a"]), ("12", ["b"])], True, id="a limit and a number"),
        pytest.param([("in 2023", ["a"]), ("In 2023", ["b"])], False, id="a capital"),
        pytest.param([("£45m", ["a"]), ("£45 million", ["b"])], False, id="one sum written in two ways"),
        pytest.param([("by 12.43%", ["a"]), ("by 12.43 per cent", ["b"])], False, id="one share in two ways"),
        pytest.param([("six-week", ["a"]), ("six week", ["b"])], False, id="a hyphen"),
        pytest.param([("‘test’ it", ["a"]), ('"test" it', ["b"])], False, id="quotation marks"),
        pytest.param([("£45m", ["a"]), ("£4.5m", ["b"])], True, id="a point inside a number"),
        pytest.param([("leaver's", ["a"]), ("leavers", ["b"])], True, id="an apostrophe inside a word"),
        pytest.param([("will test", ["a"]), ("will explore", ["a"])], False, id="both in one place"),
        pytest.param([("will test", ["a"]), ("will explore", ["a", "b"])], True, id="one in another place as well"),
        pytest.param([("in 2023", ["a"]), ("in 2024", ())], False, id="one that had not come out"),
        pytest.param([("£1m", ["a"]), ("£1 million", ["b"]), ("£2m", ["b"])], True, id="one of three"),
    ],
)
def test_differ(readings, expected):
    assert differ(readings) is expected
    assert differ(reversed(readings)) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("£2.6bn over four years", "£2.6 billion over four years"),
        ("£2.6 billion over 4 years", "£2.6 billion over 4 years"),
        ("30% in each year", "30 per cent in each year"),
        ("£1,000 to £3,000.", "£1,000 to £3,000"),
        ("‘Families First’ for children’s care", "families first for children's care"),
        ("  Work to  join up", "work to join up"),
    ],
)
def test_plain(words, expected):
    assert plain(words) == expected
