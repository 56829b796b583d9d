"""A section in plain words: to compare two of them, to count them, and to look for names in them."""

from __future__ import annotations

from reforms.reports.building.tables import as_lines
from reforms.reports.document.values import Section


def words_of(section: Section) -> str:
    """All that the section says, its heading first."""
    parts = [section.heading]
    for block in section.blocks:
        parts += [block.text, as_lines(block.rows)]
    return "\n\n".join(filter(None, parts))


def count_words(section: Section) -> int:
    """How many words stand in it, without its heading."""
    texts = (text for block in section.blocks for text in (block.text, *(cell for row in block.rows for cell in row)))
    return sum(len(text.split()) for text in texts)
