"""Councils and the bodies that speak, as data: the rows of .csv and .json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from django.db.models import F

from councils.models import Council, PositionVersion
from councils.taking_part import Taken, by_organisation, last_said
from pillars.models import Citation
from pillars.places import places_of
from pillars.rows import citation_rows, iso
from reforms.base.as_at import AsAt
from reforms.base.lists.twins import Row

COUNCIL_COLUMNS = (
    "slug",
    "name",
    "full_name",
    "type",
    "region",
    "alliance",
    "alliance_basis",
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
    "pilots",
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


class Link(NamedTuple):
    """One council, and one that followed it."""

    old: int
    old_slug: str
    new: int
    new_slug: str


Links: TypeAlias = list[Link]


def council_rows(councils: Sequence[Any], *, as_at: AsAt) -> list[Row]:
    """These councils, each with its organisation and region, in this order: a fixed number of queries."""
    bodies = [council.organisation_id for council in councils]
    positions, facts = _positions(bodies, as_at=as_at), last_said(bodies, on=as_at.day)
    places = places_of(councils, facts, on=as_at.day)
    links, pilots = _links(), by_organisation(facts, places)
    return [
        council_row(
            council,
            links,
            positions.get(council.organisation_id, []),
            pilots.get(council.organisation_id, []),
            places.of(council),
            as_at=as_at,
        )
        for council in councils
    ]


def _links() -> Links:
    """Each council that was followed by another: few were."""
    ends = ("from_council", "from_council__organisation__slug", "to_council", "to_council__organisation__slug")
    found = Council.successors.through.objects.order_by(ends[1], ends[3]).values_list(*ends)
    return [Link(*each) for each in found]


def council_row(
    council: Any,
    links: Links,
    positions: list[Row],
    pilots: Sequence[Taken],
    citations: Sequence[Citation],
    *,
    as_at: AsAt,
) -> Row:
    """One council. What became of it later, and its later code, are told for today only."""
    is_today = as_at.is_today
    region = council.region
    alliance = region.alliance if region.known_on <= as_at.day else None
    values = (
        council.slug,
        council.name,
        council.full_name,
        council.type,
        region.slug,
        alliance.slug if alliance else None,
        region.alliance_basis if alliance else None,
        council.gss_code,
        council.later_gss_code or None if is_today else None,
        council.dfe_number or None,
        council.short_code or None,
        iso(council.starts_on),
        iso(council.ends_on) if is_today else None,
        council.other_names,
        [link.old_slug for link in links if link.new == council.pk],
        [link.new_slug for link in links if link.old == council.pk] if is_today else [],
        council.note or None,
        positions,
        [_pilot_row(each) for each in pilots],
        citation_rows(citations),
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


def _pilot_row(each: Taken) -> Row:
    """Where it stands in one pilot; the wave is that a source names."""
    return {
        "pilot": each.pilot_slug,
        "wave": each.wave.number if each.wave else None,
        "status": each.status,
        "said_on": iso(each.fact.said_on),
        "citations": citation_rows(each.citations),
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
