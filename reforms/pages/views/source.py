"""One source, and everything drawn from it in its own order."""

from __future__ import annotations

from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from pillars.models import Citation, Source
from reforms.base.access import public_page
from reforms.base.filters import fault
from reforms.base.lists.paging import read_page
from reforms.base.lists.sorting import BadParameterError
from reforms.base.lists.twins import csv_file, json_page
from reforms.base.requests import Request
from reforms.base.responses import refused_data
from reforms.pages.drawn import Drawn, drawn_from

COLUMNS = ("locator", "line", "kind", "reference", "text")
PAGE = 200
"""Rows of one page of JSON."""


@public_page
def source(request: Request, slug: str) -> HttpResponse:
    found = _source(request, slug)
    rows = drawn_from(found, on=request.as_at.day)
    places = _places(found.places.all(), rows)
    context = {
        "nav": "sources",
        "crumbs": [("Sources", reverse("sources"))],
        "caption": found.get_kind_display(),
        "source": found,
        "places": places,
        "count": len(rows),
        "csv_url": request.as_at.carry(reverse("source-data", args=[slug, "csv"])),
        "json_url": request.as_at.carry(reverse("source-data", args=[slug, "json"])),
    }
    return render(request, "pages/source.html", context)


@public_page
def source_data(request: Request, slug: str, form: str) -> HttpResponse:
    """The same rows, all of them as CSV or a page of them as JSON."""
    found = _source(request, slug)
    drawn = drawn_from(found, on=request.as_at.day)
    rows = [{column: getattr(row, column) for column in COLUMNS} for row in drawn]
    mistakes = _mistakes(request, form)
    if mistakes:
        return refused_data(mistakes)
    try:
        paging = read_page(request.GET.getlist("page"), size=PAGE, count=len(rows))
    except BadParameterError as error:
        return refused_data({"page": [str(error)]})
    if form == "csv":
        return csv_file(rows, columns=COLUMNS, name=slug)
    following = request.as_at.carry(f"{request.path}?page={paging.next}") if paging.next else None
    absolute = request.build_absolute_uri(following) if following else None
    return json_page(rows[paging.slice], count=paging.count, following=absolute)


def _mistakes(request: Request, form: str) -> dict[str, list[str]]:
    """What is wrong with each parameter that this address does not take."""
    if form == "csv" and "page" in request.GET:
        return {"page": ["The file holds every row: leave this out"]}
    faults = {
        name: fault(name, values, known=("page", "as_at"), many=("page",)) for name, values in request.GET.lists()
    }
    return {name: [message] for name, message in faults.items() if message}


def _source(request: Request, slug: str) -> Source:
    known = Source.objects.known(on=request.as_at.day).select_related("publisher").with_citations(on=request.as_at.day)
    return get_object_or_404(known, slug=slug)


def _places(places: QuerySet[Citation], rows: list[Drawn]) -> list[tuple[Citation, list[Drawn]]]:
    """Every place of the document in its order, with what became of it."""
    by_number = {number: list(group) for number, group in groupby(rows, key=lambda row: row.number)}
    return [(place, by_number.get(place.number, [])) for place in places]
