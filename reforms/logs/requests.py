"""A number for each request, on every line it causes and on its answer; and a line when it is answered.

Ours rather than django-structlog's: that one writes the address with its query, where tokens travel, takes any
X-Request-ID as it comes, and asks for the user, which is a query of the database on pages that need none.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.signals import request_finished
from django.http import HttpRequest, HttpResponse

logger = structlog.get_logger(__name__)

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
LONGEST_PATH = 500
PROBES = ("/livez", "/readyz")
"""Asked every few seconds by machines: only an answer that something is wrong is worth a line."""


class RequestLogMiddleware:
    """Stands before all others, so that it sees every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Only once the answer is sent: what goes wrong while it is streamed belongs to this request too.
        request_finished.connect(forget)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = request_id_of(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response[HEADER] = request_id
        if response.status_code >= 400 or not request.path.startswith(PROBES):
            write_line(request, response, milliseconds=(time.perf_counter() - started) * 1000)
        return response


def request_id_of(request: HttpRequest) -> str:
    """The number a trusted proxy gave the request, if it is well formed; otherwise a new one."""
    given = request.headers.get(HEADER, "") if settings.TRUST_PROXY else ""
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16)


def write_line(request: HttpRequest, response: HttpResponse, *, milliseconds: float) -> None:
    """Who asked is a number, and only where the page asked for it; the size is unknown while an answer streams."""
    told: dict[str, object] = {}
    if size := response.headers.get("Content-Length"):
        told["bytes"] = int(size)
    if (user := getattr(request, "_cached_user", None)) and user.pk:
        told["user"] = user.pk
    logger.info(
        "request",
        method=request.method,
        path=request.path[:LONGEST_PATH],
        status=response.status_code,
        milliseconds=round(milliseconds, 1),
        **told,
    )


def forget(**_: object) -> None:
    """What this thread does next belongs to no request."""
    structlog.contextvars.clear_contextvars()
