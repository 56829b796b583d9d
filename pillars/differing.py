"""Whether documents differ on a thing: its readings are not merely the same words, and not all in one place.

A difference of exactness counts as one: "in 2023" and "in September 2023" can both be true, and a reader should know.
Other ways to write a capital, a mark, a sum or a share do not.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from functools import lru_cache

Words = tuple[str, Iterable[Hashable]]
"""A reading, and the places that it stands in."""

WORDS_KEPT = 4096
"""Pages ask of the same few hundred readings again and again."""
UNITS = (
    (re.compile(r"(?<=[0-9]) ?(?:million|m)\b"), " million"),
    (re.compile(r"(?<=[0-9]) ?(?:billion|bn)\b"), " billion"),
    (re.compile(r"(?<=[0-9]) ?(?:%|per ?cent\b)"), " per cent"),
)
APOSTROPHE = re.compile("[’‘]")
MARKS = re.compile(r"[^\w£.,']+|[.,](?![0-9])|(?<!\w)'|'(?!\w)")
"""What stands between words. A point or comma inside a number and an apostrophe inside a word belong to it."""


def differ(readings: Iterable[Words]) -> bool:
    """Two places at least, and words that are not the same. A reading that stands nowhere yet is none."""
    words, places = set(), set()
    for said, where in readings:
        if found := set(where):
            words.add(plain(said))
            places |= found
    return len(words) > 1 and len(places) > 1


@lru_cache(WORDS_KEPT)
def plain(words: str) -> str:
    """The words without capitals and marks, with sums and shares written in one way."""
    found = APOSTROPHE.sub("'", words).casefold()
    for unit, written in UNITS:
        found = unit.sub(written, found)
    return " ".join(MARKS.sub(" ", found).split())
