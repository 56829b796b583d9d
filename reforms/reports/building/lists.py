"""The list of published reports, and its twins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from reforms.base.lists import ListPage, Sort, in_order
from reforms.base.lists.twins import Row
from reforms.reports.building.filters import ReportFilters
from reforms.reports.models import CommitteeReport

COLUMNS = (
    "organisation",
    "number",
    "committee",
    "subject",
    "layout",
    "programme",
    "meeting_on",
    "as_at",
    "published_on",
    "replaces",
    "digest",
    "address",
)


class ReportList(ListPage):
    """Every report that had been published by the day, the newest meeting first."""

    name = "reports"
    template = "reports/reports.html"
    filters = ReportFilters
    columns = COLUMNS
    ties = ("organisation__name", "-number", "pk")
    sorts = (
        Sort("meeting", ("meeting_on",), "meeting, earliest first", "meeting, latest first"),
        Sort("published", ("published_on",), "publication, earliest first", "publication, latest first"),
        Sort("organisation", ("organisation__name",), "organisation", "organisation, last first"),
    )
    offered = ("-meeting", "-published", "organisation")

    def everything(self) -> QuerySet:
        return CommitteeReport.objects.published().filter(published_on__lte=self.day)

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [self._row(each) for each in self._load(keys)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        return {"reports": self._load(keys), "newer": newer_of(keys, on=self.day)}

    def _load(self, keys: Sequence[int]) -> list[CommitteeReport]:
        related = ("organisation", "committee__organisation", "programme", "replaces__organisation")
        rows = self.everything().filter(pk__in=keys).select_related(*related).defer("frozen", "replaces__frozen")
        return in_order(rows, keys)

    def _row(self, report: CommitteeReport) -> Row:
        return {
            "organisation": report.organisation.slug,
            "number": report.number,
            "committee": report.committee.name,
            "subject": report.subject,
            "layout": report.layout,
            "programme": report.programme.slug,
            "meeting_on": report.meeting_on.isoformat(),
            "as_at": report.as_at.isoformat(),
            "published_on": report.published_on.isoformat() if report.published_on else None,
            "replaces": report.replaces.reference if report.replaces else None,
            "digest": report.digest,
            "address": self.request.build_absolute_uri(report.get_absolute_url()),
        }


def newer_of(keys: Sequence[int], *, on: date) -> set[int]:
    """Which of the reports a later one had taken the place of by the day."""
    later = CommitteeReport.objects.published().filter(replaces__in=keys, published_on__lte=on)
    return {key for key in later.order_by().values_list("replaces", flat=True) if key is not None}
