"""The lists of councils, of the bodies that speak and of what they say."""

from __future__ import annotations

from django.http import HttpResponse

from councils.lists import CouncilList, OrganisationList
from councils.view_list import ViewList
from reforms.base.access import public_page
from reforms.base.requests import Request


@public_page
def councils(request: Request, kind: str) -> HttpResponse:
    return CouncilList(request).answer(kind)


@public_page
def organisations(request: Request, kind: str) -> HttpResponse:
    return OrganisationList(request).answer(kind)


@public_page
def views(request: Request, kind: str) -> HttpResponse:
    return ViewList(request).answer(kind)
