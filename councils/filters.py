"""How the lists of councils and of bodies may be filtered."""

from __future__ import annotations

from councils.models import Council, Region
from pillars.models import Organisation
from reforms.base.filters import Facet, StrictFilterSet, WordsFilter


class CouncilFilters(StrictFilterSet):
    q = WordsFilter(label="Council name", columns=("organisation__name", "full_name", "other_names"))
    region = Facet("region__slug", label="Region", chip="{value}")
    type = Facet("type", label="Type", chip="{value}", choices=Council.Type.choices)

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        return {"region": list(Region.objects.values_list("slug", "name"))}


class OrganisationFilters(StrictFilterSet):
    q = WordsFilter(label="Name", columns=("name", "short_name"))
    kind = Facet("kind", label="Kind", chip="{value}", choices=Organisation.Kind.choices, hides_empty=True)
