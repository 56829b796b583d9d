"""The lists of councils and of the bodies that speak."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, cast

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from councils.filters import CouncilFilters, OrganisationFilters
from councils.listed import Group, by_region, listed
from councils.matrix import matrix
from councils.models import Council, Region
from councils.rows import COUNCIL_COLUMNS, ORGANISATION_COLUMNS, Row, council_rows, organisation_row
from councils.tile_map import OF_PILOTS, OF_POSITIONS, tile_map
from pillars.models import Citation, Organisation
from reforms.base.lists import ListPage, Sort, in_order
from reforms.base.sharing import shared


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
        return council_rows(in_order(self.england, keys), as_at=self.as_at)

    @cached_property
    def england(self) -> list[Council]:
        """Every council of the day: those that filters leave out are on the map too."""
        regions = cast(CouncilFilters, self.filterset).regions
        return shared(self.everything().order_by(), ("organisation",), given={"region": regions})

    @cached_property
    def total(self) -> int:
        return len(self.england)

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        pilots = self.filterset.chosen.get("pilot", [])
        rows = listed(in_order(self.england, keys), on=self.day, pilots=pilots)
        is_by_region = self.chosen_sort.sort.name == "region"
        shown = {row.council.pk: row.shown for row in rows}
        return {
            "groups": by_region(rows) if is_by_region else [Group("", rows)],
            "map": tile_map(self.england, shown, OF_PILOTS if pilots else OF_POSITIONS),
            "alliances": self._alliances(),
            "of_pilots": bool(pilots),
        }

    def _alliances(self) -> list[Region]:
        """The regions asked for, each with its alliance and the places that tell of it, where any was known."""
        chosen = self.filterset.chosen.get("region", [])
        regions = cast(CouncilFilters, self.filterset).regions
        found = [each for each in regions if each.slug in chosen and each.alliance and each.known_on <= self.day]
        prefetch_related_objects(found, Prefetch("citations", Citation.objects.known(on=self.day)))
        return found


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
        found = self._load(keys)
        return {"nav": "views", "organisations": found, "matrix": matrix(found, on=self.day)}

    def _load(self, keys: Sequence[int]) -> list[Organisation]:
        return in_order(self.everything().filter(pk__in=keys), keys)
