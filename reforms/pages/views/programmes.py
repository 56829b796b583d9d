"""The programmes, and one programme with its pillars, phases and milestones."""

from __future__ import annotations

from itertools import groupby

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.models import Consultation
from consultations.rows import without_later_moments
from pillars.ledger import Entry, draw_all, entries
from pillars.models import Commitment, FundingLine, Programme
from pillars.money_words import money_words
from reforms.base.access import public_page
from reforms.base.formatting import date_in_words
from reforms.base.requests import Request
from reforms.pages.counts import count_timings
from reforms.pages.glance import by_pillar
from reforms.pages.schedule import schedule


@public_page
def programmes(request: Request) -> HttpResponse:
    day = request.as_at.day
    known = Programme.objects.known(on=day).select_related("owner").with_citations(on=day)
    rows = entries(Commitment.objects.all(), on=day, is_cited=False)
    found = [(each, count_timings(row for row in rows if row.commitment.programme_id == each.pk)) for each in known]
    return render(request, "pages/programmes.html", {"nav": "plan", "programmes": found})


@public_page
def programme(request: Request, slug: str) -> HttpResponse:
    day = request.as_at.day
    known = Programme.objects.known(on=day).select_related("owner").with_citations(on=day)
    found = get_object_or_404(known, slug=slug)
    rows = entries(found.commitments.all(), on=day)
    outside = [row for row in rows if row.commitment.pillar_id is None]
    scale = draw_all(outside, on=day)
    lines = FundingLine.objects.known(on=day).filter(programme=found, commitment=None).with_citations(on=day)
    asked = (
        Consultation.objects.known(on=day).filter(programme=found).order_by(F("closes_at").asc(nulls_last=True), "slug")
    )
    context = {
        "nav": "plan",
        "crumbs": [("Plan", reverse("programmes"))],
        "caption": f"{found.get_kind_display()}, {found.owner.name}, {date_in_words(found.published_on)}",
        "programme": found,
        "counts": count_timings(rows),
        "glance": by_pillar(found, rows, on=day),
        "groups": _by_kind(outside),
        "scale": scale,
        "today": scale.percent(day),
        "schedule": schedule(Programme.objects.filter(pk=found.pk), on=day),
        "timeline_url": f"{reverse('timeline')}?programme={found.slug}",
        "funding": [(line, money_words(line)) for line in lines],
        "consultations": [without_later_moments(each, as_at=request.as_at) for each in asked],
    }
    return render(request, "pages/programme.html", context)


def _by_kind(rows: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Rows outside any pillar, grouped: outcomes, enablers, principles, rules."""
    kinds = [choice for choice, _label in type(rows[0].commitment).Kind.choices] if rows else []
    ordered = sorted(rows, key=lambda row: kinds.index(row.commitment.kind))
    groups = groupby(ordered, key=lambda row: row.commitment.get_kind_display())
    return [(f"{label}s", list(group)) for label, group in groups]
