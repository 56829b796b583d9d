"""Around every view: reads the clock and the day asked for, once per request, and keeps answers out of caches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from reforms.base import clock
from reforms.base.addresses import mounted
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
        try:
            if request.method in ("GET", "HEAD"):
                request.as_at = read_day(request.GET.getlist(PARAMETER), now=now)
        except AsAtError as error:
            return as_at_refused(request, str(error))
        with mounted():
            return self.get_response(request)


class UnstoredMiddleware:
    """No cache keeps an answer that does not say how it may be kept: it could be meant for one person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "private, no-store")
        return response


class PrivateUnlessPublicMiddleware(LoginRequiredMiddleware):
    """Sends people to sign in where a view does not say that anybody may read it.

    Django's own asks who it is first, and of the database: a probe must answer while that is away.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
