"""Whose machine a request comes from, for limits on how often somebody may try."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"


def address_of(request: HttpRequest) -> str:
    """The address that the nearest machine was spoken to from: the proxy's word for it, where there is a trusted one.

    Only the last address of X-Forwarded-For is the proxy's own; those before it are what the visitor sent.
    """
    if settings.TRUST_PROXY:
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if last:
            return last[:64]
    return request.META.get("REMOTE_ADDR") or UNKNOWN
