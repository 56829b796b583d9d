"""An error as text: where it happened and what it is, without the data it was about.

Python's own words are not used as they are, because the database adds the row at fault to the message of a broken
rule: the text of a draft or somebody's address.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator

CAUSED = "The error above was the cause of this one:"
MEANWHILE = "While the error above was handled, this one happened:"


def in_words(error: BaseException) -> str:
    """The traceback of the error and of those that led to it, the first of them first."""
    return "\n".join(_lines(error, seen=set()))


def _lines(error: BaseException, *, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in seen:
        yield from _lines(earlier, seen=seen)
        yield CAUSED if error.__cause__ else MEANWHILE
    if error.__traceback__:
        yield "Traceback (most recent call last):"
        yield "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    yield f"{_name(error)}: {_first_line(error)}"


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _first_line(error: BaseException) -> str:
    """The message up to where PostgreSQL goes into detail."""
    return str(error).partition("\n")[0]
