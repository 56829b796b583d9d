"""The map of England with a tile for each council: its states and their key, apart from what they stand for.

A state is told by fill, pattern, border and a mark. All of England is drawn on every map, so that what a filter
leaves out is seen to lie somewhere: those tiles are faint and say nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SIDE = 37
"""One side of a tile with its gap, in the units of the map's drawing."""


@dataclass(frozen=True)
class TileState:
    """`look` names the fill, pattern and border; `mark` the glyph, that the list beside the map shows as well."""

    look: str
    words: str
    mark: str = ""


CURRENT = TileState("a", "Published, current", "met")
STALE = TileState("b", "Published, some of it stale", "stale")
NONE = TileState("", "None recorded here")
CHOSEN = TileState("a", "Selected", "met")
ASKED = TileState("c", "Interested, or bid for a place", "ahead")
LEFT = TileState("e", "Not selected, or withdrew", "rejected")
OUTSIDE = TileState("out", "Outside these filters")

OF_POSITIONS = (CURRENT, STALE, NONE)
OF_PILOTS = (CHOSEN, ASKED, LEFT)


@dataclass(frozen=True)
class Tile:
    """One square, in units of the drawing. `has_more` puts a plus behind its code: it is in two of what was chosen."""

    column: int
    row: int
    code: str
    state: str
    mark: str = ""
    has_more: bool = False

    @property
    def x(self) -> int:
        return self.column * SIDE + 1

    @property
    def y(self) -> int:
        return self.row * SIDE + 1


@dataclass(frozen=True)
class Key:
    """One line of the key of the map."""

    state: str
    words: str
    mark: str
    count: int


@dataclass(frozen=True)
class Shown:
    """What the map shows of one council that is listed."""

    state: TileState
    has_more: bool = False


@dataclass(frozen=True)
class TileMap:
    tiles: Sequence[Tile]
    keys: Sequence[Key]
    has_more: bool
    placeless: int
    """Councils listed that have no tile: the map is of those of 2023."""

    @property
    def width(self) -> int:
        return (max((tile.column for tile in self.tiles), default=0) + 1) * SIDE

    @property
    def height(self) -> int:
        return (max((tile.row for tile in self.tiles), default=0) + 1) * SIDE


def tile_map(england: Iterable[Any], shown: Mapping[int, Shown], states: Sequence[TileState]) -> TileMap:
    """The map of all councils of the day, by their keys: what is shown of those listed, the others faint."""
    every = list(england)
    tiles = [_tile(council, shown.get(council.pk)) for council in every if _has_tile(council)]
    return TileMap(
        tiles=tiles,
        keys=_keys(shown, states, outside=len(every) - len(shown)),
        has_more=any(each.has_more for each in shown.values()),
        placeless=sum(1 for council in every if council.pk in shown and not _has_tile(council)),
    )


def _has_tile(council: Any) -> bool:
    return council.tile_row is not None and council.tile_column is not None


def _tile(council: Any, shown: Shown | None) -> Tile:
    if shown is None:
        return Tile(council.tile_column, council.tile_row, "", OUTSIDE.look)
    state = shown.state
    return Tile(council.tile_column, council.tile_row, council.short_code, state.look, state.mark, shown.has_more)


def _keys(shown: Mapping[int, Shown], states: Sequence[TileState], *, outside: int) -> list[Key]:
    """How many of those listed are in each state, and how many are not listed where a filter leaves any out."""
    counts = Counter(each.state for each in shown.values())
    keys = [Key(state.look, state.words, state.mark, counts[state]) for state in states]
    return [*keys, Key(OUTSIDE.look, OUTSIDE.words, "", outside)] if outside else keys
