"""Every move from every state. What the table does not allow is refused, in words."""

from __future__ import annotations

import pytest

from councils.models import PositionVersion
from councils.writing import workflow
from councils.writing.workflow import DONE, MOVES, Move, MoveError, check_move

State = PositionVersion.State

TABLE = {
    #            submit       take_back  return      publish      supersede     withdraw     discard
    "draft":     ["submitted", "",       "",         "",          "",           "",          "discarded"],
    "submitted": ["",          "draft",  "returned", "published", "",           "",          ""],
    "returned":  ["submitted", "",       "",         "",          "",           "",          "discarded"],
    "published": ["",          "",       "",         "",          "superseded", "withdrawn", ""],
    "superseded": [""] * 7,
    "withdrawn":  [""] * 7,
    "discarded":  [""] * 7,
}  # fmt: skip
CASES = [(state, move, after) for state, row in TABLE.items() for move, after in zip(Move, row, strict=True)]
WITH_A_REASON = {Move.RETURN, Move.WITHDRAW}


def test_states_are_those_of_a_version():
    ours = {value for name, value in vars(workflow).items() if name.isupper() and isinstance(value, str)}

    assert ours == set(State.values) == set(TABLE) == set(DONE)


@pytest.mark.parametrize(("state", "move", "after"), CASES, ids=lambda value: value or "refused")
def test_move(state: str, move: Move, after: str):
    if after:
        assert check_move(move, state=state, reason="Because.") == after
    else:
        with pytest.raises(MoveError, match=DONE[state]):
            check_move(move, state=state, reason="Because.")


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("reason", ["", "  \n"], ids=["no reason", "blanks for a reason"])
def test_reason(move: Move, reason: str):
    state = min(MOVES[move].before)
    if move in WITH_A_REASON:
        with pytest.raises(MoveError, match="Give a reason"):
            check_move(move, state=state, reason=reason)
    else:
        assert check_move(move, state=state, reason=reason) == MOVES[move].after


def test_what_is_written_on_and_what_is_open_are_where_the_moves_lead():
    assert {str(state) for state in PositionVersion.WRITABLE_STATES} == MOVES[Move.SUBMIT].before
    assert {str(state) for state in PositionVersion.OPEN_STATES} == {
        before for move in (Move.SUBMIT, Move.PUBLISH) for before in MOVES[move].before
    }
