"""The list of flags due on a day, and its twins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from reforms.alerts.due import NATIONAL, flags_due, in_order
from reforms.alerts.filters import FlagFilters
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.for_pages import by_kind
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag
from reforms.base.addresses import address
from reforms.base.lists import ListPage, Sort
from reforms.base.lists.twins import Row
from reforms.base.requests import Request


class FlagList(ListPage):
    """Flags about the whole country, unless others are asked for. Their ids are their places among those due."""

    name = "flags"
    template = "alerts/flags.html"
    filters = FlagFilters
    filterset: FlagFilters
    columns = ("kind", "subject", "organisation", "due_on", "threshold", "reason")
    sorts = (Sort("kind", ("kind",), "kind"),)
    ties = ()

    def __init__(self, request: Request) -> None:
        super().__init__(request)
        self.flags = in_order(flags_due(on=self.day, organisations=self.filterset.organisations))
        self.filterset.flags = self.flags

    def everything(self) -> QuerySet:
        """No rows: what is due is worked out, and never read from the table of what was raised."""
        return Flag.objects.none()

    @cached_property
    def total(self) -> int:
        return len(self.flags)

    def arranged(self) -> list[int]:
        passing = {flag.key for flag in self.filterset.narrowed()}
        places = [place for place, flag in enumerate(self.flags) if flag.key in passing]
        return places[::-1] if self.chosen_sort.is_reversed else places

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [self._row(self.flags[key]) for key in keys]

    def _row(self, flag: FlagDue) -> Row:
        return {name: getattr(flag, name) for name in self.columns} | {"due_on": flag.due_on.isoformat()}

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        groups = by_kind(self.flags[key] for key in keys)
        stale_url = f"{address(self.name)}?kind={FlagKind.POSITION_STALE.value}"
        return {"groups": groups, "stale_url": stale_url if self.filterset.organisations == NATIONAL else ""}
