"""When a position needs attention: a flag for the organisation whose position it is.

stale   From the first day on which it is stale, for as long as it is so: until the organisation publishes another
        version, or withdraws this one. To end after 28 days would be to forget what has waited longest. Its date is
        that first day, so that a second reason does not make a second flag.

What stale means is decided in councils/staleness.py. There are tens of thousands of positions, so the database finds
those that are stale, and nothing is made of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef

from councils.models import PositionVersion
from councils.staleness_in_sql import StalePosition, lapsed_positions, stale_positions
from pillars.models import Organisation
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.base.addresses import address

SUBJECTS = "position"
COUNCIL = Organisation.Kind.COUNCIL.value


def stale_flags(on: date, organisations: Collection[str] | None) -> Iterator[FlagDue]:
    """A flag for each position that is stale on the day, in no order. One query."""
    return (_flag(found, on) for found in stale_positions(on=on, organisations=organisations))


def lapsed_days(after: date, until: date) -> Iterator[date]:
    """The day on which each position went stale that did so, and was replaced, between the two. One query."""
    return (found.since for found in lapsed_positions(after=after, until=until))


def holders(on: date) -> list[str]:
    """Slugs of the organisations that had published a position by the day. One query."""
    published = PositionVersion.objects.known(on=on).filter(published_on__lte=on)
    own = published.filter(position__organisation=OuterRef("pk"))
    return list(Organisation.objects.filter(Exists(own)).order_by("slug").values_list("slug", flat=True))


def _flag(found: StalePosition, on: date) -> FlagDue:
    return FlagDue(
        kind=FlagKind.POSITION_STALE,
        subject=f"{SUBJECTS}:{found.reference}",
        due_on=found.since,
        threshold=0,
        days=(on - found.since).days,
        reason=_sentence(found.reasons),
        title=f"{found.organisation_name}: {found.title}",
        url=_url(found),
        organisation=found.organisation,
    )


@lru_cache(maxsize=1024)
def _sentence(reasons: tuple[str, ...]) -> str:
    words = "; ".join(reasons)
    return f"{words[:1].upper()}{words[1:]}"


def _url(found: StalePosition) -> str:
    """Where the position can be read: on its council's page. Other bodies have none, so what it is on stands in."""
    if found.organisation_kind == COUNCIL:
        return f"{address('council', found.organisation)}#position-{found.position}"
    if found.commitment:
        return address("commitment", found.commitment)
    if found.pillar is not None:
        return address("pillar", found.programme, found.pillar)
    return address("programme", found.programme)
