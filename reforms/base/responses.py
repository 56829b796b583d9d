"""Answers that several rooms give."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from reforms.base.forms import AsAtForm


def wants_data(request: HttpRequest) -> bool:
    """Whether the address asks for data rather than for a page: a .csv or .json twin, a calendar, a feed."""
    return request.path.endswith((".csv", ".json", ".ics", ".atom"))


def refused_data(errors: dict[str, list[str]]) -> JsonResponse:
    """400 with the fields at fault, for JSON and CSV alike."""
    return JsonResponse({"errors": errors}, status=400)


def as_at_refused(request: HttpRequest, message: str) -> HttpResponse:
    """The day asked for is not one we can answer for: say so, and offer the form."""
    if wants_data(request):
        return refused_data({"as_at": [message]})
    form = AsAtForm(initial={"to": request.path})
    return render(request, "base/as_at.html", {"form": form, "as_at_error": message}, status=400)
