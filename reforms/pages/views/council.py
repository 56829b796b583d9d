"""One council: where it says it stands, its pilots and its timetable, and what is asked of every council."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.models import Step
from councils import standing
from councils.models import Council, Participation
from pillars.models import Programme
from reforms.alerts.for_pages import by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.access import public_page
from reforms.base.formatting import date_in_words
from reforms.base.requests import Request
from reforms.pages.beside import programmes_beside
from reforms.pages.steps import dated_steps
from reforms.pages.voices import Voice, voice_of


@public_page
def council(request: Request, slug: str) -> HttpResponse:
    day = request.as_at.day
    found = find_council(request, slug)
    organisation = found.organisation
    steps = Step.objects.visible_to(request.user).known(on=day).filter(organisation=organisation)
    taking_part = Participation.objects.known(on=day).filter(organisation=organisation)
    standings = standing.of_organisation(organisation.pk, on=day)
    flags = flags_for(on=day)
    context = {
        "nav": "councils",
        "crumbs": [("Councils", reverse("councils"))],
        "caption": f"Council, {found.region.name}",
        "lede": _lede(found),
        "council": found,
        "citations": found.citations.known(on=day),
        "programmes": [(plan, [_voice(each) for each in group]) for plan, group in programmes_beside(standings)],
        "participation": taking_part.select_related("pilot__commitment").with_citations(on=day),
        "steps": dated_steps(steps.with_citations(on=day), on=day),
        "closing": [flag for flag in flags if flag.kind == FlagKind.CONSULTATION_CLOSING],
        "flag_groups": by_kind(flag for flag in flags if flag.kind != FlagKind.CONSULTATION_CLOSING),
        "plans": Programme.objects.known(on=day).filter(pillars__known_on__lte=day).distinct(),
    }
    return render(request, "pages/council.html", context)


def _voice(each: standing.Standing) -> Voice:
    position = each.version.position
    subject = position.pillar or position.commitment or position.programme
    return voice_of(each, title=str(subject), anchor=f"position-{position.pk}", shows_all=True)


def _lede(council: Council) -> str:
    """What kind of council it is, since when, and what it was before."""
    words = [f"{council.get_type_display()}."]
    if council.starts_on:
        words.append(f"Formed {date_in_words(council.starts_on)}.")
    before = [each.name for each in council.predecessors.all()]
    if before:
        words.append(f"Before: {', '.join(before)}.")
    return " ".join(words)


def find_council(request: Request, slug: str) -> Council:
    """The council that existed on the page's day, or 404."""
    known = Council.objects.known(on=request.as_at.day).select_related("organisation", "region")
    return get_object_or_404(known.prefetch_related("predecessors__organisation"), organisation__slug=slug)
