"""One council beside one programme: pillar by pillar, or where it has none, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from councils import grounds, standing
from councils.models import Council, PositionVersion
from pillars import ledger
from pillars.ledger import Entry
from pillars.models import Commitment, Pillar, Programme
from pillars.places import places_of
from pillars.replies import reply_of
from reforms.base.access import public_page
from reforms.base.filters import StrictForm, name_mistakes
from reforms.base.prepared import Prepared
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.pages import beside
from reforms.pages.spoken import FEW
from reforms.pages.voices import Voice, voice_of

LEDE = "Everything it lists, and the council’s own published words on each. Nothing here is a score."
LEDES = {
    Programme.Kind.STRATEGY.value: "The plan on the left, the council’s own published words on the right. "
    "Nothing here is a score.",
    Programme.Kind.REVIEW.value: "What was recommended and what became of it on the left, the council’s own published "
    "words on the right. Nothing here is a score.",
}


COUNCIL: Prepared[Council] = Prepared(
    lambda on, slug: Council.objects.known(on=on).filter(organisation__slug=slug),
    sets=0,
    has_word=True,
    names=("organisation",),
)
"""The council that existed on the page's day."""
PILLARS: Prepared[Pillar] = Prepared(
    lambda on, slug: Pillar.objects.known(on=on).filter(programme__slug=slug, programme__known_on__lte=on),
    sets=0,
    has_word=True,
    names=("programme",),
)


class GapsForm(StrictForm):
    """Everything, or only what the council leaves unanswered."""

    besides = ("as_at",)

    show = forms.ChoiceField(required=False, label="Show", choices=[("gaps", "Only gaps")])


@public_page
def compare(request: Request, slug: str, programme: str) -> HttpResponse:
    council = next(iter(COUNCIL.ask(on=request.as_at.day, word=slug)), None)
    if council is None:
        raise Http404
    plan, pillars = _plan(programme, on=request.as_at.day)
    form = GapsForm(request.GET)
    name_mistakes(form, form.mistakes)
    only_gaps = form.is_valid() and form.cleaned_data["show"] == "gaps"
    rows, standings = _side_by_side(council, plan, pillars, on=request.as_at.day)
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
        "listed": [] if pillars else beside.by_kind(rows, standings),
        "is_recorded": any(pair.is_recorded for pair in pairs) if pillars else bool(_own(standings, plan)),
        "lede": LEDES.get(plan.kind, LEDE),
        "left": "The plan" if plan.kind == Programme.Kind.STRATEGY else plan.title,
        "columns": beside.columns(plan),
        "gaps_url": f"{request.path}?show=gaps",
        "whole": _on_the_whole(standings, plan),
        "pairs": pairs,
        "singles_open": sum(len(pair.singles) for pair in pairs) <= FEW,
        "silence": _silence(council, plan),
        "empty_text": f"No document recorded here by this day lists anything of {plan.title}.",
    }
    return render(request, "pages/compare.html", context, status=400 if form.errors else 200)


def _plan(slug: str, *, on: date) -> tuple[Programme, list[Pillar]]:
    """The programme and its pillars, or 404."""
    pillars = PILLARS.ask(on=on, word=slug)
    if pillars:
        return pillars[0].programme, pillars
    return get_object_or_404(Programme.objects.known(on=on), slug=slug), []


def _side_by_side(
    council: Council, plan: Programme, pillars: Sequence[Pillar], *, on: date
) -> tuple[list[Entry], list[standing.Standing]]:
    """What is promised and what the council says of it, with the places that all of it rests on."""
    given: dict[str, Sequence[Model]] = {"programme": [plan], "pillar": pillars}
    rows = ledger.entries_of(ledger.OF_PROGRAMME.ask([plan.pk], on=on, given=given), on=on, is_cited=False)
    standings = _standings(council, plan, has_pillars=bool(pillars), on=on)
    listed = ledger.every(rows)
    _give_answers(listed, standings, on=on)
    commitments = [row.commitment for row in listed]
    places = places_of(commitments, [each.version for each in standings], grounds.impacts_of(standings), on=on)
    ledger.cite(rows, places)
    standing.cite(standings, places)
    standing.place(standings, organisations=[council.organisation], pillars=pillars, commitments=commitments)
    return rows, standings


def _standings(council: Council, plan: Programme, *, has_pillars: bool, on: date) -> list[standing.Standing]:
    """The council's positions on the programme; on one without pillars, those too that speak of something in it.

    A rule has no pillar to be found by: the council may have spoken of it in its words on the strategy.
    """
    if has_pillars:
        versions = standing.OF_PROGRAMME.ask([council.organisation_id], [plan.pk], on=on)
        return standing.in_brief(versions, on=on)
    own = PositionVersion.objects.public(on=on).filter(position__organisation=council.organisation_id)
    covers: Any = PositionVersion.covers.through
    speaking = covers.objects.filter(commitment__programme=plan).values("positionversion")
    found = own.filter(Q(position__programme=plan) | Q(pk__in=speaking))
    return standing.standings(found, on=on, is_cited=False, is_brief=True)


def _own(standings: Sequence[standing.Standing], plan: Programme) -> list[standing.Standing]:
    """Positions on the programme, and not those on others that speak of something in it."""
    return [each for each in standings if each.version.position.programme_id == plan.pk]


def _give_answers(rows: Sequence[Entry], standings: Sequence[standing.Standing], *, on: date) -> None:
    """What became of the recommendations among the rows, and of those that the council's words rest on."""
    asked = [row for row in rows if row.commitment.kind == Commitment.Kind.RECOMMENDATION]
    answers = grounds.give_grounds(standings, on=on, asked=[row.commitment.pk for row in asked])
    for row in asked:
        row.answered = answers.get(row.commitment.pk)
        row.reply = reply_of(row.answered, names_carried=False)


def _silence(council: Council, plan: Programme) -> str:
    """That nothing is recorded, and that it means no more."""
    what = "The plan stands" if plan.kind == Programme.Kind.STRATEGY else f"{plan.title} stands"
    how = "as it was promised to every council" if plan.kind == Programme.Kind.STRATEGY else "as it was published"
    return (
        f"No position of {council.name} on {plan.title} is recorded here by this day. "
        f"That says nothing about its services. {what} below {how}."
    )


def _on_the_whole(standings: Sequence[standing.Standing], plan: Programme) -> Voice | None:
    """The council's words on the programme as a whole."""
    for each in standings:
        position = each.version.position
        if position.pillar_id is None and position.commitment_id is None and position.programme_id == plan.pk:
            return voice_of(each, title=f"{position.organisation.name} on the whole")
    return None


def _called(plan: Programme) -> str:
    """What a heading calls it: only the strategy is the national plan."""
    return "the national plan" if plan.kind == Programme.Kind.STRATEGY else plan.title
