"""What a council's page says besides its own words: its region, what councils were asked, what the plan promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q

from consultations.listed import Listed, listed
from consultations.models import Consultation, Response
from consultations.status import Status
from councils.models import Council, PositionVersion
from pillars.ledger import Entry, entries
from pillars.models import Commitment, Pillar, Programme
from pillars.timing import Timing
from reforms.base.requests import Request
from reforms.pages.counts import Counts, count_outcomes

COMING = (Timing.CLOSING, Timing.OPEN, Timing.AHEAD)
COMING_SHOWN = 5
"""Dates of the plan that are yet to pass; the timeline has the others."""
ASKED_SHOWN = 8
"""Consultations, the newest first; their list has the others."""
OPENED = (Status.CLOSING, Status.OPEN, Status.CLOSED)


# Its region


def heard_in_region(council: Council, *, on: date) -> list[Council]:
    """The other councils of its region of which a position could be read on the day: one query."""
    heard = PositionVersion.objects.public(on=on).values("position__organisation")
    others = Council.objects.known(on=on).filter(region=council.region_id, organisation__in=heard)
    return list(others.exclude(pk=council.pk).select_related("organisation"))


# Consultations


@dataclass(frozen=True)
class Asked:
    """A consultation that has opened, with the answer of the council and that of its alliance, where recorded."""

    row: Listed
    own: Response | None
    of_alliance: Response | None


def asked_of(request: Request, council: Council) -> list[Asked]:
    """The consultations that had opened by the day, the newest first: two queries."""
    known = Consultation.objects.known(on=request.as_at.day).select_related("promised_by")
    rows = [listed(each, as_at=request.as_at) for each in known]
    opened = sorted((row for row in rows if row.status in OPENED), key=_newest_first, reverse=True)[:ASKED_SHOWN]
    answers = _answers(request, council, [row.consultation.pk for row in opened])
    return [Asked(row, *answers[row.consultation.pk]) for row in opened]


def _newest_first(row: Listed) -> tuple[Any, ...]:
    found = row.consultation
    return (found.closes_at is None, found.closes_at or found.opens_at, found.slug)


def _answers(request: Request, council: Council, keys: Sequence[int]) -> dict[int, list[Response | None]]:
    """By consultation: the answer that the council gave or that was given for it, and the same of its alliance."""
    bodies = [council.organisation_id, council.region.alliance_id]
    given = Response.objects.visible_to(request.user).known(on=request.as_at.day).filter(consultation__in=keys)
    speaking = Q(organisation__in=filter(None, bodies)) | Q(on_behalf_of__in=filter(None, bodies))
    found: dict[int, list[Response | None]] = defaultdict(lambda: [None, None])
    for response in given.filter(speaking).select_related("consultation", "organisation", "on_behalf_of"):
        for place, body in enumerate(bodies):
            if body and body in (response.organisation_id, response.on_behalf_of_id):
                found[response.consultation_id][place] = response
    return found


# The plan


@dataclass(frozen=True)
class Promised:
    """What the nation promises: its pillars, each with counts of its commitments, and the next dates."""

    programme: Programme
    pillars: Sequence[tuple[Pillar, Counts]]
    coming: Sequence[Entry]


def promised(plans: Iterable[Programme], pillars: Iterable[Pillar], *, on: date) -> Promised | None:
    """Of the first strategy among the plans, if there is one: four queries."""
    plan = next((each for each in plans if each.kind == Programme.Kind.STRATEGY), None)
    if plan is None:
        return None
    own = [pillar for pillar in pillars if pillar.programme_id == plan.pk]
    given: dict[str, Sequence[Model]] = {"programme": [plan], "pillar": own}
    rows = entries(Commitment.objects.filter(programme=plan), on=on, is_cited=False, joined=(), given=given)
    counted = [(each, count_outcomes(row for row in rows if row.commitment.pillar_id == each.pk)) for each in own]
    return Promised(plan, counted, _coming(rows))


def _coming(rows: Iterable[Entry]) -> list[Entry]:
    """The promises with the nearest last days."""
    dated = [row for row in rows if row.timing in COMING and row.deciding]
    return sorted(dated, key=_nearest)[:COMING_SHOWN]


def _nearest(row: Entry) -> tuple[date, date, str]:
    earliest, latest = (row.deciding.earliest, row.deciding.latest) if row.deciding else (None, None)
    last = latest or date.max
    return (last, earliest or last, row.reference)
