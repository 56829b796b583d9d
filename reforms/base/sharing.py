"""Rows with what they point to, for pages that print hundreds: making objects takes longer than asking for them.

Django's `select_related` makes a new object for every row: a list of a hundred commitments would make the same six
pillars a hundred times. And it makes each with `__init__`, which sends signals and looks at every field; a row from
the database needs neither, so here it is put together as `__init__` would leave it. Nothing in this project listens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)
Reader: TypeAlias = Callable[[Sequence[Any], str], Any]


def shared(
    queryset: QuerySet[M], names: Sequence[str] = (), *, given: Mapping[str, Iterable[Model]] | None = None
) -> list[M]:
    """The rows, with the objects at the ends of these foreign keys. One query; annotations are ignored.

    `given` holds objects that the page has at hand: they are put in place by their keys and not asked for again.
    """
    compiler = compiler_of(queryset, names)
    rows = list(compiler.results_iter())
    return place(Making(compiler).made(rows, queryset.db), given or {})


def compiler_of(queryset: QuerySet[Any], names: Sequence[str]) -> Any:
    """What writes the question down, with the objects at the ends of these foreign keys and of no others."""
    asked = queryset.select_related(*names) if names else queryset.select_related(None)
    return asked.query.get_compiler(asked.db)


class Making:
    """How rows become objects, as told by what wrote the question down. It has written it by now."""

    def __init__(self, compiler: Any) -> None:
        self._own, self._ends = _reader(compiler.klass_info, compiler.select), list(_ends(compiler))

    def made(self, rows: Sequence[Any], database: str) -> list[Any]:
        own = self._own
        made = [own(row, database) for row in rows]
        for key, reader, place in self._ends:
            _give(key, reader, place, made, rows, database)
        return made


def _ends(compiler: Any) -> Iterator[tuple[Any, Reader, int]]:
    """Each foreign key that was followed, how to read what it points to, and where that one's own key stands."""
    for end in compiler.klass_info.get("related_klass_infos", ()):
        primary = end["model"]._meta.pk
        place = next(each for each in end["select_fields"] if compiler.select[each][0].target == primary)
        yield end["field"], _reader(end, compiler.select), place


def _reader(info: Any, select: Any) -> Reader:
    """What puts a row's columns of one model together, as `__init__` would leave it."""
    model, places = info["model"], info["select_fields"]
    first, last = places[0], places[-1] + 1
    names = [select[place][0].target.attname for place in places]

    return lambda row, database: put_together(model, names, row[first:last], database)


def put_together(model: Any, columns: Sequence[str], values: Sequence[Any], database: str) -> Any:
    """A row from the database as an object. A column that is not given is asked for when somebody reads it."""
    made = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, database
    made.__dict__ = dict(zip(columns, values, strict=True))
    made._state = state
    return made


def _give(key: Any, reader: Reader, place: int, made: Sequence[Any], rows: Sequence[Any], database: str) -> None:
    """Give each row what its foreign key points to, made once for all rows that point there."""
    known: dict[Any, Any] = {None: None}
    name = key.cache_name
    for each, row in zip(made, rows, strict=True):
        primary = row[place]
        if primary not in known:
            known[primary] = reader(row, database)
        each._state.fields_cache[name] = known[primary]


def place(rows: list[M], given: Mapping[str, Iterable[Model]]) -> list[M]:
    """The rows, with what a page has at hand put in its place, by the name of the foreign key."""
    for name, objects in given.items():
        put(rows, name, {each.pk: each for each in objects})
    return rows


def put(rows: Iterable[Model], name: str, objects: Mapping[Any, Model]) -> None:
    """Put what a foreign key of the rows points to in its place, where it is among the objects, which are by key."""
    attribute = f"{name}_id"
    for each in rows:
        primary = getattr(each, attribute)
        if primary is None or primary in objects:
            # What Django's own `set_cached_value` does, without looking up the name for each of hundreds.
            each._state.fields_cache[name] = objects.get(primary)


def written(keys: Iterable[int]) -> str:
    """Keys of rows as a statement lists them: numbers, so that hundreds need not be passed one by one.

    Raises ValueError for what is no number.
    """
    return ", ".join(str(int(key)) for key in keys)
