"""The plan in time: every window and point on one scale."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from pillars.filters import USUAL_PROGRAMME
from pillars.models import Commitment, Pillar, Programme
from reforms.base.access import public_page
from reforms.base.filters import StrictForm, name_mistakes
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.pages.timeline import timeline as timeline_of

UNKNOWN = {"invalid_choice": "‘%(value)s’ is not one of the choices. Choose from the list"}


class TimelineForm(StrictForm):
    """One programme, and one of its pillars if wanted."""

    besides = ("as_at",)

    programme = forms.ChoiceField(required=False, label="Programme", error_messages=UNKNOWN)
    pillar = forms.ChoiceField(required=False, label="Pillar", error_messages=UNKNOWN)

    def __init__(self, *args: Any, programmes: list[Programme], pillars: list[Pillar], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("programme", [(each.slug, each.title) for each in programmes])
        self._offer("pillar", [("", "All"), *((str(each.number), str(each)) for each in pillars)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


@public_page
def timeline(request: Request) -> HttpResponse:
    day = request.as_at.day
    programmes = list(Programme.objects.known(on=day))
    asked = _asked(request, programmes)
    pillars = list(Pillar.objects.known(on=day).filter(programme__slug=asked))
    data = request.GET.copy()
    data.setdefault("programme", asked)
    form = TimelineForm(data, programmes=programmes, pillars=pillars)
    name_mistakes(form, form.mistakes)
    drawn = None if form.errors else _drawn(request, asked, form.cleaned_data["pillar"])
    query = f"programme={asked}&pillar={form.cleaned_data.get('pillar')}" if not form.errors else ""
    context = {
        "nav": "timeline",
        "form": form,
        "action": reverse("timeline"),
        "timeline": drawn,
        "undated_url": f"{reverse('commitments')}?{query.removesuffix('&pillar=')}&timing=no_date",
    }
    return render(request, "pages/timeline.html", context, status=400 if form.errors else 200)


def _asked(request: Request, programmes: list[Programme]) -> str:
    """The programme whose pillars are offered: the one asked for where there is such a one, else the usual."""
    given = request.GET.get("programme", "")
    return given if given in {each.slug for each in programmes} else _usual(programmes)


def _usual(programmes: list[Programme]) -> str:
    """The strategy; before it came out, what there was by then; before anything, nothing."""
    slugs = [each.slug for each in programmes]
    return USUAL_PROGRAMME if USUAL_PROGRAMME in slugs else next(iter(slugs), "")


def _drawn(request: Request, programme: str, pillar: str) -> Any:
    """The dates of the programme, or of one pillar of it, which has no phases of its own."""
    commitments = Commitment.objects.filter(programme__slug=programme)
    if pillar:
        commitments = commitments.filter(pillar__number=pillar)
    programmes = Programme.objects.filter(slug=programme)
    return timeline_of(programmes, commitments, as_at=request.as_at, is_whole=not pillar)
