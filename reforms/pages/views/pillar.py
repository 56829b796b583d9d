"""One pillar on one page: what the nation promises, beside what one council says."""

from __future__ import annotations

from typing import cast

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.models import Consultation
from councils import standing
from councils.models import Membership, PositionVersion
from pillars.ledger import draw_all, entries
from pillars.models import Pillar
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.for_pages import flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.access import public_page
from reforms.base.filters import StrictForm, name_mistakes
from reforms.base.requests import Request
from reforms.pages.beside import pillar_beside
from reforms.pages.counts import count_timings
from reforms.pages.money import named_money
from reforms.pages.voices import voice_of


class BesideForm(StrictForm):
    """Whose position stands beside the pillar."""

    besides = ("as_at",)

    council = forms.ChoiceField(required=False, label="Beside it, the position of")

    def __init__(self, *args, standings: list[standing.Standing], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        organisations = [each.version.position.organisation for each in standings]
        council = cast(forms.ChoiceField, self.fields["council"])
        council.choices = [(each.slug, each.name) for each in organisations]


@public_page
def pillar(request: Request, slug: str, number: int) -> HttpResponse:
    day = request.as_at.day
    known = Pillar.objects.known(on=day).select_related("programme").with_citations(on=day)
    found = get_object_or_404(known, programme__slug=slug, number=number)
    rows = entries(found.commitments.all(), on=day)
    standings = standing.standings(PositionVersion.objects.public(on=day).filter(position__pillar=found), on=day)
    form = BesideForm(request.GET, standings=standings)
    name_mistakes(form, form.mistakes)
    chosen = _chosen(request, form, standings)
    council = chosen.version.position.organisation if chosen else None
    scale = draw_all(rows, on=day)
    context = {
        "nav": "plan",
        "crumbs": [("Plan", reverse("programmes")), (found.programme.title, found.programme.get_absolute_url())],
        "caption": f"{found.programme.title}: {found.programme.pillar_noun} {found.number}",
        "pillar": found,
        "siblings": found.programme.pillars.known(on=day).select_related("programme"),
        "rows": rows,
        "scale": scale,
        "today": scale.percent(day),
        "counts": count_timings(rows),
        "money": named_money(rows),
        "form": BesideForm(initial={"council": council.slug}, standings=standings) if council else form,
        "standings": standings,
        "beside": pillar_beside(found, rows, chosen),
        "voice": voice_of(chosen, title=f"{council.name}’s current position") if chosen and council else None,
        "voice_slug": council.slug if council else "",
        "closing": _closing(found, flags_for(on=day)),
        **_downloads(request, found),
    }
    return render(request, "pages/pillar.html", context, status=400 if form.errors else 200)


def _closing(pillar: Pillar, flags: list[FlagDue]) -> list[FlagDue]:
    """Closing consultations on the whole programme, or on something in the pillar."""
    asked = Consultation.objects.filter(Q(programme=pillar.programme) | Q(about__pillar=pillar))
    subjects = {f"consultation:{slug}" for slug in asked.values_list("slug", flat=True)}
    return [flag for flag in flags if flag.kind == FlagKind.CONSULTATION_CLOSING and flag.subject in subjects]


def _downloads(request: Request, pillar: Pillar) -> dict[str, str]:
    """The same commitments as data."""
    query = f"programme={pillar.programme.slug}&pillar={pillar.number}"
    base = reverse("commitments")[:-1]
    return {f"{kind}_url": request.as_at.carry(f"{base}.{kind}?{query}") for kind in ("csv", "json")}


def _chosen(request: Request, form: BesideForm, standings: list[standing.Standing]) -> standing.Standing | None:
    """The council asked for; else the reader's own; else the first that has said something."""
    by_slug = {each.version.position.organisation.slug: each for each in standings}
    if form.errors:
        return None
    if form.cleaned_data["council"]:
        return by_slug[form.cleaned_data["council"]]
    for slug in _own_slugs(request):
        if slug in by_slug:
            return by_slug[slug]
    return standings[0] if standings else None


def _own_slugs(request: Request) -> list[str]:
    if not request.user.is_authenticated:
        return []
    return list(Membership.objects.filter(user=request.user).values_list("organisation__slug", flat=True))
