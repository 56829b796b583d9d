"""One council: where it says it stands, its pilots and its timetable, and what is asked of every council."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.models import Step
from councils import grounds, standing
from councils.models import Council, Participation, PositionVersion
from pillars.models import Citation, Commitment, Pillar, Programme
from pillars.places import places_of
from reforms.alerts.for_pages import by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.access import public_page
from reforms.base.formatting import date_in_words
from reforms.base.requests import Request
from reforms.pages.spoken import by_programme
from reforms.pages.steps import dated_steps

FLAGS_SHOWN = 5
"""Of one kind; the list of flags has the others."""


@public_page
def council(request: Request, slug: str) -> HttpResponse:
    day = request.as_at.day
    found = find_council(request, slug)
    steps = Step.objects.visible_to(request.user).known(on=day).filter(organisation=found.organisation_id)
    taking_part = Participation.objects.known(on=day).filter(organisation=found.organisation_id)
    plans = list(Programme.objects.known(on=day))
    pillars = list(Pillar.objects.known(on=day).select_related("programme"))
    standings, citations = _positions(found, plans, pillars, on=day)
    flags = flags_for(on=day, organisation=slug)
    others = [flag for flag in flags if flag.kind != FlagKind.CONSULTATION_CLOSING]
    context = {
        "nav": "councils",
        "crumbs": [("Councils", reverse("councils"))],
        "caption": f"Council, {found.region.name}",
        "lede": _lede(found),
        "council": found,
        "citations": citations,
        "programmes": by_programme(standings, pillars),
        "participation": taking_part.select_related("pilot__commitment").with_citations(on=day),
        "steps": dated_steps(steps.with_citations(on=day), on=day),
        "closing": [flag for flag in flags if flag.kind == FlagKind.CONSULTATION_CLOSING],
        "flag_groups": by_kind(others, most=FLAGS_SHOWN),
        "plans": plans,
    }
    return render(request, "pages/council.html", context)


def _positions(
    found: Council, plans: Sequence[Programme], pillars: Sequence[Pillar], *, on: date
) -> tuple[list[standing.Standing], list[Citation]]:
    """Where the council stands, and the places that say what kind of council it is."""
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
    places = places_of([found], [each.version for each in standings], grounds.impacts_of(standings), on=on)
    standing.cite(standings, places)
    return standings, places.of(found)


def _lede(council: Council) -> str:
    """What kind of council it is, since when, and what it was before."""
    words = [f"{council.get_type_display()}."]
    if council.starts_on:
        words.append(f"Formed {date_in_words(council.starts_on)}.")
    before = [each.name for each in council.predecessors.select_related("organisation")]
    if before:
        words.append(f"Before: {', '.join(before)}.")
    return " ".join(words)


def find_council(request: Request, slug: str) -> Council:
    """The council that existed on the page's day, or 404."""
    known = Council.objects.known(on=request.as_at.day).select_related("organisation", "region")
    return get_object_or_404(known, organisation__slug=slug)
