"""Tables for a terminal of 100 columns and for Markdown, from the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 100
Cells = Sequence[str]


@dataclass(frozen=True)
class Section:
    """A heading, a table whose first column is words and the others figures, and what to know about it."""

    title: str
    headings: Cells
    rows: Sequence[Cells]
    note: str = ""


def as_text(sections: Iterable[Section]) -> str:
    return "\n\n".join("\n".join(_text(section)) for section in sections)


def as_markdown(sections: Iterable[Section]) -> str:
    return "\n\n".join("\n".join(_markdown(section)) for section in sections)


def _text(section: Section) -> list[str]:
    lines = [section.title.upper()]
    if section.rows:
        table = [section.headings, *section.rows]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        lines += [_line(row, widths) for row in table]
    return lines + wrap(section.note, WIDTH)


def _line(row: Cells, widths: Sequence[int]) -> str:
    first, *others = row
    figures = "".join(f"  {cell:>{width}}" for cell, width in zip(others, widths[1:], strict=True))
    return f"{first:<{widths[0]}}{figures}".rstrip()


def _markdown(section: Section) -> list[str]:
    lines = [f"### {section.title}", ""]
    if section.rows:
        marks = ["---", *["---:"] * (len(section.headings) - 1)]
        lines += [f"| {' | '.join(row)} |" for row in (section.headings, marks, *section.rows)] + [""]
    return lines + ([*wrap(section.note, 120), ""] if section.note else [])
