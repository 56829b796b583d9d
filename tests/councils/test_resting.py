"""What a position rests on that came to nothing, in words."""

from __future__ import annotations

from itertools import permutations

import pytest

from councils.resting import Unanswered, warning_words

HOMES, OTHER = "Stable Homes", "Another plan"


def unanswered(reference: str, kind: str = "rejected", by: str = HOMES, *, whole: int | None = None, **more):
    """One whose key is the number in its reference: IR-10 is 10, and IR-10a is 1001, a part of it unless said."""
    number = int("".join(each for each in reference if each.isdigit()))
    letter = reference[-1] if reference[-1].isalpha() else ""
    key = number * 100 + ord(letter) - ord("a") + 1 if letter else number
    return Unanswered(key, whole or (number if letter else None), reference, kind, by, **more)


SILENT = "not_mentioned"
CASES = [
    pytest.param([], "", id="nothing"),
    pytest.param([unanswered("IR-10")], "Rests on IR-10, which Stable Homes rejected", id="rejected"),
    pytest.param(
        [unanswered("IR-10", SILENT)], "Rests on IR-10, which Stable Homes does not mention", id="not-mentioned"
    ),
    pytest.param(
        [unanswered("IR-10", SILENT, is_inferred=True)],
        "Rests on IR-10, which Stable Homes does not mention (inferred by us)",
        id="inferred",
    ),
    pytest.param(
        [unanswered("IR-12", SILENT), unanswered("IR-10")],
        "Rests on IR-10, which Stable Homes rejected; and on IR-12, which it does not mention",
        id="rejected-first",
    ),
    pytest.param(
        [unanswered("IR-10", is_inferred=True), unanswered("IR-11")],
        "Rests on IR-11, which Stable Homes rejected; and on IR-10, which it rejected (inferred by us)",
        id="stated-first",
    ),
    pytest.param(
        [unanswered("IR-11"), unanswered("IR-10")], "Rests on IR-10 and IR-11, which Stable Homes rejected", id="two"
    ),
    pytest.param(
        [unanswered("IR-11"), unanswered("IR-10"), unanswered("IR-12")],
        "Rests on IR-10, IR-11 and IR-12, which Stable Homes rejected",
        id="three",
    ),
    pytest.param(
        [unanswered(f"IR-{number}") for number in range(10, 15)],
        "Rests on IR-10, IR-11, IR-12 and 2 more, which Stable Homes rejected",
        id="more-are-counted",
    ),
    pytest.param(
        [unanswered("IR-10a"), unanswered("IR-11")],
        "Rests on IR-11 and IR-10a, which Stable Homes rejected",
        id="wholes-before-parts",
    ),
    pytest.param(
        [unanswered("IR-10a"), unanswered("IR-10"), unanswered("IR-10b")],
        "Rests on IR-10, which Stable Homes rejected",
        id="whole-without-its-parts",
    ),
    pytest.param(
        [unanswered("IR-10a", SILENT), unanswered("IR-10")],
        "Rests on IR-10, which Stable Homes rejected",
        id="whole-without-a-part-that-was-answered-otherwise",
    ),
    pytest.param(
        [unanswered("IR-10"), unanswered("IR-11", by=OTHER), unanswered("IR-12", SILENT)],
        "Rests on IR-11, which Another plan rejected; and on IR-10, which Stable Homes rejected; "
        "and on IR-12, which it does not mention",
        id="two-programmes",
    ),
]


@pytest.mark.parametrize(("found", "words"), CASES)
def test_words(found: list[Unanswered], words: str):
    assert warning_words(found) == words


@pytest.mark.parametrize(("found", "words"), CASES)
def test_order_does_not_matter(found: list[Unanswered], words: str):
    assert {warning_words(each) for each in permutations(found[:4])} == {warning_words(found[:4])}
