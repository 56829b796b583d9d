"""One body: what it says of the plan, what it leads, and what it published."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultations.models import Response
from councils.models import Region
from councils.shown_views import count_stances, known_views
from pillars.ledger import entries
from pillars.models import Commitment, Organisation, Source
from reforms.base.access import public_page
from reforms.base.requests import Request
from reforms.pages.speaking import for_places, subjects


@public_page
def organisation(request: Request, slug: str) -> HttpResponse:
    """A council has a page of its own."""
    day = request.as_at.day
    found = get_object_or_404(Organisation, slug=slug)
    if found.kind == Organisation.Kind.COUNCIL:
        return redirect(request.as_at.carry(found.get_absolute_url()))
    views = list(known_views(on=day).filter(organisation=found))
    context = {
        "nav": "views",
        "crumbs": [("Organisations", reverse("organisations"))],
        "caption": found.get_kind_display(),
        "organisation": found,
        "views": views,
        "stances": count_stances(views),
        "views_url": f"{reverse('views')}?organisation={found.slug}",
        "places": for_places(views),
        "subjects": subjects(views, on=day),
        "responses": _responses(request, found),
        "regions": Region.objects.known(on=day).filter(alliance=found).with_citations(on=day),
        "leads": entries(Commitment.objects.filter(lead=found), on=day),
        "sources": Source.objects.known(on=day).filter(publisher=found),
    }
    return render(request, "pages/organisation.html", context)


def _responses(request: Request, body: Organisation) -> QuerySet[Response]:
    """The responses to consultations that it gave, or that were given on its behalf."""
    known = Response.objects.visible_to(request.user).known(on=request.as_at.day)
    given = known.filter(Q(organisation=body) | Q(on_behalf_of=body), consultation__known_on__lte=request.as_at.day)
    return given.select_related("consultation", "organisation")
