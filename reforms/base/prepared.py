"""Questions that every page asks, written down by Django once: to write one down takes longer than to ask it.

What changes from page to page are a day and keys of rows. The statement is made with stand-ins for these, and each
time it is asked they give way to the real ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from reforms.base.sharing import Making, compiler_of, written

M = TypeVar("M", bound=Model)
DAY = date(1, 2, 3)
FIRST_KEY = -7_000_001
"""The stand-ins: no page is for that day, and no row has such a key."""


class Written(NamedTuple):
    """A statement with its parameters, and how to read what comes back. Days and keys in it are stand-ins."""

    text: str
    values: tuple[Any, ...]
    compiler: Any
    making: Making


class Prepared(Generic[M]):
    """A question about the rows of one model.

    `make` gives its queryset for a day, and for as many sets of keys as it takes besides, each to be used in a filter
    such as `commitment__in`. `names` are foreign keys to follow, as in `shared`.
    """

    def __init__(self, make: Callable[..., QuerySet[M]], *, sets: int = 1, names: Sequence[str] = ()) -> None:
        self._make = make
        self._stand_ins = [f"({FIRST_KEY - number})" for number in range(sets)]
        self._names = names
        self._written: dict[str, Written] = {}

    def ask(self, *keys: Iterable[int], on: date) -> list[M]:
        """The rows, as `shared` makes them. One query."""
        found = self._written.get(connection.vendor) or self._write_down()
        text = found.text
        for stand_in, chosen in zip(self._stand_ins, keys, strict=True):
            text = text.replace(stand_in, f"({written(chosen) or 'NULL'})")
        day, stand_in_day = _adapted(on), _adapted(DAY)
        with connection.cursor() as cursor:
            cursor.execute(text, [day if value == stand_in_day else value for value in found.values])
            rows = list(found.compiler.results_iter([cursor.fetchall()]))
        return found.making.made(rows, connection.alias)

    def _write_down(self) -> Written:
        stand_ins = [RawSQL(each.strip("()"), ()) for each in self._stand_ins]  # noqa: S611 - numbers of our own
        compiler = compiler_of(self._make(DAY, *stand_ins), self._names)
        text, values = compiler.as_sql()
        if missing := [each for each in self._stand_ins if each not in text]:
            raise ValueError(f"Nothing asks for {missing}: {text}")
        return self._written.setdefault(connection.vendor, Written(text, tuple(values), compiler, Making(compiler)))


def _adapted(day: date) -> Any:
    return connection.ops.adapt_datefield_value(day)
