"""The tiles of a map, made as strings: a template takes its time over 150 of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

register = template.Library()

SIDE = 35
"""One side of a tile, in units of the drawing."""
SQUARE = f"h{SIDE}v{SIDE}h-{SIDE}z"
MARK = 13
"""One side of a mark, and of the ground it stands on."""


@register.simple_tag
def map_tiles(tiles: Iterable[Any]) -> SafeString:
    """A square for each council, its code and the mark of its state; one that says nothing is a bare square."""
    every = list(tiles)
    looks = dict.fromkeys(each.state for each in every)
    squares = (_squares(look, [each for each in every if each.state == look]) for look in looks)
    return SafeString("".join([*squares, *(_said(each) for each in every if each.code)]))


@register.simple_tag
def map_swatch(state: str, mark: str = "") -> SafeString:
    """The tile of a line of the key."""
    square = f'<path class="{_css("app-map__tile", state)}" d="M1 1{SQUARE}"/>'
    return SafeString(square + _mark(state, mark, 1, -4))


def _squares(look: str, tiles: Sequence[Any]) -> str:
    """All of one look in one path: a page may have 150 that are bare."""
    drawn = "".join(f"M{int(tile.x)} {int(tile.y)}{SQUARE}" for tile in tiles)
    return f'<path class="{_css("app-map__tile", look)}" d="{drawn}"/>'


def _said(tile: Any) -> str:
    x, y = int(tile.x), int(tile.y)
    return _code(tile, x, y) + _mark(tile.state, tile.mark, x, y + 3)


def _code(tile: Any, x: int, y: int) -> str:
    """Above its mark where it has one. A plus stands for more than one of what was asked for."""
    code = escape(f"{tile.code}{'+' if tile.has_more else ''}")
    down = y + (14 if tile.mark else 21)
    return f'<text class="{_css("app-map__t", tile.state)}" x="{x + SIDE / 2:g}" y="{down}">{code}</text>'


def _mark(state: str, mark: str, x: int, y: int) -> str:
    """On white, since the tile may be dark or patterned."""
    if not mark:
        return ""
    left, top = x + (SIDE - MARK) // 2, y + 16
    return (
        f'<rect class="app-map__ground" x="{left}" y="{top}" width="{MARK}" height="{MARK}"/>'
        f'<use class="{_css("app-map__mark", state)}" href="#glyph-{escape(mark)}" x="{left + 1}" y="{top + 1}"'
        f' width="{MARK - 2}" height="{MARK - 2}"/>'
    )


def _css(name: str, state: str) -> str:
    return f"{name} {name}--{escape(state)}" if state else name
