"""The list of consultations, and one organisation's response to one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.answered import form_of, misplaced, tally
from consultations.lists import ConsultationList
from consultations.models import Response
from reforms.base.access import public_page
from reforms.base.requests import Request


@public_page
def consultations(request: Request, kind: str) -> HttpResponse:
    return ConsultationList(request).answer(kind)


@public_page
def response(request: Request, slug: str, organisation: str) -> HttpResponse:
    """A response that the person may read, from the day on which it was known."""
    day = request.as_at.day
    known = Response.objects.visible_to(request.user).known(on=day).filter(consultation__known_on__lte=day)
    related = known.select_related("consultation__owner", "organisation", "on_behalf_of").with_citations(on=day)
    found = get_object_or_404(related, consultation__slug=slug, organisation__slug=organisation)
    parts = form_of(found, on=day)
    context = {
        "nav": "consultations",
        "crumbs": [
            ("Consultations", reverse("consultations")),
            (found.consultation.title, found.consultation.get_absolute_url()),
        ],
        "caption": "Response to a consultation",
        "response": found,
        "parts": parts,
        "tally": tally(parts),
        "misplaced": misplaced(parts),
    }
    return render(request, "consultations/response.html", context)
