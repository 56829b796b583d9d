"""Today's picture, or that of the day asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from councils import standing
from councils.models import Council, PositionVersion
from pillars.ledger import entries, every
from pillars.models import Programme, Source
from pillars.timing import Timing
from reforms.alerts.for_pages import by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.access import public_page
from reforms.base.requests import Request
from reforms.pages.beside import councils_with_positions, stale_councils
from reforms.pages.closings import closings
from reforms.pages.glance import by_pillar
from reforms.pages.schedule import schedule

STRATEGY = "stable-homes"
PASSED_SHOWN = 5
COMING_SHOWN = 8
SHOWN_ABOVE = (FlagKind.CONSULTATION_CLOSING, FlagKind.MILESTONE_PASSED)
"""Kinds of flag that the page says in a list of its own."""


@public_page
def home(request: Request) -> HttpResponse:
    day = request.as_at.day
    plan = Programme.objects.known(on=day).filter(slug=STRATEGY).first()
    rows = entries(plan.commitments.all(), on=day, is_cited=False) if plan else []
    # What stands by its parts is left to them: they say more. The list of all has both.
    passed = [row for row in every(rows) if row.answer.timing is Timing.PASSED and not row.is_dated_by_parts]
    standings = standing.standings(PositionVersion.objects.public(on=day), on=day, is_cited=False)
    flags = flags_for(on=day)
    context = {
        "nav": "today",
        "plan": plan,
        "glance": by_pillar(plan, rows, on=day) if plan else None,
        "passed": passed[:PASSED_SHOWN],
        "passed_count": len(passed),
        "passed_url": f"{reverse('commitments')}?programme={STRATEGY}&timing={Timing.PASSED}",
        "stale": stale_councils(standings),
        "councils": councils_with_positions(standings),
        "council_count": Council.objects.known(on=day).count(),
        "schedule": schedule(Programme.objects.known(on=day).filter(slug=STRATEGY), on=day, most=COMING_SHOWN),
        "closings": closings(flags),
        "flag_groups": by_kind(flag for flag in flags if flag.kind not in SHOWN_ABOVE),
        "newest_source": Source.objects.known(on=day).exclude(file="").order_by("-published_on").first(),
    }
    return render(request, "pages/home.html", context)
