"""The catalogue of components, for those who build pages. Only where DEBUG is on."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from reforms.base.access import public_page
from reforms.base.requests import Request
from reforms.pages.catalogue import samples


@public_page
def components(request: Request) -> HttpResponse:
    return render(request, "components/index.html", samples())
