"""The map of England: every council of the day, and a key that counts what is listed."""

from __future__ import annotations

from types import SimpleNamespace as Council

import pytest

from councils.tile_map import ASKED, CHOSEN, LEFT, OF_PILOTS, OF_POSITIONS, OUTSIDE, STALE, Shown, tile_map

ENGLAND = [
    Council(pk=1, tile_column=0, tile_row=0, short_code="ONE"),
    Council(pk=2, tile_column=3, tile_row=1, short_code="TWO"),
    Council(pk=3, tile_column=None, tile_row=None, short_code=""),
]


def test_what_is_listed_says_its_state_and_the_rest_is_faint():
    drawn = tile_map(ENGLAND, {2: Shown(STALE)}, OF_POSITIONS)

    assert [(tile.state, tile.code, tile.mark) for tile in drawn.tiles] == [("out", "", ""), ("b", "TWO", "stale")]
    assert (drawn.width, drawn.height) == (4 * 37, 2 * 37)


def test_key_counts_what_is_listed_and_what_is_not():
    drawn = tile_map(ENGLAND, {1: Shown(CHOSEN), 3: Shown(CHOSEN)}, OF_PILOTS)

    assert [(key.words, key.count) for key in drawn.keys] == [
        (CHOSEN.words, 2),
        (ASKED.words, 0),
        (LEFT.words, 0),
        (OUTSIDE.words, 1),
    ]
    assert drawn.placeless == 1


def test_without_any_council():
    drawn = tile_map([], {}, OF_POSITIONS)

    assert (drawn.tiles, drawn.width, drawn.height, drawn.has_more) == ([], 37, 37, False)


@pytest.mark.parametrize("states", [OF_POSITIONS, OF_PILOTS], ids=["positions", "pilots"])
def test_no_two_states_look_alike(states):
    """At most four, apart from what is outside; each that says something has a mark of its own."""
    assert len({state.look for state in (*states, OUTSIDE)}) == len(states) + 1 <= 5
    marks = [state.mark for state in states if state.look]
    assert len(set(marks)) == len(marks)
    assert all(marks)
