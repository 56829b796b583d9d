"""The words of a report, line by line: what every format has to hold, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reforms.reports.document.pieces import Kind, Piece


def lines_of(pieces: Iterable[Piece]) -> list[str]:
    """A line for each heading, paragraph and item, and one for each cell of a table; spaces are single.

    What marks an item, a dot or a number, is drawn by each format in its own way and is none of the words.
    """
    return [line for piece in pieces for line in _lines(piece) if line]


def _lines(piece: Piece) -> Iterator[str]:
    number = f"{piece.number}." if piece.kind == Kind.HEADING and piece.number else piece.number
    yield f"{number} {piece.words}".strip()
    for row in piece.rows:
        for cell in row:
            yield " ".join(cell.split())
