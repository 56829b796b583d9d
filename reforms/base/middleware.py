"""Reads the clock and the day asked for, once per request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from reforms.base import clock
from reforms.base.as_at import PARAMETER, AsAt, AsAtError, read_day
from reforms.base.requests import Request
from reforms.base.responses import as_at_refused


class AsAtMiddleware:
    """Sets `request.as_at`. A day that cannot be answered for is refused here, for every page alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        now = clock.now()
        request.as_at = AsAt(now=now, day=clock.civil_day(now))
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        try:
            request.as_at = read_day(request.GET.getlist(PARAMETER), now=now)
        except AsAtError as error:
            return as_at_refused(request, str(error))
        return self.get_response(request)
