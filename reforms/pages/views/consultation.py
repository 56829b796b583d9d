"""One consultation: what it asks, when it closes, and how councils are getting ready to answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.models import Consultation, Response, Step
from consultations.rows import without_later_moments
from consultations.status import status_of
from pillars.ledger import entries
from pillars.models import Commitment, Organisation, Pillar, Programme
from reforms.alerts.for_pages import by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.access import public_page
from reforms.base.formatting import moment_in_words, window_in_words
from reforms.base.requests import Request
from reforms.pages.steps import DatedStep, dated_steps


@public_page
def consultation(request: Request, slug: str) -> HttpResponse:
    day = request.as_at.day
    steps = Step.objects.visible_to(request.user).known(on=day).select_related("organisation").with_citations(on=day)
    known = (
        Consultation.objects.known(on=day).select_related("owner", "programme", "promised_by").with_citations(on=day)
    )
    found = get_object_or_404(known.prefetch_related(Prefetch("steps", steps)), slug=slug)
    found = without_later_moments(found, as_at=request.as_at)
    about = Commitment.objects.filter(pk__in=found.about.values("pk"))
    flags = flags_for(on=day, subjects=[f"consultation:{found.slug}"])
    context = {
        "nav": "consultations",
        "crumbs": [("Consultations", reverse("consultations"))],
        "caption": f"Consultation, {found.owner.name}",
        "consultation": found,
        "promised_by": _if_known(found.promised_by, on=day),
        "programme": _if_known(found.programme, on=day),
        "opens_means": window_in_words(found.opens_earliest, found.opens_latest),
        "status_words": status_of(found, as_at=request.as_at).label,
        "about": entries(about, on=day),
        "closes_words": f"Closes {moment_in_words(found.closes_at)}" if found.closes_at else "",
        "is_whole": _asks_about_the_whole(found, on=day),
        "pillars": _pillars(found, on=day),
        "responses": _responses(request, found),
        "timetables": _timetables(found.steps.all(), on=day),
        "closing": next((flag for flag in flags if flag.kind == FlagKind.CONSULTATION_CLOSING), None),
        "flag_groups": by_kind(flag for flag in flags if flag.kind != FlagKind.CONSULTATION_CLOSING),
    }
    return render(request, "pages/consultation.html", context)


def _if_known(fact: Commitment | Programme | None, *, on: date) -> Commitment | Programme | None:
    """What the consultation belongs to, unless that became known only after the day."""
    return fact if fact and fact.known_on <= on else None


def _asks_about_the_whole(consultation: Consultation, *, on: date) -> bool:
    """Whether it is on all of its programme: no one commitment of it promised to ask."""
    return _if_known(consultation.programme, on=on) is not None and consultation.promised_by_id is None


def _responses(request: Request, consultation: Consultation) -> QuerySet[Response]:
    """The responses that the person may read, of those known by the day."""
    known = Response.objects.visible_to(request.user).known(on=request.as_at.day).filter(consultation=consultation)
    return known.select_related("consultation", "organisation", "on_behalf_of")


def _timetables(steps: Iterable[Step], *, on: date) -> list[tuple[Organisation, list[DatedStep]]]:
    """Each organisation's steps towards its answer."""
    groups = groupby(steps, key=lambda step: step.organisation)
    return [(organisation, dated_steps(group, on=on)) for organisation, group in groups]


def _pillars(consultation: Consultation, *, on: date) -> list[Pillar]:
    """The pillars of the programme that is asked about."""
    if consultation.programme is None:
        return []
    return list(consultation.programme.pillars.known(on=on).select_related("programme"))
