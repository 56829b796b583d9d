"""What stands around the rows of a list: the filter form with its counts, chips, orders and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms

from reforms.base.filters import Facet, StrictFilterSet
from reforms.base.formatting import date_in_words
from reforms.base.lists.addresses import Address
from reforms.base.lists.paging import Paging
from reforms.base.lists.sorting import Chosen, Sort, read_sort
from reforms.base.rendering import Counted


class Paged(Protocol):
    """What has an address for each of its pages."""

    def page(self, number: int) -> str: ...


@dataclass(frozen=True)
class Order:
    """One way to sort, offered on the page."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class PageLink:
    """A numbered page to go to; without a number, a gap."""

    number: int | None
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Pagination:
    """Links to the pages; none when there is one page."""

    items: Sequence[PageLink]
    previous_url: str
    next_url: str


def dressed_form(filterset: StrictFilterSet, counts: dict[str, Counter[str]], sort: str) -> forms.Form:
    """The filter form as the page shows it: choices with their counts, none that are empty, the order kept."""
    form = filterset.form
    for name, facet in filterset.facets.items():
        offered = _offered(facet, filterset.filters[name].extra["choices"], counts.get(name), form[name].data)
        form.fields[name].widget.choices = offered
        if not offered and not form[name].errors:
            del form.fields[name]
    if sort:
        form.fields["sort"] = forms.CharField(widget=forms.HiddenInput, required=False)
    return form


def _offered(
    facet: Facet, choices: Iterable[tuple[str, str]], counts: Counter[str] | None, chosen: Sequence[str]
) -> list[tuple[str, str]]:
    """The choices of one facet; without counts, when something is wrong with the list, all of them and bare."""
    if counts is None:
        return list(choices)
    kept = [(value, label) for value, label in choices if counts[value] or value in chosen or not facet.hides_empty]
    return [(value, Counted(label, counts[value])) for value, label in kept]


def chips(filterset: StrictFilterSet, address: Address) -> list[tuple[str, str]]:
    """What the list is filtered by, in words, each with the address without it."""
    found = []
    for name, value in address.pairs:
        if name in filterset.filters:
            found.append((_chip_words(filterset, name, value), address.without(name, value)))
    return found


def _chip_words(filterset: StrictFilterSet, name: str, value: str) -> str:
    """ "Strength: Firm", "Due from: 11 May 2023"."""
    known: Any = filterset.filters[name]
    if isinstance(known, Facet):
        labels = {str(choice): label for choice, label in known.extra["choices"]}
        return known.chip.format(label=known.label, value=labels.get(value, value))
    meant = filterset.form.cleaned_data.get(name, value)
    return f"{known.label}: {date_in_words(meant) if isinstance(meant, date) else meant}"


def orders(offered: Iterable[str], sorts: Sequence[Sort], chosen: Chosen, usual: str, address: Address) -> list[Order]:
    """The ways to sort that the page offers, with the one it is in."""
    every = [read_sort([value], sorts) for value in offered]
    if chosen not in every:
        every.append(chosen)
    urls = {each: address.sorted_by(None if each.value == usual else each.value) for each in every}
    return [Order(each.label, url, each == chosen) for each, url in urls.items()]


def pagination(paging: Paging, address: Paged) -> Pagination:
    """Links to the other pages."""
    items = [
        PageLink(number, address.page(number) if number else "", number == paging.number)
        for number in (paging.numbers() if paging.last > 1 else [])
    ]
    return Pagination(
        items,
        previous_url=address.page(paging.previous) if paging.previous else "",
        next_url=address.page(paging.next) if paging.next else "",
    )
