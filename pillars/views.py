"""Lists of the plan."""

from __future__ import annotations

from django.http import HttpResponse

from pillars.conflicts import ConflictList
from pillars.lists import CommitmentList, FundingList, SourceList
from pillars.verdict_list import VerdictList
from reforms.base.access import public_page
from reforms.base.requests import Request


@public_page
def commitments(request: Request, kind: str) -> HttpResponse:
    return CommitmentList(request).answer(kind)


@public_page
def funding(request: Request, kind: str) -> HttpResponse:
    return FundingList(request).answer(kind)


@public_page
def sources(request: Request, kind: str) -> HttpResponse:
    return SourceList(request).answer(kind)


@public_page
def verdicts(request: Request, kind: str) -> HttpResponse:
    return VerdictList(request).answer(kind)


@public_page
def conflicts(request: Request, kind: str) -> HttpResponse:
    return ConflictList(request).answer(kind)
