"""Where a block came from, in a word and an address that need no database: a frozen report keeps both for ever."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Origin(NamedTuple):
    """A few words, and the path of the page."""

    words: str
    path: str


Found = re.Match[str]
ORIGINS: tuple[tuple[re.Pattern[str], Callable[[Found], Origin]], ...] = (
    (re.compile(r"commitment:([\w-]+)"), lambda found: Origin(found[1], f"/commitments/{found[1]}/")),
    (
        re.compile(r"(?:pillar|plan):([\w-]+)/(\d+)"),
        lambda found: Origin(f"pillar {found[2]}", f"/programmes/{found[1]}/pillars/{found[2]}/"),
    ),
    (
        re.compile(r"(?:programme|plan|milestone):([\w-]+)(?:/.*)?"),
        lambda found: Origin("the plan", f"/programmes/{found[1]}/"),
    ),
    (
        re.compile(r"(?:position|draft):([\w-]+)/([\w-]+)"),
        lambda found: Origin(f"position on {found[2]}", f"/organisations/{found[1]}/"),
    ),
    (
        re.compile(r"consultation:([\w-]+)"),
        lambda found: Origin("consultation", f"/consultations/{found[1]}/"),
    ),
    (
        re.compile(r"response:([\w-]+)/([\w-]+)"),
        lambda found: Origin("response", f"/consultations/{found[1]}/responses/{found[2]}/"),
    ),
    (re.compile(r"pilot:.+"), lambda _: Origin("pilots", "/pilots/")),
    (re.compile(r"participation:([\w-]+).*"), lambda found: Origin("pilots", f"/organisations/{found[1]}/")),
    (re.compile(r"money:.*"), lambda _: Origin("funding", "/funding/")),
)
"""For each sort of source how its page is named and found. What is none of them has no link."""


def origin_of(source: str) -> Origin | None:
    """Where the source can be read; None for what somebody wrote, and for sorts without a page of their own."""
    for pattern, read in ORIGINS:
        if found := pattern.fullmatch(source):
            return read(found)
    return None
