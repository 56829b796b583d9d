"""What became of what one programme promised, as far as sources say so."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from pillars.ledger import entries, every
from pillars.models import Programme
from reforms.base.access import public_page
from reforms.base.requests import Request
from reforms.pages.counts import count_outcomes
from reforms.pages.outcome import by_pillar, by_strength
from reforms.pages.told import told


@public_page
def outcome(request: Request, slug: str) -> HttpResponse:
    """A review promises nothing: what became of it are the answers on its own page."""
    day = request.as_at.day
    programme = get_object_or_404(Programme.objects.known(on=day), slug=slug)
    if programme.kind == Programme.Kind.REVIEW:
        return redirect(request.as_at.carry(programme.get_absolute_url()))
    rows = entries(programme.commitments.all(), on=day, is_cited=False)
    pillars = list(programme.pillars.known(on=day).select_related("programme"))
    context = {
        "nav": "plan",
        "crumbs": [("Plan", reverse("programmes")), (programme.title, programme.get_absolute_url())],
        "programme": programme,
        "counts": count_outcomes(rows),
        "dated": sum(bool(row.deciding and (row.deciding.earliest or row.deciding.latest)) for row in rows),
        "tables": [*([by_pillar(programme, rows, pillars)] if pillars else []), by_strength(programme, rows)],
        "told": told(programme, rows, on=day),
        "parts": len(every(rows)) - len(rows),
    }
    return render(request, "pages/outcome.html", context)
