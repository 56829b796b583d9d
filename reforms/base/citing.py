"""How a public page is cited: its title, the day it answers for, and the address that keeps to that day.

Private pages have no citation, nor has an answer that says no: nobody else could read what was cited.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest

from reforms.base.as_at import with_day


@dataclass(frozen=True)
class Cited:
    """What a citation says beside the page's title, which only its template knows."""

    day: date
    address: str


def citation_of(request: HttpRequest, path: str) -> Cited | None:
    """The citation of the page at this path; none where a view is not marked with `public_page`.

    A view so marked whose page is not for everybody, or is nothing to cite, gives its template `citation` as None.
    """
    match = request.resolver_match
    if match is None or not getattr(match.func, "is_cited", False):
        return None
    day: date = request.as_at.day  # type: ignore[attr-defined]
    address = absolute(request, with_day(path, day))
    return Cited(day, address) if address else None


def absolute(request: HttpRequest, path: str) -> str:
    """The path with our host; empty on the page that refuses a host that is not ours."""
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return ""
