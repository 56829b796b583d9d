"""How pages of the plan put its facts into words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import template

from pillars.models import Citation
from pillars.money_words import money_words

register = template.Library()

register.filter("money_words", money_words)

SECTION = re.compile(r"\bsection (?=\d)")
WITHIN = re.compile(
    r" (?:aims|bullet|current|date line|enablers?|heading|includes|intro|item|members|outcomes?|para|principles?"
    r"|purpose|section|wider)\b.*| \(.*"
)
"""How a locator goes on from the part of the document to the place in it."""


@register.filter
def document_parts(places: Iterable[tuple[Citation, Any]]) -> list[tuple[str, int]]:
    """The parts of a document that its places are in, in its own order, each with the number of its first place.

    "Appendix A 3.1" and "Appendix A section 3 heading" are both in "Appendix A 3".
    """
    parts: dict[str, int] = {}
    for place, _became in places:
        parts.setdefault(_part(place.locator), place.number)
    return list(parts.items())


def _part(locator: str) -> str:
    part = re.sub(r"(\d)\.[\d.]+$", r"\1", WITHIN.sub("", SECTION.sub("", locator)))
    return f"Section {part}" if part.isdigit() else part
