"""The lists of councils and of the bodies that speak."""

from __future__ import annotations

from django.http import HttpResponse

from councils.lists import CouncilList, OrganisationList
from reforms.base.access import public_page
from reforms.base.requests import Request


@public_page
def councils(request: Request, kind: str) -> HttpResponse:
    return CouncilList(request).answer(kind)


@public_page
def organisations(request: Request, kind: str) -> HttpResponse:
    return OrganisationList(request).answer(kind)
