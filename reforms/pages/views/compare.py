"""One council beside one programme, pillar by pillar."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from councils import standing
from pillars.models import Programme
from reforms.base.access import public_page
from reforms.base.filters import StrictForm, name_mistakes
from reforms.base.requests import Request
from reforms.pages import beside
from reforms.pages.views.council import find_council


class GapsForm(StrictForm):
    """Everything, or only what the council leaves unanswered."""

    besides = ("as_at",)

    show = forms.ChoiceField(required=False, label="Show", choices=[("gaps", "Only gaps")])


@public_page
def compare(request: Request, slug: str, programme: str) -> HttpResponse:
    day = request.as_at.day
    council = find_council(request, slug)
    plan = get_object_or_404(Programme.objects.known(on=day), slug=programme)
    positions = [
        each
        for each in standing.of_organisation(council.organisation_id, on=day)
        if each.version.position.programme_id == plan.pk
    ]
    form = GapsForm(request.GET)
    name_mistakes(form, form.mistakes)
    only_gaps = form.is_valid() and form.cleaned_data["show"] == "gaps"
    pairs = beside.compare(plan, positions, on=day, only_gaps=only_gaps)
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
        "pairs": pairs,
        "silence": f"No position of {council.name} on {plan.title} is recorded here by this day. "
        "That says nothing about its services. The plan stands below as it was promised to every council.",
        "empty_text": f"{plan.title} has no parts that a council is compared with.",
    }
    return render(request, "pages/compare.html", context, status=400 if form.errors else 200)


def _called(plan: Programme) -> str:
    """What a heading calls it: only the strategy is the national plan."""
    return "the national plan" if plan.kind == Programme.Kind.STRATEGY else plan.title
