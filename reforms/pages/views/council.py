"""One council: where it says it stands, its pilots and its timetable, its region and what is asked of every council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.models import Step
from councils import grounds, standing
from councils.models import Council, PositionVersion
from councils.models.councils import CouncilQuerySet
from councils.taking_part import known_participation
from pillars.models import Commitment, Pillar, Programme
from pillars.places import Places, places_of
from reforms.alerts.for_pages import by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.access import public_page
from reforms.base.as_at import FIRST_DAY, with_day
from reforms.base.requests import Request
from reforms.pages.for_council import asked_of, heard_in_region, promised
from reforms.pages.spoken import by_programme
from reforms.pages.steps import dated_steps
from reforms.pages.writing import writing_of

FLAGS_SHOWN = 5
"""Of one kind; the list of flags has the others."""


@public_page
def council(request: Request, slug: str) -> HttpResponse:
    day = request.as_at.day
    found = get_object_or_404(_related().exclude(starts_on__gt=day), organisation__slug=slug)
    if found.ends_on and found.ends_on < day:
        return _was_abolished(request, found)
    steps = Step.objects.visible_to(request.user).known(on=day).filter(organisation=found.organisation_id)
    taking_part = known_participation(on=day).filter(organisation=found.organisation_id)
    plans = list(Programme.objects.known(on=day))
    pillars = list(Pillar.objects.known(on=day).select_related("programme"))
    standings, places = _positions(found, plans, pillars, on=day)
    spoken_of = {each.version.position.programme_id for each in standings}
    flags = flags_for(on=day, organisation=slug)
    others = [flag for flag in flags if flag.kind != FlagKind.CONSULTATION_CLOSING]
    context = {
        "nav": "councils",
        "crumbs": [("Councils", reverse("councils"))],
        "caption": f"Council, {found.region.name}",
        "council": found,
        "before": found.predecessors.select_related("organisation") if found.starts_on else [],
        "citations": places.of(found),
        "alliance": found.region.alliance if found.region.known_on <= day else None,
        "alliance_citations": places.of(found.region),
        "heard_in_region": heard_in_region(found, on=day),
        "asked": asked_of(request, found),
        "region_url": _region_url(found),
        "promised": promised([plan for plan in plans if plan.pk not in spoken_of], pillars, on=day),
        "programmes": by_programme(standings, pillars),
        "participation": taking_part.select_related("pilot__commitment").with_citations(on=day),
        "steps": dated_steps(steps.with_citations(on=day), on=day),
        "timeline_url": reverse("timeline"),
        "closing": [flag for flag in flags if flag.kind == FlagKind.CONSULTATION_CLOSING],
        "flag_groups": by_kind(others, most=FLAGS_SHOWN),
        "plans": plans,
        "writing": writing_of(request, found.organisation, plans, pillars),
    }
    return render(request, "pages/council.html", context)


def _positions(
    found: Council, plans: Sequence[Programme], pillars: Sequence[Pillar], *, on: date
) -> tuple[list[standing.Standing], Places]:
    """Where the council stands, and the places that it, the council and its region rest on."""
    versions = PositionVersion.objects.public(on=on).filter(position__organisation=found.organisation_id)
    standings = standing.standings(versions, on=on, is_cited=False, is_brief=True)
    keys = [each.version.position.commitment_id for each in standings if each.version.position.commitment_id]
    commitments = list(Commitment.objects.known(on=on).filter(pk__in=keys).order_by())
    # Nothing is said of a commitment before the day on which it became known.
    known = {None, *(each.pk for each in commitments)}
    standings = [each for each in standings if each.version.position.commitment_id in known]
    standing.place(
        standings, organisations=[found.organisation], programmes=plans, pillars=pillars, commitments=commitments
    )
    grounds.give_grounds(standings, on=on)
    shown = [each.version for each in standings]
    places = places_of([found], [found.region], shown, grounds.impacts_of(standings), on=on)
    standing.cite(standings, places)
    return standings, places


def _was_abolished(request: Request, ended: Council) -> HttpResponse:
    """That it is no more, which councils its area belongs to, and the way to its own last day."""
    last_day = ended.ends_on
    context = {
        "nav": "councils",
        "crumbs": [("Councils", reverse("councils"))],
        "caption": f"Abolished council, {ended.region.name}",
        "council": ended,
        "citations": places_of([ended], on=request.as_at.day).of(ended),
        "before": ended.predecessors.select_related("organisation"),
        "after": ended.successors.select_related("organisation"),
        "region_url": _region_url(ended),
        "last_day_url": with_day(ended.get_absolute_url(), last_day) if last_day and last_day >= FIRST_DAY else "",
    }
    return render(request, "pages/council_abolished.html", context)


def _region_url(council: Council) -> str:
    return f"{reverse('councils')}?region={council.region.slug}"


def find_council(request: Request, slug: str) -> Council:
    """The council that existed on the page's day, or 404."""
    return get_object_or_404(_related().known(on=request.as_at.day), organisation__slug=slug)


def _related() -> CouncilQuerySet:
    return Council.objects.select_related("organisation", "region__alliance")
