"""What every page's template knows."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import escape_leading_slashes

from reforms.base.as_at import for_another_day, with_day
from reforms.base.citing import absolute, citation_of


def page(request: HttpRequest) -> dict:
    """The day the page answers for, the addresses that change it, and how the page is cited."""
    # To a browser an address that begins with two slashes is one of another host.
    path = escape_leading_slashes(request.get_full_path())
    elsewhere = for_another_day(path)
    return {
        "as_at": getattr(request, "as_at", None),
        "as_at_today_url": elsewhere,
        "as_at_change_url": f"{reverse('as-at')}?{urlencode({'to': elsewhere})}",
        "canonical_url": absolute(request, with_day(path, None)),
        "citation": citation_of(request, path),
    }
