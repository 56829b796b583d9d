"""The list of consultations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from consultations.filters import ConsultationFilters
from consultations.listed import by_status, listed
from consultations.models import Consultation
from consultations.querysets import with_status
from consultations.rows import CONSULTATION_COLUMNS, Row, consultation_row, load_consultations
from consultations.status import moment_of
from reforms.base.lists import ListPage, Sort


class ConsultationList(ListPage):
    """What is being asked and what was promised to be asked, the next to close first."""

    name = "consultations"
    template = "consultations/consultations.html"
    filters = ConsultationFilters
    columns = CONSULTATION_COLUMNS
    ties = ("slug",)
    sorts = (
        Sort("status", ("status_order", "closes_at", "opens_latest"), "next to close", "last to close"),
        Sort("closes", ("closes_at",), "closing date", "closing date, last first"),
        Sort("title", ("title",), "title", "title, last first"),
    )
    offered = ("status", "closes", "title")
    size = 100

    def everything(self) -> QuerySet:
        return with_status(Consultation.objects.known(on=self.day), at=moment_of(self.as_at))

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [consultation_row(each, as_at=self.as_at) for each in load_consultations(keys, as_at=self.as_at)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        rows = [listed(each, as_at=self.as_at) for each in load_consultations(keys, as_at=self.as_at)]
        return {"groups": by_status(rows) if self.chosen_sort.sort.name == "status" else [("", rows)]}
