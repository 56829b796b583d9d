"""How the list of consultations may be filtered."""

from __future__ import annotations

from django.db.models import QuerySet

from consultations.querysets import closing_within
from consultations.status import Status, moment_of
from reforms.base.filters import Facet, NumberFilter, StrictFilterSet

MOST_DAYS = 366


class ClosesWithin(NumberFilter):
    """Open ones that close within so many days."""

    def filter(self, queryset: QuerySet, value: int | None) -> QuerySet:
        return queryset if value is None else closing_within(queryset, value, at=moment_of(self.parent.as_at))


class ConsultationFilters(StrictFilterSet):
    status = Facet("status", label="Status", chip="{value}", choices=Status.choices)
    closes_within = ClosesWithin(label="Closes within", help_text="Days from the day of the page", most=MOST_DAYS)
