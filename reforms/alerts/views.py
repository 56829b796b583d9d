"""What needs attention, for anybody, and how the service is."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from reforms.alerts.lists import FlagList
from reforms.alerts.readiness import readiness
from reforms.base.access import probe, public_page
from reforms.base.requests import Request


@public_page
def flags(request: Request, kind: str) -> HttpResponse:
    return FlagList(request).answer(kind)


@probe
def readyz(request: Request) -> JsonResponse:
    """Whether to send people to this web server, for load balancers; and how the service is, for whoever watches."""
    found = readiness(now=request.as_at.now)
    return JsonResponse(found.as_data(), status=200 if found.is_ready else 503)
