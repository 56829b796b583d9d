"""How the lists of councils and of bodies may be filtered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, cast

from django.db.models import Q, QuerySet

from councils.models import Council, Region
from councils.taking_part import Place, places
from pillars.models import Organisation, Pilot
from reforms.base.filters import Facet, ManyFacet, StrictFilterSet, WordsFilter


class CouncilNameFilter(WordsFilter):
    """By any of its names, or by those of an abolished council that it followed: people still look for Cumbria."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        if not value:
            return queryset
        abolished = super().filter(Council.objects.filter(ends_on__isnull=False).order_by(), value)
        followed = Council.successors.through.objects.filter(from_council__in=abolished.values("pk"))
        named = super().filter(queryset, value)
        return queryset.filter(Q(pk__in=named.values("pk")) | Q(pk__in=followed.values("to_council")))


class PilotFacet(ManyFacet):
    """Any of several pilots, whatever is known of a council there: that it asked, was chosen or left."""

    @property
    def places(self) -> list[Place]:
        """What the filters have asked for once, for choices, counts and rows alike."""
        return cast("CouncilFilters", self.parent).places

    def pairs(self, queryset: QuerySet) -> Iterable[tuple[Any, Any]]:
        return self.places

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.filter(pk__in={place.council for place in self.places if place.pilot in value})


class CouncilFilters(StrictFilterSet):
    q = CouncilNameFilter(label="Council name", columns=("organisation__name", "full_name", "other_names"))
    region = Facet("region__slug", label="Region", chip="{value}")
    type = Facet("type", label="Type", chip="{value}", choices=Council.Type.choices)
    pilot = PilotFacet(label="Pathfinder or pilot", chip="{value}", hides_empty=True)

    @cached_property
    def regions(self) -> list[Region]:
        return list(Region.objects.select_related("alliance"))

    @cached_property
    def places(self) -> list[Place]:
        return places(on=self.on)

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        pilots = Pilot.objects.known(on=self.on).filter(commitment__known_on__lte=self.on)
        return {
            "region": [(region.slug, region.name) for region in self.regions],
            "pilot": list(pilots.order_by("title").values_list("slug", "title")),
        }


class OrganisationFilters(StrictFilterSet):
    q = WordsFilter(label="Name", columns=("name", "short_name"))
    kind = Facet("kind", label="Kind", chip="{value}", choices=Organisation.Kind.choices, hides_empty=True)
