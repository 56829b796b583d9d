"""The orders a list can be read in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, OrderBy, QuerySet


class BadParameterError(ValueError):
    """A parameter cannot be read; the message is for the reader."""


@dataclass(frozen=True)
class Sort:
    """An order: by the columns, smallest first, with nothing known last. A minus before the name turns it round.

    `label` and `reverse_label` end the sentence "Sorted by …".
    """

    name: str
    columns: tuple[str, ...]
    label: str
    reverse_label: str = ""

    def order(self, *, is_reversed: bool) -> list[OrderBy]:
        """What the database sorts by."""
        if is_reversed:
            return [F(column).desc(nulls_last=True) for column in self.columns]
        return [F(column).asc(nulls_last=True) for column in self.columns]


@dataclass(frozen=True)
class Chosen:
    """One order, one way round."""

    sort: Sort
    is_reversed: bool = False

    @property
    def value(self) -> str:
        """As it stands in an address."""
        return f"-{self.sort.name}" if self.is_reversed else self.sort.name

    @property
    def label(self) -> str:
        """What it is called in a sentence."""
        return (self.is_reversed and self.sort.reverse_label) or self.sort.label

    def apply(self, queryset: QuerySet, ties: Sequence[str]) -> QuerySet:
        """Sorted; rows that are alike stand in the order of `ties`."""
        return queryset.order_by(*self.sort.order(is_reversed=self.is_reversed), *ties)


def read_sort(values: Sequence[str], sorts: Sequence[Sort]) -> Chosen:
    """The order asked for. Raises BadParameterError."""
    choices = {chosen.value: chosen for sort in sorts for chosen in (Chosen(sort), Chosen(sort, is_reversed=True))}
    if len(values) > 1:
        raise BadParameterError("Give one value only")
    if values[0] not in choices:
        names = ", ".join(sort.name for sort in sorts)
        raise BadParameterError(f"Sort by one of {names}, with a minus before it to turn it round")
    return choices[values[0]]
