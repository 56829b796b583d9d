"""The list of consultations."""

from __future__ import annotations

from django.http import HttpResponse

from consultations.lists import ConsultationList
from reforms.base.access import public_page
from reforms.base.requests import Request


@public_page
def consultations(request: Request, kind: str) -> HttpResponse:
    return ConsultationList(request).answer(kind)
