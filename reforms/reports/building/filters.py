"""How the list of published reports may be filtered."""

from __future__ import annotations

from reforms.base.filters import Facet, StrictFilterSet, WordsFilter
from reforms.reports.layouts import Layout


class ReportFilters(StrictFilterSet):
    q = WordsFilter(label="Words", columns=("subject", "committee__name", "organisation__name"))
    organisation = Facet("organisation__slug", label="Organisation", chip="{value}", hides_empty=True)
    programme = Facet("programme__slug", label="Programme", chip="{value}", hides_empty=True)
    layout = Facet("layout", label="Layout", chip="{value}", choices=Layout.choices)

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        rows = self.queryset
        bodies = rows.order_by("organisation__name").values_list("organisation__slug", "organisation__name")
        plans = rows.order_by("programme__title").values_list("programme__slug", "programme__title")
        return {"organisation": list(bodies.distinct()), "programme": list(plans.distinct())}
