"""Strict filters: what a list does not understand it refuses, naming the parameter, and never ignores.

Each filter of a list is one of the kinds below. A value left blank, as a form sends it, asks for nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Self

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from reforms.base.as_at import AsAt
from reforms.base.forms import LongSelect

LONGEST = 200
"""No value of a parameter is longer than this many characters."""
LIST_PARAMETERS = ("as_at", "page", "sort")
"""What every list takes besides its filters. `as_at` has been read before any list is asked."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NUMBER = re.compile(r"[0-9]{1,6}\Z")

Mistakes = dict[str, list[str]]
Choices = Sequence[tuple[str, str]]
Values = tuple[str, ...]
FacetRows = dict[str, Sequence[Values]]
"""The values that each row of a list has, row after row, by the names of the facets that read them."""


def fault(name: str, values: Sequence[str], *, known: Iterable[str], many: Iterable[str]) -> str | None:
    """Why the raw values of a parameter cannot be read, before anyone asks what they mean."""
    if name not in known:
        return "There is no such parameter here. Check its spelling, or leave it out"
    if any("\0" in value for value in values):
        return "Remove the null character"
    if any(len(value) > LONGEST for value in values):
        return f"Use {LONGEST} characters or fewer"
    if len(values) > 1 and name not in many:
        return "Give one value only"
    return None


# Fields


class PlainChoices(forms.ChoiceField):
    """Choices that are taken as they are: pairs, in no groups.

    Django puts the choices of each field and each of its widgets in order anew, which took longer than to draw them.
    """

    @property
    def choices(self) -> Choices:
        return self._choices

    @choices.setter
    def choices(self, given: Choices) -> None:
        self._choices = self.widget.choices = given


class OneOfMany(PlainChoices):
    """One of a long list."""

    widget = LongSelect


class Boxes(forms.CheckboxSelectMultiple):
    """A box for each choice."""

    choices: Choices = ()


class ChoicesField(PlainChoices, forms.MultipleChoiceField):
    """Any of several values."""

    widget = Boxes

    def to_python(self, value: Sequence[str] | None) -> list[str]:
        return list(dict.fromkeys(filter(None, super().to_python(value))))

    def validate(self, value: list[str]) -> None:
        allowed = [str(choice) for choice, _label in self.choices] if value else []
        unknown = [choice for choice in value if choice not in allowed]
        if unknown:
            raise ValidationError(f"‘{unknown[0]}’ is not one of the choices. {_offer(allowed)}")


def _offer(allowed: list[str]) -> str:
    """What could have been given instead, where that is not a long list."""
    if not allowed:
        return "There is nothing to choose from"
    return f"Choose from {', '.join(allowed)}" if len(allowed) <= 10 else "Choose from the list"


class IsoDayField(forms.CharField):
    """A civil day as 2023-04-21. A plain box: a browser's own calendar would hide what was typed wrong."""

    def to_python(self, value: str | None) -> date | None:  # type: ignore[override]
        words = super().to_python(value)
        if not words:
            return None
        try:
            day = date.fromisoformat(words) if _ISO_DAY.match(words) else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError("Enter a real day, like 2023-04-21")
        return day


class WholeNumberField(forms.CharField):
    """A whole number from 0 to `most`, in digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def to_python(self, value: str | None) -> int | None:  # type: ignore[override]
        words = super().to_python(value)
        if not words:
            return None
        if not _NUMBER.match(words) or int(words) > self.most:
            raise ValidationError(f"Enter a whole number from 0 to {self.most}")
        return int(words)


# Filters


class Facet(django_filters.Filter):
    """Any of several values of the column at `field_name`, by which it also counts.

    `chip` says a chosen value in a chip. With `hides_empty` a choice that nothing has is not offered.
    """

    field_class = ChoicesField

    def __init__(self, *args: Any, chip: str = "{label}: {value}", hides_empty: bool = False, **kwargs: Any) -> None:
        self.chip = chip
        self.hides_empty = hides_empty
        super().__init__(*args, choices=kwargs.pop("choices", ()), **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Each filter set has facets of its own. It may give one other choices, and leaves those there are alone."""
        own = copy(self)
        own.extra = dict(self.extra)
        return own

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.filter(**{f"{self.field_name}__in": value}) if value else queryset

    def counted(self, rows: FacetRows, name: str) -> Sequence[Values]:
        """The values under which each row is counted: those that it has."""
        return rows[name]


class ManyFacet(Facet):
    """Any of several values of a column that one row may have several of, so it is read on its own."""

    def pairs(self, queryset: QuerySet) -> Iterable[tuple[Any, Any]]:
        """The key of each row with each value of it: one query."""
        return queryset.order_by().values_list("pk", self.field_name).distinct()

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        raise NotImplementedError


class DayFilter(django_filters.Filter):
    field_class = IsoDayField


class NumberFilter(django_filters.Filter):
    field_class = WholeNumberField


class WordsFilter(django_filters.Filter):
    """Rows in which each word stands in one of the columns, in capitals or not."""

    field_class = forms.CharField

    def __init__(self, *, columns: Sequence[str], **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(**kwargs)

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        for word in value.split():
            found = Q()
            for column in self.columns:
                found |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


# Filter sets


class StrictForm(forms.Form):
    """Refuses parameters it does not know, NUL, values too long, and a second value where one is meant."""

    besides: tuple[str, ...] = LIST_PARAMETERS
    """What the page takes besides the fields of this form."""

    def clean(self) -> dict[str, Any]:
        for name in self.data:
            if message := self._fault(name):
                self.errors[name] = self.error_class([message], renderer=self.renderer)
                self.cleaned_data.pop(name, None)
        return self.cleaned_data

    @property
    def mistakes(self) -> Mistakes:
        """What is wrong with each parameter; nothing where the page can be shown."""
        return {name: [str(message) for message in messages] for name, messages in self.errors.items()}

    def _fault(self, name: str) -> str | None:
        many = [key for key, field in self.fields.items() if isinstance(field, ChoicesField)]
        values = self.data.getlist(name)  # type: ignore[attr-defined]
        return fault(name, values, known=(*self.fields, *self.besides), many=(*many, *self.besides))


def name_mistakes(form: forms.Form, mistakes: Mistakes) -> None:
    """Say what is wrong and with what: beside its box, or at the top where a parameter has none."""
    for name, messages in mistakes.items():
        has_box = name in form.fields
        label = form[name].label if has_box else name
        form.errors.pop(name, None)
        form.add_error(name if has_box else None, [f"{label}: {message}" for message in messages])


class StrictFilterSet(django_filters.FilterSet):
    """The filters of one list on one day."""

    class Meta:
        form = StrictForm

    def __init__(self, data: QueryDict, queryset: QuerySet, *, as_at: AsAt) -> None:
        super().__init__(data, queryset)
        self.is_bound = True
        self.as_at = as_at
        self.on = as_at.day
        for name, choices in self.choices().items():
            self.filters[name].extra["choices"] = choices

    @cached_property
    def form(self) -> StrictForm:
        """The form of this request alone, so its fields are made for it and not copied from a class."""
        form: StrictForm = self._meta.form(self.data)
        form.fields.update({name: found.field for name, found in self.filters.items()})
        return form

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """The choices of facets that hang on data: value and label, as known on the day."""
        return {}

    @property
    def mistakes(self) -> Mistakes:
        """What is wrong with each parameter; nothing where the list can be shown."""
        return self.form.mistakes

    @property
    def chosen(self) -> dict[str, Any]:
        """The value asked for of each filter that is used."""
        return {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "", [])}

    def narrowed(self, *, without: str = "") -> QuerySet:
        """The rows that pass every filter, or every filter but one."""
        queryset = self.queryset
        for name, value in self.effective(without).items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    def effective(self, without: str) -> dict[str, Any]:
        """The values to filter by; a list may add what its filters imply."""
        return {name: value for name, value in self.chosen.items() if name != without}

    @property
    def facets(self) -> dict[str, Facet]:
        return {name: found for name, found in self.filters.items() if isinstance(found, Facet)}

    def besides_facets(self) -> QuerySet:
        """The rows that pass every filter that is no facet."""
        queryset = self.queryset
        for name, value in self.effective("").items():
            if name not in self.facets:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def counts(self) -> dict[str, Counter[str]]:
        """How many rows each choice would show, beside all other filters.

        One query, and one for each facet that a row may have several values of, whatever is chosen.
        """
        names = [name for name, found in self.facets.items() if found.extra["choices"]]
        rows = self._rows(names)
        return {name: self._tally(rows, name) for name in names}

    def _tally(self, rows: FacetRows, name: str) -> Counter[str]:
        """The rows that pass every other facet, counted by this one."""
        facets = self.facets
        found = facets[name].counted(rows, name)
        chosen = {other: set(values) for other, values in self.effective(name).items() if other in facets}
        for other, wanted in chosen.items():
            found = [() if wanted.isdisjoint(has) else values for values, has in zip(found, rows[other], strict=True)]
        return Counter(chain.from_iterable(found))

    def _rows(self, names: Sequence[str]) -> FacetRows:
        """Every row that only facets may leave out, with the values that each facet reads in it."""
        queryset, facets = self.besides_facets().order_by(), self.facets
        plain = [name for name in names if not isinstance(facets[name], ManyFacet)]
        columns = [facets[name].field_name for name in plain]
        rows = {key: values for key, *values in queryset.values_list("pk", *columns)}
        read = zip(*rows.values(), strict=True) if rows else [()] * len(plain)
        found: FacetRows = {name: _one_each(column) for name, column in zip(plain, read, strict=True)}
        for name in set(names) - set(plain):
            found[name] = _several_each(rows, facets[name].pairs(queryset))
        return found


def _one_each(column: Sequence[Any]) -> list[Values]:
    """The value of each row, where it has any: few, however many rows there are."""
    meant = {value: () if value is None else (str(value),) for value in set(column)}
    return [meant[value] for value in column]


def _several_each(keys: Iterable[Any], pairs: Iterable[tuple[Any, Any]]) -> list[Values]:
    """The values of each row by a facet that may have several, from pairs of its key and one of them."""
    values: dict[Any, list[str]] = {}
    for key, value in pairs:
        if value is not None:
            values.setdefault(key, []).append(str(value))
    return [tuple(values.get(key, ())) for key in keys]
