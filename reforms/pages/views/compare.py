"""One council beside one programme, pillar by pillar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from councils import standing
from councils.models import Council, PositionVersion
from pillars import ledger
from pillars.ledger import Entry
from pillars.models import Pillar, Programme
from pillars.places import places_of
from reforms.base.access import public_page
from reforms.base.filters import StrictForm, name_mistakes
from reforms.base.requests import Request
from reforms.pages import beside
from reforms.pages.spoken import FEW
from reforms.pages.views.council import find_council
from reforms.pages.voices import Voice, voice_of


class GapsForm(StrictForm):
    """Everything, or only what the council leaves unanswered."""

    besides = ("as_at",)

    show = forms.ChoiceField(required=False, label="Show", choices=[("gaps", "Only gaps")])


@public_page
def compare(request: Request, slug: str, programme: str) -> HttpResponse:
    council = find_council(request, slug)
    plan, pillars = _plan(programme, on=request.as_at.day)
    form = GapsForm(request.GET)
    name_mistakes(form, form.mistakes)
    only_gaps = form.is_valid() and form.cleaned_data["show"] == "gaps"
    rows, standings = _side_by_side(council, plan, pillars, on=request.as_at.day) if pillars else ([], [])
    pairs = beside.compare(pillars, rows, standings, only_gaps=only_gaps)
    context = {
        "nav": "councils",
        "crumbs": [("Councils", reverse("councils")), (council.name, council.get_absolute_url())],
        "caption": f"{council.name} and {plan.title}",
        "heading": f"{council.name} beside {_called(plan)}",
        "council": council,
        "programme": plan,
        "form": form,
        "only_gaps": only_gaps,
        "is_recorded": any(pair.is_recorded for pair in pairs),
        "gaps_url": f"{request.path}?show=gaps",
        "whole": _on_the_whole(standings),
        "pairs": pairs,
        "singles_open": sum(len(pair.singles) for pair in pairs) <= FEW,
        "silence": f"No position of {council.name} on {plan.title} is recorded here by this day. "
        "That says nothing about its services. The plan stands below as it was promised to every council.",
        "empty_text": f"{plan.title} has no parts that a council is compared with.",
    }
    return render(request, "pages/compare.html", context, status=400 if form.errors else 200)


def _plan(slug: str, *, on: date) -> tuple[Programme, list[Pillar]]:
    """The programme and its pillars, or 404."""
    known = Pillar.objects.known(on=on).filter(programme__slug=slug, programme__known_on__lte=on)
    pillars = list(known.select_related("programme"))
    if pillars:
        return pillars[0].programme, pillars
    return get_object_or_404(Programme.objects.known(on=on), slug=slug), []


def _side_by_side(
    council: Council, plan: Programme, pillars: Sequence[Pillar], *, on: date
) -> tuple[list[Entry], list[standing.Standing]]:
    """What is promised and what the council says of it, with the places that all of it rests on."""
    given = {"programme": [plan], "pillar": pillars}
    rows = ledger.entries(plan.commitments.all(), on=on, is_cited=False, joined=(), given=given)
    own = {"position__organisation": council.organisation_id, "position__programme": plan}
    versions = PositionVersion.objects.public(on=on).filter(**own)
    standings = standing.standings(versions, on=on, is_cited=False, is_brief=True)
    commitments = [row.commitment for row in ledger.every(rows)]
    places = places_of(commitments, [each.version for each in standings], on=on)
    ledger.cite(rows, places)
    standing.cite(standings, places)
    standing.place(standings, organisations=[council.organisation], pillars=pillars, commitments=commitments)
    return rows, standings


def _on_the_whole(standings: Sequence[standing.Standing]) -> Voice | None:
    """The council's words on the programme as a whole."""
    for each in standings:
        position = each.version.position
        if position.pillar_id is None and position.commitment_id is None:
            return voice_of(each, title=f"{position.organisation.name} on the whole")
    return None


def _called(plan: Programme) -> str:
    """What a heading calls it: only the strategy is the national plan."""
    return "the national plan" if plan.kind == Programme.Kind.STRATEGY else plan.title
