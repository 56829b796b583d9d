"""Pages of a list, numbered from 1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reforms.base.lists.sorting import BadParameterError

_NUMBER = re.compile(r"[1-9][0-9]{0,5}\Z")
NEIGHBOURS = 2
"""Pages shown on either side of the one that is open."""


@dataclass(frozen=True)
class Paging:
    """One page of `size` rows, out of `count` rows."""

    number: int
    size: int
    count: int

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page."""
        return max(1, -(-self.count // self.size))

    @property
    def slice(self) -> slice:
        """The places of its rows."""
        return slice((self.number - 1) * self.size, self.number * self.size)

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def first_row(self) -> int:
        return min(self.slice.start + 1, self.count)

    @property
    def last_row(self) -> int:
        return min(self.slice.stop, self.count)

    def numbers(self) -> list[int | None]:
        """The pages to offer: the ends and the neighbours, with None for a gap."""
        near = range(self.number - NEIGHBOURS, self.number + NEIGHBOURS + 1)
        shown = [page for page in range(1, self.last + 1) if page in near or page in (1, self.last)]
        numbers: list[int | None] = []
        for page in shown:
            if numbers and numbers[-1] is not None and page - numbers[-1] > 1:
                numbers.append(None)
            numbers.append(page)
        return numbers


def read_number(values: Sequence[str]) -> int:
    """The number of the page asked for; 1 when none is. Raises BadParameterError."""
    if len(values) > 1:
        raise BadParameterError("Give one value only")
    if values and not _NUMBER.match(values[0]):
        raise BadParameterError("Enter the number of a page, from 1")
    return int(values[0]) if values else 1


def read_page(values: Sequence[str], *, size: int, count: int) -> Paging:
    """The page asked for. Raises BadParameterError when there is no such page."""
    paging = Paging(read_number(values), size, count)
    if paging.number > paging.last:
        raise BadParameterError(f"There is no such page: the last one is {paging.last}")
    return paging
