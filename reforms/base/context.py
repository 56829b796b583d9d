"""What every page's template knows."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import escape_leading_slashes

from reforms.base.as_at import for_another_day, with_day


def page(request: HttpRequest) -> dict:
    """The day the page answers for, and the addresses that change it."""
    # To a browser an address that begins with two slashes is one of another host.
    path = escape_leading_slashes(request.get_full_path())
    elsewhere = for_another_day(path)
    return {
        "as_at": getattr(request, "as_at", None),
        "as_at_today_url": elsewhere,
        "as_at_change_url": f"{reverse('as-at')}?{urlencode({'to': elsewhere})}",
        "canonical_url": _canonical(request, with_day(path, None)),
    }


def _canonical(request: HttpRequest, path: str) -> str:
    """The address to cite, without the day; none on the page that refuses a host that is not ours."""
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return ""
