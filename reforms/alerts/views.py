"""What needs attention, for anybody."""

from __future__ import annotations

from django.http import HttpResponse

from reforms.alerts.lists import FlagList
from reforms.base.access import public_page
from reforms.base.requests import Request


@public_page
def flags(request: Request, kind: str) -> HttpResponse:
    return FlagList(request).answer(kind)
