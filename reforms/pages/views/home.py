"""Today's picture, or that of the day asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from councils.models import Council
from councils.summary import Summary, summaries
from pillars.ledger import cite, entries, every
from pillars.models import Programme, Source
from pillars.outcomes import Outcome, Reported
from pillars.places import places_of
from pillars.timing import Timing
from reforms.alerts.for_pages import by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.access import public_page
from reforms.base.requests import Request
from reforms.pages.closings import closings
from reforms.pages.glance import by_pillar
from reforms.pages.heard import gone_stale, heard
from reforms.pages.reported import last_reported
from reforms.pages.schedule import schedule

STRATEGY = "stable-homes"
PASSED_SHOWN = 5
COMING_SHOWN = 8
REPORTS_SHOWN = 4
COUNCILS_SHOWN = 5
"""Of those that have published, and of those whose positions have gone stale; lists have the others."""
FLAGS_SHOWN = 3
"""Of one kind; the list of flags has the others."""
SHOWN_ABOVE = (FlagKind.CONSULTATION_CLOSING, FlagKind.MILESTONE_PASSED, FlagKind.DEADLINE_PASSED)
"""Kinds of flag that the page says in a list of its own."""
COUNTED = (FlagKind.DEADLINE_OPENING,)
"""Kinds of which it says only how many there are, so that the pillars stay near the top: they show the same windows."""


@public_page
def home(request: Request) -> HttpResponse:
    day = request.as_at.day
    plan = Programme.objects.known(on=day).filter(slug=STRATEGY).first()
    rows = entries(plan.commitments.all(), on=day, is_cited=False) if plan else []
    # What stands by its parts is left to them: they say more. The list of all has both.
    outcomes = Counter(row.outcome for row in every(rows) if not row.is_dated_by_parts)
    silent = (row for row in every(rows) if row.outcome is Outcome.PASSED and not row.is_dated_by_parts)
    passed = list(islice(silent, PASSED_SHOWN))
    cite(passed, places_of([row.commitment for row in passed], on=day))
    flags = flags_for(on=day)
    groups = by_kind((flag for flag in flags if flag.kind not in SHOWN_ABOVE + COUNTED), most=FLAGS_SHOWN)
    context = {
        "nav": "today",
        "plan": plan,
        "glance": by_pillar(plan, rows, on=day) if plan else None,
        "passed": passed,
        "passed_count": outcomes[Outcome.PASSED],
        "passed_url": _passed_url(Reported.NOTHING),
        "reported_count": outcomes[Outcome.PASSED_REPORTED],
        "reported_url": _passed_url(Reported.SOMETHING),
        "reports": last_reported(rows, on=day, most=REPORTS_SHOWN),
        **_councils(day),
        "council_count": Council.objects.known(on=day).count(),
        "schedule": schedule(Programme.objects.known(on=day).filter(slug=STRATEGY), on=day, most=COMING_SHOWN),
        "closings": closings(flags),
        "silent_groups": [group for group in groups if group.tone == Timing.PASSED],
        "date_groups": [group for group in groups if group.tone != Timing.PASSED],
        "counted": by_kind(flag for flag in flags if flag.kind in COUNTED),
        "newest_source": Source.objects.known(on=day).order_by("-published_on", "slug").first(),
    }
    return render(request, "pages/home.html", context)


def _passed_url(reported: Reported) -> str:
    return f"{reverse('commitments')}?programme={STRATEGY}&timing={Timing.PASSED}&reported={reported}"


def _councils(day: date) -> dict[str, Any]:
    """The first councils that have published, and the first whose positions have gone stale, with their numbers."""
    programmes = Programme.objects.in_bulk()
    everyone = summaries(on=day)
    stale = [each for each in everyone if each.stale]
    return {
        "heard": heard(_of_first(everyone), programmes),
        "heard_count": len({each.slug for each in everyone}),
        "stale": gone_stale(_of_first(stale), programmes, on=day),
        "stale_count": len({each.slug for each in stale}),
        "stale_url": f"{reverse('flags')}?kind={FlagKind.POSITION_STALE}",
    }


def _of_first(found: Sequence[Summary]) -> list[Summary]:
    """What concerns the first few councils."""
    first = list(dict.fromkeys(each.slug for each in found))[:COUNCILS_SHOWN]
    return [each for each in found if each.slug in first]
