"""A list: one address with filters, orders and pages, and its twins as CSV and JSON.

Each list says what there is, how it may be filtered and sorted, and what a row holds. Everything else is here, so
that every list refuses what it does not understand in the same way, and its twins hold the rows of the page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse

from reforms.base.filters import Mistakes, StrictFilterSet, name_mistakes
from reforms.base.lists import panel
from reforms.base.lists.addresses import Address, given
from reforms.base.lists.paging import Paging, read_number, read_page
from reforms.base.lists.sorting import BadParameterError, Chosen, Sort, read_sort
from reforms.base.lists.twins import Row, csv_file, json_page
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.base.responses import refused_data

HTML, CSV, JSON = "html", "csv", "json"


class ListPage(ABC):
    """One answer to one request for a list."""

    name: str
    """The name of its address; those of its twins end in -csv and -json."""
    parts: tuple[str, ...] = ()
    """Those of its path, where what is listed belongs to something."""
    template: str
    filters: type[StrictFilterSet]
    sorts: Sequence[Sort]
    offered: Sequence[str] = ()
    """The orders that the page links to. The first is the usual one; with none offered, the first of `sorts`."""
    ties: Sequence[str]
    """The order of rows that are alike."""
    columns: Sequence[str]
    """What a row of the twins holds, in order."""
    size = 50

    def __init__(self, request: Request) -> None:
        self.request = request
        self.as_at = request.as_at
        self.day = self.as_at.day
        self.filterset = self.filters(request.GET, self.everything(), as_at=self.as_at)

    # What each list says

    @abstractmethod
    def everything(self) -> QuerySet:
        """All that the public could know on the day, before any filter."""

    @abstractmethod
    def rows(self, keys: Sequence[int]) -> list[Row]:
        """The things with these ids as the twins give them, in this order: a fixed number of queries."""

    @abstractmethod
    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        """What the page's template shows of the things with these ids: a fixed number of queries."""

    def arranged(self) -> list[int]:
        """The ids of everything that passes the filters, in order."""
        return list(self.chosen_sort.apply(self.filterset.narrowed(), self.ties).values_list("pk", flat=True))

    # What was asked for

    @cached_property
    def mistakes(self) -> Mistakes:
        """What is wrong with the address, by parameter; nothing where the list can be shown."""
        mistakes = self.filterset.mistakes
        for name, check in (("sort", self._read_sort), ("page", self._read_page)):
            if name not in mistakes:
                try:
                    check(mistakes)
                except BadParameterError as error:
                    mistakes[name] = [str(error)]
        return mistakes

    def _read_sort(self, mistakes: Mistakes) -> None:
        self.chosen_sort: Chosen = read_sort(self.request.GET.getlist("sort") or [self.usual], self.sorts)

    def _read_page(self, mistakes: Mistakes) -> None:
        """Where anything else is wrong there are no rows to count: a number is enough."""
        values = self.request.GET.getlist("page")
        if mistakes:
            read_number(values)
        else:
            self.paging: Paging = read_page(values, size=self.size, count=self.count)

    @property
    def usual(self) -> str:
        """The order when none is asked for."""
        return self.offered[0] if self.offered else self.sorts[0].name

    @cached_property
    def keys(self) -> list[int]:
        return self.arranged()

    @property
    def count(self) -> int:
        return len(self.keys)

    @cached_property
    def total(self) -> int:
        """How many there are with no filter."""
        return self.filterset.queryset.count() if self.filterset.chosen else self.count

    @cached_property
    def address(self) -> Address:
        names = [*self.filterset.filters, "sort"]
        return Address(self.name, given(self.request.GET, names), self.as_at, self.parts)

    # Answers

    def answer(self, kind: str) -> HttpResponse:
        """The page, or one of its twins; 400 where the address asks for something that there is not."""
        answers: dict[str, Callable[[], HttpResponse]] = {HTML: self.as_html, CSV: self.as_csv, JSON: self.as_json}
        return answers[kind]()

    def as_json(self) -> HttpResponse:
        if self.mistakes:
            return refused_data(self.mistakes)
        following = self.address.twin(JSON, self.paging.next) if self.paging.next else None
        absolute = self.request.build_absolute_uri(following) if following else None
        rows = self.rows(self.keys[self.paging.slice])
        return json_page(rows, count=self.count, following=absolute)

    def as_csv(self) -> HttpResponse:
        if "page" in self.request.GET:
            self.mistakes["page"] = ["The file holds every row: leave this out"]
        if self.mistakes:
            return refused_data(self.mistakes)
        name = self.name if self.as_at.is_today else f"{self.name}-{self.day}"
        return csv_file(self.rows(self.keys), columns=self.columns, name=name)

    def as_html(self) -> HttpResponse:
        if self.mistakes:
            return render(self.request, self.template, self._refused(), status=400)
        shown = self.context(self.keys[self.paging.slice])
        return render(self.request, self.template, {**self._around(), **shown})

    def _around(self) -> dict[str, Any]:
        """What stands around the rows, and the address of everything it leads to."""
        sort = self.request.GET.get("sort", "")
        chips = panel.chips(self.filterset, self.address)
        return {
            "nav": self.name,
            "action": reverse(self.name, args=self.parts),
            "listing": self,
            "chips": chips,
            "clear_url": self.address.bare() if chips else "",
            "orders": panel.orders(self.offered, self.sorts, self.chosen_sort, self.usual, self.address),
            "pagination": panel.pagination(self.paging, self.address),
            "csv_url": self.address.twin(CSV),
            "json_url": self.address.twin(JSON),
            "form": panel.dressed_form(self.filterset, self.filterset.counts(), sort),
        }

    def _refused(self) -> dict[str, Any]:
        """A page with no rows that says what is wrong, and with which parameter."""
        form = panel.dressed_form(self.filterset, {}, "")
        name_mistakes(form, self.mistakes)
        return {
            "nav": self.name,
            "action": reverse(self.name, args=self.parts),
            "form": form,
            "clear_url": self.address.bare(),
        }


def in_order(things: Iterable[Any], keys: Sequence[int]) -> list[Any]:
    """The things in the order of their ids."""
    by_key = {thing.pk: thing for thing in things}
    return [by_key[key] for key in keys if key in by_key]


def list_paths(name: str, view: Callable[..., HttpResponse], *, under: str = "") -> list[URLPattern]:
    """The addresses of a list: /name/, /name.csv and /name.json, or /under/name/. The view takes `kind`."""
    return [
        path(f"{under}{name}/", view, {"kind": HTML}, name=name),
        path(f"{under}{name}.csv", view, {"kind": CSV}, name=f"{name}-csv"),
        path(f"{under}{name}.json", view, {"kind": JSON}, name=f"{name}-json"),
    ]
