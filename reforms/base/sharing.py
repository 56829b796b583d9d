"""Rows with what they point to, each of those made once however many rows point to it.

Django's `select_related` makes a new object for every row: a list of a hundred commitments would make the same six
pillars a hundred times, which takes longer than asking for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def shared(queryset: QuerySet[M], names: Sequence[str]) -> list[M]:
    """The rows, with the objects at the ends of these foreign keys. One query; what the queryset selects is ignored."""
    model: Any = queryset.model
    own = _columns(model)
    ends = [_End(model._meta.get_field(name)) for name in names]
    columns = [*own, *(f"{end.name}__{column}" for end in ends for column in end.columns)]
    made = []
    for row in queryset.select_related(None).values_list(*columns):
        each = model.from_db(queryset.db, own, row[: len(own)])
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
            self.made[primary] = self.model.from_db(database, self.columns, values)
        self.key.set_cached_value(row, self.made[primary])


def _columns(model: Any) -> list[str]:
    return [each.attname for each in model._meta.concrete_fields]
