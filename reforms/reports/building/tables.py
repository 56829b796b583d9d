"""A table as lines of text, so that it can be edited in one box: a row a line, cells parted by upright bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

BAR = " | "
CODES = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}
MEANT = {code: mark for mark, code in CODES.items()}
MARK = re.compile(r"\\[\\|n]|\||[^\\|]+|\\")
"""A mark that is coded, a bar, or anything else."""

Rows = tuple[tuple[str, ...], ...]


def as_lines(rows: Sequence[Sequence[str]]) -> str:
    """The rows as text that `as_rows` reads back."""
    return "\n".join(BAR.join(map(_coded, row)) for row in rows)


def as_rows(text: str) -> Rows:
    """The rows that the lines hold, all as long as the longest. Empty lines are none."""
    found = [_cells(line) for line in text.split("\n") if line.strip()]
    widest = max(map(len, found), default=0)
    return tuple(tuple(row + [""] * (widest - len(row))) for row in found)


def _coded(cell: str) -> str:
    return re.sub(r"[\\|\n]", lambda found: CODES[found.group()], cell.strip())


def _cells(line: str) -> list[str]:
    cells = [""]
    for mark in MARK.findall(line):
        if mark == "|":
            cells.append("")
        else:
            cells[-1] += MEANT.get(mark, mark)
    return [cell.strip() for cell in cells]
