"""How far every council has come with each programme, in states and days: no word of what any of them writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max

from councils.models import Council, Edit, PositionVersion
from councils.progress import STANDING
from councils.staleness_in_sql import stale_positions

State = PositionVersion.State


@dataclass
class Row:
    """One body on one programme: how many positions are in each state, and its newest days."""

    organisation: str
    slug: str
    programme: str
    counts: dict[str, int] = field(default_factory=dict)
    stale: int = 0
    published_on: date | None = None
    saved_at: datetime | None = None

    @property
    def published(self) -> int:
        return self.counts.get(State.PUBLISHED, 0)

    @property
    def draft(self) -> int:
        return self.counts.get(State.DRAFT, 0)

    @property
    def submitted(self) -> int:
        return self.counts.get(State.SUBMITTED, 0)

    @property
    def returned(self) -> int:
        return self.counts.get(State.RETURNED, 0)


@dataclass
class Overview:
    """The rows of bodies with anything, and how many councils have nothing."""

    rows: list[Row]
    without: int


def overview(*, on: date, region: str = "", state: str = "") -> Overview:
    """Every body that has something in any state, by name: four questions, whatever there is."""
    councils = Council.objects.known(on=on)
    within = councils.filter(region__slug=region) if region else councils
    keys = set(within.values_list("organisation", flat=True))
    rows = _rows(keys if region else None)
    _add_saves(rows)
    _add_stale(rows.values(), on=on)
    begun = {organisation for organisation, _programme in rows}
    shown = [row for row in rows.values() if not state or row.counts.get(state)]
    return Overview(sorted(shown, key=lambda row: (row.organisation, row.programme)), len(keys - begun))


Key = tuple[int, int]


def _rows(within: set[int] | None) -> dict[Key, Row]:
    versions = PositionVersion.objects.filter(state__in=STANDING)
    if within is not None:
        versions = versions.filter(position__organisation__in=within)
    names = ("position__organisation", "position__programme", "position__organisation__name")
    columns: Any = (*names, "position__organisation__slug", "position__programme__title", "state")
    found: dict[Key, Row] = {}
    counted = versions.order_by().values_list(*columns).annotate(count=Count("pk"), last=Max("published_on"))
    for organisation, programme, name, slug, title, state, count, last in counted:
        row = found.setdefault((organisation, programme), Row(name, slug, title))
        row.counts[state] = count
        row.published_on = max(filter(None, (row.published_on, last)), default=None)
    return found


def _add_saves(rows: dict[Key, Row]) -> None:
    columns = ("version__position__organisation", "version__position__programme")
    for organisation, programme, last in Edit.objects.order_by().values_list(*columns).annotate(last=Max("at")):
        if row := rows.get((organisation, programme)):
            row.saved_at = last


def _add_stale(rows: Iterable[Row], *, on: date) -> None:
    by_place = {(row.slug, row.programme): row for row in rows}
    for each in stale_positions(on=on):
        if row := by_place.get((each.organisation, each.programme_title)):
            row.stale += 1
