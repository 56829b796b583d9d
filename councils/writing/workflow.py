"""The moves that a version may make, apart from who may make them. Pure rules.

A draft is submitted, and published or returned with a reason; what is published is superseded by the next or withdrawn
with a reason. A draft that nobody wants is discarded: its words stay in the history.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DRAFT, SUBMITTED, RETURNED = "draft", "submitted", "returned"
PUBLISHED, SUPERSEDED, WITHDRAWN, DISCARDED = "published", "superseded", "withdrawn", "discarded"


class Move(StrEnum):
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    DISCARD = "discard"


@dataclass(frozen=True)
class Allowed:
    """From which states a move may be made, where it leads, and whether a reason has to be given."""

    before: frozenset[str]
    after: str
    needs_reason: bool = False


MOVES: dict[Move, Allowed] = {
    Move.SUBMIT: Allowed(frozenset({DRAFT, RETURNED}), SUBMITTED),
    Move.TAKE_BACK: Allowed(frozenset({SUBMITTED}), DRAFT),
    Move.RETURN: Allowed(frozenset({SUBMITTED}), RETURNED, needs_reason=True),
    Move.PUBLISH: Allowed(frozenset({SUBMITTED}), PUBLISHED),
    Move.SUPERSEDE: Allowed(frozenset({PUBLISHED}), SUPERSEDED),
    Move.WITHDRAW: Allowed(frozenset({PUBLISHED}), WITHDRAWN, needs_reason=True),
    Move.DISCARD: Allowed(frozenset({DRAFT, RETURNED}), DISCARDED),
}


class MoveError(Exception):
    """The move cannot be made. The text is for the person who tried."""


DONE = {
    DRAFT: "It is a draft.",
    SUBMITTED: "It has been submitted, and waits for approval.",
    RETURNED: "It has been returned, with a reason.",
    PUBLISHED: "It has been published.",
    SUPERSEDED: "Another version has taken its place.",
    WITHDRAWN: "It has been withdrawn.",
    DISCARDED: "It has been discarded.",
}


def check_move(move: Move, *, state: str, reason: str = "") -> str:
    """The state that the move leads to. Raises MoveError, in words, where it cannot be made."""
    allowed = MOVES[move]
    if state not in allowed.before:
        raise MoveError(DONE[state])
    if allowed.needs_reason and not reason.strip():
        raise MoveError("Give a reason.")
    return allowed.after
