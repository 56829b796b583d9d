"""Items as lists within lists, for formats that have such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from reforms.reports.document.pieces import Kind, Piece


@dataclass
class Item:
    """One item: its paragraphs and the lists within it, as they come."""

    marker: str
    parts: list[Piece | Listed] = field(default_factory=list)


@dataclass
class Listed:
    """One list. `start` is the number of its first item, 0 for a list with dots."""

    start: int
    items: list[Item] = field(default_factory=list)


def drawn(pieces: Iterable[Piece]) -> Iterator[Piece | Listed]:
    """The pieces, with each run of items as the lists that they make."""
    for is_item, group in groupby(pieces, key=lambda piece: piece.kind == Kind.ITEM):
        if is_item:
            yield from _lists(group)
        else:
            yield from group


def _lists(items: Iterable[Piece]) -> Iterator[Listed]:
    whole: list[Listed] = []
    open_lists: list[Listed] = []
    for piece in items:
        del open_lists[piece.level :]
        if not piece.marker and len(open_lists) == piece.level:
            open_lists[-1].items[-1].parts.append(piece)
            continue
        if len(open_lists) == piece.level and not _continues(open_lists[-1], piece.marker):
            open_lists.pop()
        while len(open_lists) < piece.level:
            opened = Listed(_number(piece.marker))
            if open_lists:
                open_lists[-1].items[-1].parts.append(opened)
            else:
                whole.append(opened)
            open_lists.append(opened)
            if len(open_lists) < piece.level:
                opened.items.append(Item(""))
        open_lists[-1].items.append(Item(piece.marker, [piece]))
    yield from whole


def _continues(listed: Listed, marker: str) -> bool:
    """Whether an item belongs to the list: both have dots, or its number is the next."""
    number = _number(marker)
    return number == 0 if listed.start == 0 else number == listed.start + len(listed.items)


def _number(marker: str) -> int:
    return int(marker[:-1]) if marker[:-1].isdigit() else 0
