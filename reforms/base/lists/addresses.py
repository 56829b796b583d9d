"""The addresses a list leads to: the same filters with one thing changed, asking for the same day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from reforms.base.as_at import AsAt

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Address:
    """One list with the filters and sort order asked for, on one day. Pages and twins hang on it.

    `parts` are those of its path, where what is listed belongs to something.
    """

    name: str
    pairs: Pairs
    as_at: AsAt
    parts: tuple[str, ...] = ()

    def page(self, number: int) -> str:
        """The page of that number."""
        return self._written(self.name, (("page", str(number)),) if number > 1 else ())

    def twin(self, kind: str, number: int = 1) -> str:
        """The same rows as csv or json."""
        return self._written(f"{self.name}-{kind}", (("page", str(number)),) if number > 1 else ())

    def sorted_by(self, sort: str | None) -> str:
        """The first page in another order; None is the usual one."""
        pairs = tuple(pair for pair in self.pairs if pair[0] != "sort")
        return replace(self, pairs=(*pairs, ("sort", sort)) if sort else pairs).page(1)

    def without(self, name: str, value: str) -> str:
        """The first page with one filter less."""
        return replace(self, pairs=tuple(pair for pair in self.pairs if pair != (name, value))).page(1)

    def bare(self) -> str:
        """The first page with no filter at all."""
        return replace(self, pairs=()).page(1)

    def _written(self, name: str, more: Pairs) -> str:
        query = urlencode((*self.pairs, *more))
        plain = reverse(name, args=self.parts)
        return self.as_at.carry(f"{plain}?{query}" if query else plain)


def given(data: QueryDict, names: Iterable[str]) -> Pairs:
    """The parameters of these names as they were given, less the blank ones and repeats."""
    pairs = ((name, value) for name in names for value in data.getlist(name) if value)
    return tuple(dict.fromkeys(pairs))
