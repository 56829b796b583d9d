"""Putting together what two people made of one text, sentence by sentence. Pure rules.

Where both changed the same sentence nobody can say which is right: then nothing is put together, and a person chooses.
"""

from __future__ import annotations

import re

from merge3 import Merge3

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*|[.!?]+\s*|\n+")
"""A sentence with the spaces that follow it; a line ending ends one too. No character of a text is in none."""


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with both sets of changes, or None where they touch the same sentence."""
    parts = Merge3(_sentences(base), _sentences(theirs), _sentences(mine))
    groups = list(parts.merge_groups())
    if any(group[0] == "conflict" for group in groups):
        return None
    return "".join(sentence for group in groups for sentence in group[1])


def _sentences(text: str) -> list[str]:
    return SENTENCE.findall(text)
