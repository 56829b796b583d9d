"""Pages of the foundation: liveness and the day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from reforms.base.access import probe, public_page
from reforms.base.as_at import with_day
from reforms.base.forms import AsAtForm
from reforms.base.requests import Request


@probe
def livez(request: Request) -> HttpResponse:
    """Whether the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@public_page
def as_at(request: Request) -> HttpResponse:
    """Choose the day that pages answer for, then go back to the page."""
    is_sent = any(name.startswith("day_") for name in request.GET)
    initial = {"to": request.GET.get("to", "/")}
    form = AsAtForm(request.GET if is_sent else None, initial=initial, today=request.as_at.today)
    if is_sent and form.is_valid():
        day = form.cleaned_data["day"]
        return redirect(with_day(form.cleaned_data["to"], None if day == request.as_at.today else day))
    return render(request, "base/as_at.html", {"form": form, "citation": None}, status=400 if is_sent else 200)
