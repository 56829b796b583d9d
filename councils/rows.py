"""Councils and the bodies that speak, as data: the rows of .csv and .json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, Prefetch

from councils.models import Council, PositionVersion
from pillars.rows import citation_rows, iso
from reforms.base.as_at import AsAt
from reforms.base.lists import in_order
from reforms.base.lists.twins import Row

COUNCIL_COLUMNS = (
    "slug",
    "name",
    "full_name",
    "type",
    "region",
    "gss_code",
    "later_gss_code",
    "dfe_number",
    "short_code",
    "starts_on",
    "ends_on",
    "other_names",
    "predecessors",
    "successors",
    "note",
    "positions",
    "citations",
)
ORGANISATION_COLUMNS = ("slug", "name", "short_name", "kind", "views")
POSITION = (
    "position__programme__slug",
    "position__pillar__number",
    "position__commitment__reference",
    "published_on",
    "readiness",
)
"""What a row says of each position."""


def council_rows(keys: Sequence[int], *, as_at: AsAt) -> list[Row]:
    """The councils with these ids, in this order: a fixed number of queries."""
    others = Council.objects.select_related("organisation")
    related = [Prefetch(name, others, to_attr=f"known_{name}") for name in ("predecessors", "successors")]
    councils = Council.objects.filter(pk__in=keys).select_related("organisation", "region")
    loaded = in_order(councils.prefetch_related(*related).with_citations(on=as_at.day), keys)
    positions = _positions([council.organisation_id for council in loaded], as_at=as_at)
    return [council_row(council, positions.get(council.organisation_id, []), as_at=as_at) for council in loaded]


def council_row(council: Any, positions: list[Row], *, as_at: AsAt) -> Row:
    """One council. What became of it later, and its later code, are told for today only."""
    is_today = as_at.is_today
    values = (
        council.slug,
        council.name,
        council.full_name,
        council.type,
        council.region.slug,
        council.gss_code,
        council.later_gss_code or None if is_today else None,
        council.dfe_number or None,
        council.short_code or None,
        iso(council.starts_on),
        iso(council.ends_on) if is_today else None,
        council.other_names,
        [each.slug for each in council.known_predecessors],
        [each.slug for each in council.known_successors] if is_today else [],
        council.note or None,
        positions,
        citation_rows(council.citations.all()),
    )
    return dict(zip(COUNCIL_COLUMNS, values, strict=True))


def _positions(organisations: Sequence[int], *, as_at: AsAt) -> dict[int, list[Row]]:
    """The positions that anybody could read on the day, by organisation: as values, since there may be 34,000."""
    versions = PositionVersion.objects.public(on=as_at.day).filter(position__organisation__in=organisations)
    number = F("position__pillar__number").asc(nulls_first=True)
    found: dict[int, list[Row]] = {}
    for organisation, *values in versions.order_by("position__programme__number", number, "pk").values_list(
        "position__organisation", *POSITION
    ):
        found.setdefault(organisation, []).append(_position_row(*values))
    return found


def _position_row(
    programme: str, pillar: int | None, commitment: str | None, published_on: date | None, readiness: str
) -> Row:
    return {
        "programme": programme,
        "pillar": pillar,
        "commitment": commitment,
        "published_on": iso(published_on),
        "readiness": readiness,
    }


def organisation_row(organisation: Any) -> Row:
    """One body, with how many views of it were known by the day."""
    values = (
        organisation.slug,
        organisation.name,
        organisation.short_name or None,
        organisation.kind,
        organisation.known_views,
    )
    return dict(zip(ORGANISATION_COLUMNS, values, strict=True))
