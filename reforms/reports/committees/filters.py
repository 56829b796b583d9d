"""How the list of committees, and that of what one asked for, may be filtered."""

from __future__ import annotations

from reforms.base.filters import DayFilter, Facet, StrictFilterSet, WordsFilter
from reforms.reports.committees.due import State


class CommitteeFilters(StrictFilterSet):
    q = WordsFilter(label="Committee or organisation", columns=("name", "organisation__name"))
    organisation = Facet("organisation__slug", label="Organisation", chip="{value}", hides_empty=True)

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        found = self.queryset.order_by("organisation__name").values_list("organisation__slug", "organisation__name")
        return {"organisation": list(found.distinct())}


class ActionFilters(StrictFilterSet):
    q = WordsFilter(label="Words in it", columns=("wording", "owner"))
    state = Facet("state", label="State", chip="{value}", choices=State.choices)
    meeting_from = DayFilter("meeting_on", lookup_expr="gte", label="Meeting on or after")
    meeting_to = DayFilter("meeting_on", lookup_expr="lte", label="Meeting on or before")
