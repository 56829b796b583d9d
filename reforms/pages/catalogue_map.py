"""Samples for the map of England: tiles and keys in every state."""

from __future__ import annotations

from types import SimpleNamespace as Sample


def tiles() -> list[Sample]:
    marks = {0: ("a", "met"), 1: ("b", "stale"), 2: ("c", "ahead"), 3: ("e", "rejected"), 4: ("out", "")}
    return [tile(number, *marks.get(number, ("", ""))) for number in range(60)]


def map_keys() -> list[Sample]:
    keys = (
        ("a", "met", "Published, current", 1),
        ("b", "stale", "Published, stale", 1),
        ("c", "ahead", "Interested, or bid for a place", 1),
        ("e", "rejected", "Not selected, or withdrew", 1),
        ("", "", "None recorded here", 147),
        ("out", "", "Outside these filters", 2),
    )
    return [Sample(state=state, mark=mark, words=words, count=count) for state, mark, words, count in keys]


def tile(number: int, state: str, mark: str) -> Sample:
    x, y = 37 * (number % 12), 37 * (number // 12)
    code = "" if state == "out" else "LIN"
    return Sample(x=x, y=y, code=code, state=state, mark=mark, has_more=number == 0)
