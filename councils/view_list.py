"""The list of what national and regional bodies say, as a page and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Case, QuerySet, When

from councils.models import View
from councils.shown_views import STANCES, ShownView, count_stances, known_views, shown
from councils.view_filters import ViewFilters
from pillars.models import Programme
from pillars.rows import citation_rows, known
from reforms.base.lists import ListPage, Sort, in_order
from reforms.base.lists.twins import Row

VIEW_COLUMNS = (
    "reference",
    "organisation",
    "number",
    "stance",
    "text",
    "words",
    "programme",
    "pillar",
    "mission",
    "about",
    "addressed_to",
    "for_place",
    "known_on",
    "citations",
)
HEADS: dict[str, Callable[[ShownView], str]] = {"body": lambda each: each.body, "stance": lambda each: each.stance}
"""Orders that keep views together under a head, and what the head says."""


@dataclass(frozen=True)
class Group:
    """Views under one head; without one where the order has none."""

    title: str
    views: Sequence[ShownView]
    is_one_body: bool = False


class ViewList(ListPage):
    name = "views"
    template = "councils/views.html"
    filters = ViewFilters
    columns = VIEW_COLUMNS
    ties = ("organisation__name", "organisation", "number")
    sorts = (
        Sort("body", ("organisation__name", "organisation"), "who says it", "who says it, last first"),
        Sort("stance", ("stance_order",), "stance", "stance, asks first"),
        Sort("known", ("known_on",), "oldest first", "newest first"),
    )
    offered = ("body", "stance", "-stance", "-known")

    def everything(self) -> QuerySet:
        orders = [When(stance=stance, then=number) for number, stance in enumerate(STANCES)]
        return View.objects.known(on=self.day).annotate(stance_order=Case(*orders))

    def arranged(self) -> list[int]:
        """In order; all that pass the filters are counted by stance, whatever page is shown."""
        ordered = self.chosen_sort.apply(self.filterset.narrowed(), self.ties)
        self.passing = list(ordered.only("stance"))
        return [view.pk for view in self.passing]

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [view_row(each, on=self.day) for each in self._load(keys)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        found = [shown(each, on=self.day) for each in self._load(keys)]
        return {"groups": _groups(found, self.chosen_sort.sort.name), "stances": count_stances(self.passing)}

    def _load(self, keys: Sequence[int]) -> list[View]:
        return in_order(known_views(on=self.day).filter(pk__in=keys), keys)


def _groups(found: Iterable[ShownView], order: str) -> list[Group]:
    if order not in HEADS:
        return [Group("", list(found))]
    return [Group(title, list(views), order == "body") for title, views in groupby(found, HEADS[order])]


def view_row(view: View, *, on: date) -> Row:
    """One view as data. `programme` is that of the whole which it names, if it names one."""
    programme, pillar, mission = _wholes(view, on=on)
    values = (
        view.reference,
        view.organisation.slug,
        view.number,
        view.stance,
        view.text,
        view.words or None,
        programme.slug if programme else None,
        pillar,
        mission,
        [each.reference for each in view.known_about],  # type: ignore[attr-defined]
        [each.slug for each in view.addressed_to.all()],
        view.for_place or None,
        view.known_on.isoformat(),
        citation_rows(view.citations.all()),
    )
    return dict(zip(VIEW_COLUMNS, values, strict=True))


def _wholes(view: View, *, on: date) -> tuple[Programme | None, int | None, int | None]:
    """The whole that it names: its programme, and the number of the pillar or the mission."""
    pillar, mission = known(view.pillar, on=on), known(view.mission, on=on)
    whole = pillar or mission
    programme = whole.programme if whole else known(view.programme, on=on)
    return programme, pillar.number if pillar else None, mission.number if mission else None
