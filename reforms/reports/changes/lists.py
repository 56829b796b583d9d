"""The list of what changed, and its twins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from pillars.models import Programme
from reforms.alerts.feeds.told import Change, ChangeKind
from reforms.base.lists import ListPage, Sort
from reforms.base.lists.twins import Row
from reforms.reports.changes.addresses import changes_url, feed_query
from reforms.reports.changes.filters import ChangeFilters
from reforms.reports.changes.kinds import AREAS, HEADINGS


@dataclass(frozen=True)
class Tally:
    """How much there is of one kind, and where it is listed alone; no address where there is none.

    Without a count it is listed apart from the rest.
    """

    heading: str
    count: int | None
    url: str


@dataclass(frozen=True)
class Group:
    """Changes of one kind on this page, and how many there are on all pages."""

    heading: str
    count: int
    changes: list[Change]


class ChangesList(ListPage):
    """What changed since a day, kind by kind. Ids are places: nothing of it is a stored row."""

    name = "changes"
    template = "reports/changes/changes.html"
    filters = ChangeFilters
    filterset: ChangeFilters
    columns = ("kind", "reference", "day", "title", "summary", "path")
    sorts = (Sort("kind", ("kind",), "kind, newest first"),)
    ties = ()

    def everything(self) -> QuerySet:
        """No rows: what changed is worked out."""
        return Programme.objects.none()

    @cached_property
    def total(self) -> int:
        return sum(self.filterset.news.counts.values())

    def arranged(self) -> list[int]:
        counts = self.filterset.news.counts
        places = list(range(sum(counts[kind] for kind in self.filterset.kinds)))
        return places[::-1] if self.chosen_sort.is_reversed else places

    def _changes(self, keys: Sequence[int]) -> list[Change]:
        return self.filterset.news.at(keys, self.filterset.kinds)

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [self._row(change) for change in self._changes(keys)]

    def _row(self, change: Change) -> Row:
        own = {name: getattr(change, name) for name in self.columns}
        return own | {"kind": change.kind.value, "day": change.day.isoformat()}

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        counts = self.filterset.news.counts
        by_kind = groupby(self._changes(keys), key=lambda change: change.kind)
        return {
            "since": self.filterset.first_day,
            "groups": [Group(HEADINGS[kind], counts[kind], list(own)) for kind, own in by_kind],
            "areas": [(area.heading, [self._tally(kind) for kind in area.kinds]) for area in AREAS],
            "feed_query": feed_query(self.filterset.about),
        }

    def _tally(self, kind: ChangeKind) -> Tally:
        count = self.filterset.news.counts.get(kind)
        return Tally(HEADINGS[kind], count, "" if count == 0 else self._alone(kind))

    def _alone(self, kind: ChangeKind) -> str:
        """This page with one kind alone. The day is said, so that the link means the same tomorrow."""
        return changes_url(self.filterset.about, since=self.filterset.first_day, as_at=self.as_at, kind=kind)
