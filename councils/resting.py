"""What a position rests on that came to nothing: recommendations that were rejected, or passed over. Pure rules.

A recommendation and its parts are one thing to a reader: where the whole came to nothing its parts are not named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

MOST_NAMED = 3
"""Of one answer; the others are counted."""
VERBS = {"rejected": "rejected", "not_mentioned": "does not mention"}
"""The answers that leave nothing to rest on, the harder first, and what a programme did by each."""


@dataclass(frozen=True)
class Unanswered:
    """A recommendation by its key, and the one that it is a part of; what became of it, and by whose word.

    `by` is the title of the programme that answers, or would have.
    """

    key: int
    whole: int | None
    reference: str
    kind: str
    by: str
    is_inferred: bool = False


def warning_words(found: Iterable[Unanswered]) -> str:
    """What the position rests on that came to nothing, in a sentence without its full stop; or an empty text."""
    clauses: list[str] = []
    before = ""
    for (_order, by, is_inferred), group in groupby(sorted(_named(list(found)), key=_in_order), key=_answer):
        named = list(group)
        who = "it" if by == before else by
        ours = " (inferred by us)" if is_inferred else ""
        clauses.append(f"on {_references(named)}, which {who} {VERBS[named[0].kind]}{ours}")
        before = by
    return f"Rests {'; and '.join(clauses)}" if clauses else ""


def _named(found: Sequence[Unanswered]) -> list[Unanswered]:
    """Without the parts of those that are named whole."""
    keys = {each.key for each in found}
    return [each for each in found if each.whole not in keys]


def _answer(each: Unanswered) -> tuple[int, str, bool]:
    return (list(VERBS).index(each.kind), each.by, each.is_inferred)


def _in_order(each: Unanswered) -> tuple[tuple[int, str, bool], bool, str]:
    """By their answers; then wholes before parts, by reference."""
    return (_answer(each), each.whole is not None, each.reference)


def _references(named: Sequence[Unanswered]) -> str:
    """ "IR-1", "IR-1 and IR-2", or the first few and how many more."""
    references = [each.reference for each in named]
    if len(references) > MOST_NAMED:
        return f"{', '.join(references[:MOST_NAMED])} and {len(references) - MOST_NAMED} more"
    *first, last = references
    return f"{', '.join(first)} and {last}" if first else last
