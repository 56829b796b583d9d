"""Which positions are stale, the way one would first write it: position by position, each asked for what it holds.

Three questions for each position, as short as they can be: in no order, since Django would join four tables for theirs.
When the commitments changed is looked up once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from councils.models import Position, PositionVersion
from councils.staleness import Expiry, stale_reasons
from councils.staleness_in_sql import MOST_NAMED
from pillars.models import Deadline, FundingLine, ProgressUpdate, Verdict

Changes = dict[int, list[date]]
FACTS = {Deadline: "commitment", FundingLine: "commitment", ProgressUpdate: "commitment", Verdict: "recommendation"}
"""What changes a commitment, and the field that says which."""


def stale_row_by_row(keys: Sequence[int], *, on: date) -> dict[str, list[str]]:
    """The references of the stale among these positions, with the reasons."""
    changes = changes_by_commitment(on=on)
    found = {}
    for position in Position.objects.filter(pk__in=keys).select_related(
        "organisation", "programme", "pillar__programme", "commitment"
    ):
        if reasons := reasons_of(position, changes, on=on):
            found[position.reference] = reasons
    return found


def reasons_of(position: Position, changes: Changes, *, on: date) -> list[str]:
    """Why one position is stale on the day; empty while it is not, or where nothing is published."""
    published = PositionVersion.State.PUBLISHED
    version = next(iter(position.versions.filter(state=published, published_on__lte=on).order_by()), None)
    if version is None:
        return []
    expiries = [Expiry(claim.text, claim.stale_on) for claim in version.claims.order_by() if claim.stale_on]
    covered = {*version.covers.order_by(), *filter(None, [position.commitment])}
    since = version.published_on or on
    changed = sorted(each.reference for each in covered if any(day > since for day in changes[each.pk]))
    return stale_reasons(review_on=version.review_on, expiries=expiries, changed=changed, on=on, most_named=MOST_NAMED)


def changes_by_commitment(*, on: date) -> Changes:
    """The days up to `on` on which something about a commitment, or about a part of it, became known."""
    days: Changes = defaultdict(list)
    for model, name in FACTS.items():
        known = model.objects.known(on=on).exclude(**{name: None})
        for *commitments, known_on in known.values_list(name, f"{name}__parent", "known_on"):
            for commitment in filter(None, commitments):
                days[commitment].append(known_on)
    for line in FundingLine.objects.known(on=on).prefetch_related("also_funds"):
        for commitment in line.also_funds.all():
            days[commitment.pk].append(line.known_on)
    return days
