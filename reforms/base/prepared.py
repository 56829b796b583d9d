"""Questions that every page asks, written down by Django once: to write one down takes longer than to ask it.

What changes from page to page are a day, keys of rows and a word. The statement is made with stand-ins for these, and
each time it is asked they give way to the real ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from reforms.base.sharing import Making, compiler_of, place, written

M = TypeVar("M", bound=Model)
DAY = date(1, 2, 3)
FIRST_KEY = -7_000_001
WORD = "a word that no page asks for"
"""The stand-ins: no page is for that day, and no row has such a key."""


class Written(NamedTuple):
    """A statement with its parameters, and how to read what comes back. Days and keys in it are stand-ins."""

    text: str
    values: tuple[Any, ...]
    compiler: Any
    converters: Any
    making: Making | None


class Question:
    """A question whose answers are plain rows, as `values_list` gives them.

    `make` gives its queryset for a day, and for as many sets of keys as it takes besides, each to be used in a filter
    such as `commitment__in`. With `has_word` it takes a word too, to be used in a filter such as `slug`.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *, sets: int = 0, has_word: bool = False) -> None:
        self._make = make
        self._stand_ins = [f"({FIRST_KEY - number})" for number in range(sets)]
        self._words = [WORD] if has_word else []
        self._written: dict[str, Written] = {}

    def rows(self, *keys: Iterable[int], on: date, word: str = "") -> list[tuple[Any, ...]]:
        """What the database answers. One query."""
        database = connections[DEFAULT_DB_ALIAS]
        return self._answered(self._known(database), keys, on, word, database)

    def _known(self, database: BaseDatabaseWrapper) -> Written:
        return self._written.get(database.vendor) or self._write_down(database)

    def _answered(
        self, known: Written, keys: Sequence[Iterable[int]], on: date, word: str, database: BaseDatabaseWrapper
    ) -> list[tuple[Any, ...]]:
        text = known.text
        for stand_in, chosen in zip(self._stand_ins, keys, strict=True):
            text = text.replace(stand_in, f"({written(chosen) or 'NULL'})")
        adapted = database.ops.adapt_datefield_value
        real = {adapted(DAY): adapted(on), WORD: word}
        with database.cursor() as cursor:
            cursor.execute(text, [real.get(value, value) for value in known.values])
            rows = cursor.fetchall()
        return list(known.compiler.apply_converters(rows, known.converters)) if known.converters else rows

    def _write_down(self, database: BaseDatabaseWrapper) -> Written:
        stand_ins = [RawSQL(each.strip("()"), ()) for each in self._stand_ins]  # noqa: S611 - numbers of our own
        compiler = self._compiler(self._make(DAY, *stand_ins, *self._words))
        text, values = compiler.as_sql()
        if missing := [each for each in self._stand_ins if each not in text]:
            raise ValueError(f"Nothing asks for {missing}: {text}")
        converters = compiler.get_converters([each for each, *_as in compiler.select])
        made = Written(text, tuple(values), compiler, converters, self._making(compiler))
        return self._written.setdefault(database.vendor, made)

    def _compiler(self, queryset: QuerySet[Any, Any]) -> Any:
        return queryset.query.get_compiler(queryset.db)

    def _making(self, compiler: Any) -> Making | None:
        return None


class Prepared(Question, Generic[M]):
    """A question about the rows of one model, which come as objects. `names` are foreign keys to follow (see `shared`).

    A column that its queryset defers is asked for when somebody reads it.
    """

    def __init__(
        self, make: Callable[..., QuerySet[M]], *, sets: int = 1, has_word: bool = False, names: Sequence[str] = ()
    ) -> None:
        super().__init__(make, sets=sets, has_word=has_word)
        self._names = names

    def ask(
        self, *keys: Iterable[int], on: date, word: str = "", given: Mapping[str, Iterable[Model]] | None = None
    ) -> list[M]:
        """The rows, as `shared` makes them. One query."""
        database = connections[DEFAULT_DB_ALIAS]
        known = self._known(database)
        making = cast(Making, known.making)
        return place(making.made(self._answered(known, keys, on, word, database), database.alias), given or {})

    def _compiler(self, queryset: QuerySet[Any, Any]) -> Any:
        return compiler_of(queryset, self._names)

    def _making(self, compiler: Any) -> Making:
        return Making(compiler)
