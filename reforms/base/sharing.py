"""Rows with what they point to, for pages that print hundreds: making objects takes longer than asking for them.

Django's `select_related` makes a new object for every row: a list of a hundred commitments would make the same six
pillars a hundred times. And it makes each with `__init__`, which sends signals and looks at every field; a row from
the database needs neither, so here it is put together as `__init__` would leave it. Nothing in this project listens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)


def shared(queryset: QuerySet[M], names: Sequence[str] = ()) -> list[M]:
    """The rows, with the objects at the ends of these foreign keys. One query; what the queryset selects is ignored."""
    model: Any = queryset.model
    own = _columns(model)
    ends = [_End(model._meta.get_field(name)) for name in names]
    columns = [*own, *(f"{end.name}__{column}" for end in ends for column in end.columns)]
    made = []
    for row in queryset.select_related(None).values_list(*columns):
        each = _put_together(model, own, row, queryset.db)
        start = len(own)
        for end in ends:
            end.give(each, queryset.db, row[start : start + len(end.columns)])
            start += len(end.columns)
        made.append(each)
    return made


class _End:
    """What one foreign key points to, by its key."""

    def __init__(self, key: Any) -> None:
        self.key, self.name, self.model = key, key.name, key.related_model
        self.columns = _columns(self.model)
        self.place = self.columns.index(self.model._meta.pk.attname)
        self.made: dict[Any, Any] = {None: None}

    def give(self, row: Model, database: str, values: Sequence[Any]) -> None:
        primary = values[self.place]
        if primary not in self.made:
            self.made[primary] = _put_together(self.model, self.columns, values, database)
        self.key.set_cached_value(row, self.made[primary])


def _put_together(model: Any, columns: Sequence[str], values: Sequence[Any], database: str) -> Any:
    """A row as an object; values beyond the columns are left out."""
    made = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, database
    made.__dict__ = {"_state": state, **dict(zip(columns, values, strict=False))}
    return made


def _columns(model: Any) -> list[str]:
    return [each.attname for each in model._meta.concrete_fields]
