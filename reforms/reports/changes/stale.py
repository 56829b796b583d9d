"""Positions that went stale between two days and still are."""

from __future__ import annotations

from councils.staleness_in_sql import StalePosition, stale_positions
from pillars.models import Commitment, Organisation
from reforms.alerts.feeds.position_changes import position_place
from reforms.alerts.feeds.told import Asked, Change, ChangeKind, Window, start_of


def gone_stale(asked: Asked, window: Window) -> list[StalePosition]:
    """The newest first. One query, or two where pillars are asked for; of what is stale no more than a row is kept."""
    if asked.consultation:
        return []
    on_parts = _on_parts(asked)
    found = stale_positions(on=window.day, organisations=[asked.council] if asked.council else None)
    wanted = [each for each in found if window.has(each.since) and _is_on(each, asked, on_parts)]
    return sorted(wanted, key=lambda each: (each.since, each.reference), reverse=True)


def _on_parts(asked: Asked) -> frozenset[str]:
    """The commitments of the pillars: a position may be on one of them."""
    if not asked.pillars:
        return frozenset()
    found = Commitment.objects.filter(programme__slug=asked.programme, pillar__number__in=asked.pillars)
    return frozenset(found.values_list("reference", flat=True))


def _is_on(found: StalePosition, asked: Asked, on_parts: frozenset[str]) -> bool:
    if asked.programme and found.programme != asked.programme:
        return False
    return not asked.pillars or found.pillar in asked.pillars or found.commitment in on_parts


def stale_change(found: StalePosition) -> Change:
    body = Organisation(slug=found.organisation, name=found.organisation_name, kind=found.organisation_kind)
    reasons = "; ".join(found.reasons)
    on_what = "" if found.title == found.programme_title else f"On {found.programme_title}. "
    said = f"{on_what}{reasons[:1].upper()}{reasons[1:]}."
    title = f"{body.name} on {found.title}: gone stale"
    path = position_place(body, found.position)
    return Change(ChangeKind.STALE, found.reference, start_of(found.since), title, said, path)
