"""Beginnings of a council's first drafts: from the plan, or from a document that it has. Pure rules on texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

HEADING = re.compile(
    r"^\s*(?:#+\s*)?(?:(?:pillar|area)\s*)?(\d{1,2})?\s*[.:)\-–]*\s*(.{3,120}?)\s*:?\s*$", re.IGNORECASE
)
LONGEST_HEADING = 140


def text_from_plan(commitments: Iterable[tuple[str, str]]) -> str:
    """A heading for each commitment, by reference and title, with room under it."""
    return "\n\n".join(f"### {reference} {title}\n\nWhat we do:" for reference, title in commitments)


def split_by_pillar(text: str, titles: Mapping[str, str]) -> dict[str, str]:
    """The parts of a document that stand under a pillar's title, by its reference. What stands above the first is left.

    A line is a heading where it is a pillar's number and title, or its title alone, however it is marked.
    """
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        reference = _reference_of(line, titles)
        if reference:
            current = found.setdefault(reference, [])
        elif current is not None:
            current.append(line)
    joined = {reference: "\n".join(lines).strip() for reference, lines in found.items()}
    return {reference: part for reference, part in joined.items() if part}


def _reference_of(line: str, titles: Mapping[str, str]) -> str | None:
    match = HEADING.match(line) if len(line) <= LONGEST_HEADING else None
    if match is None:
        return None
    number, words = match[1], _plain(match[2])
    for reference, title in titles.items():
        is_numbered = number is None or reference.rpartition("-")[2] == number
        if is_numbered and words == _plain(title):
            return reference
    return None


def _plain(title: str) -> str:
    """The words of a title alone, in small letters."""
    return " ".join(re.findall(r"[a-z0-9’']+", title.lower().replace("&", "and")))
