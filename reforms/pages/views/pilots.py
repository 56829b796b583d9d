"""Pathfinders and pilots, with their waves and places."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from reforms.base.access import public_page
from reforms.base.requests import Request
from reforms.pages.pilots import pilot_groups


@public_page
def pilots(request: Request) -> HttpResponse:
    day = request.as_at.day
    groups, scale = pilot_groups(on=day)
    context = {"nav": "plan", "groups": groups, "scale": scale, "today": scale.percent(day)}
    return render(request, "pages/pilots.html", context)
