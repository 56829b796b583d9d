"""Where something stands in a file, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A line of a file, counted from 1. Line 0 means the file as a whole. There is one for every word of every file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Problem:
    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Problems:
    """Every mistake found so far. Reading goes on after each, so that one pass finds them all."""

    def __init__(self) -> None:
        self._found: set[Problem] = set()

    def add(self, place: Place, message: str) -> None:
        self._found.add(Problem(place, message))

    def __bool__(self) -> bool:
        return bool(self._found)

    def in_order(self) -> tuple[Problem, ...]:
        """By file and line, each once."""
        return tuple(sorted(self._found))

    def stop_if_any(self) -> None:
        """Raise LoadError with every mistake, if there is one."""
        if self._found:
            raise LoadError(self.in_order())


class LoadError(Exception):
    """The files cannot be loaded, and nothing was written. Its text has one line for each mistake."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
