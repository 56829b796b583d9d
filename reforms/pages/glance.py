"""The pillars of a programme at a glance: counts by state, and the money that sources name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pillars.ledger import Entry
from pillars.models import Pillar, Programme
from reforms.pages.counts import Counts, count_outcomes, sum_counts
from reforms.pages.money import NamedMoney, named_money


@dataclass(frozen=True)
class PillarGlance:
    pillar: Pillar
    counts: Counts
    money: NamedMoney


@dataclass(frozen=True)
class Glance:
    """Every pillar, and all of them together."""

    pillars: list[PillarGlance]
    counts: Counts
    money: NamedMoney


def by_pillar(programme: Programme, rows: list[Entry], *, on: date) -> Glance:
    """What the rows of a programme come to, pillar by pillar."""
    pillars = []
    for pillar in programme.pillars.known(on=on).select_related("programme"):
        own = [row for row in rows if row.commitment.pillar_id == pillar.pk]
        pillars.append(PillarGlance(pillar, count_outcomes(own), named_money(own)))
    in_pillars = [row for row in rows if row.commitment.pillar_id is not None]
    return Glance(pillars, sum_counts(each.counts for each in pillars), named_money(in_pillars))
