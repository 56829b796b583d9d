"""The list of councils."""

from __future__ import annotations

from django.http import HttpResponse

from councils.lists import CouncilList
from reforms.base.access import public_page
from reforms.base.requests import Request


@public_page
def councils(request: Request, kind: str) -> HttpResponse:
    return CouncilList(request).answer(kind)
