"""The lists of councils and of the bodies that speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from councils.filters import CouncilFilters, OrganisationFilters
from councils.listed import CURRENT, NONE, STALE, TILE, Group, Listed, by_region, listed, tiles
from councils.models import Council
from councils.rows import COUNCIL_COLUMNS, ORGANISATION_COLUMNS, Row, council_rows, organisation_row
from pillars.models import Organisation
from reforms.base.lists import ListPage, Sort, in_order

KEYS = ((CURRENT, "Published, current"), (STALE, "Published, some of it stale"), (NONE, "None recorded here"))


class CouncilList(ListPage):
    """The councils that existed on the day, by region; all of them fit on one page."""

    name = "councils"
    template = "councils/councils.html"
    filters = CouncilFilters
    columns = COUNCIL_COLUMNS
    ties = ("organisation__name", "pk")
    sorts = (
        Sort("region", ("region__name",), "region", "region, last first"),
        Sort("name", ("organisation__name",), "name", "name, last first"),
    )
    offered = ("region", "name")
    size = 200

    def everything(self) -> QuerySet:
        return Council.objects.known(on=self.day)

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return council_rows(keys, as_at=self.as_at)

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        rows = listed(keys, on=self.day)
        is_by_region = self.chosen_sort.sort.name == "region"
        return {"groups": by_region(rows) if is_by_region else [Group("", rows)], "map": _map(rows)}


def _map(rows: Sequence[Listed]) -> dict[str, Any]:
    """The tiles of the councils listed, on a map of England, and how many are in each state."""
    ends = Council.objects.aggregate(row=Max("tile_row"), column=Max("tile_column"))
    counts = Counter(row.state for row in rows)
    return {
        "tiles": tiles(rows),
        "width": ((ends["column"] or 0) + 1) * TILE,
        "height": ((ends["row"] or 0) + 1) * TILE,
        "keys": [{"state": state, "words": words, "count": counts[state]} for state, words in KEYS],
    }


class OrganisationList(ListPage):
    """The bodies whose views were known by the day, those who say most first."""

    name = "organisations"
    template = "councils/organisations.html"
    filters = OrganisationFilters
    columns = ORGANISATION_COLUMNS
    ties = ("name", "pk")
    sorts = (
        Sort("views", ("known_views",), "fewest views first", "most views first"),
        Sort("name", ("name",), "name", "name, last first"),
    )
    offered = ("-views", "name")

    def everything(self) -> QuerySet:
        known = Count("views", filter=Q(views__known_on__lte=self.day))
        return Organisation.objects.annotate(known_views=known).filter(known_views__gt=0)

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [organisation_row(each) for each in self._load(keys)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        return {"organisations": self._load(keys)}

    def _load(self, keys: Sequence[int]) -> list[Organisation]:
        return in_order(self.everything().filter(pk__in=keys), keys)
