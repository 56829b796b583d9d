"""Pages about the tracker: how we read dates, and what a good position looks like."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pillars.fuzzy_dates import RULES, AnchorPhrase, Rule, read_phrase
from pillars.models import Anchor
from pillars.outcomes import Outcome
from pillars.timing import CLOSING_DAYS
from reforms.base.access import public_page
from reforms.base.formatting import window_in_words
from reforms.base.requests import Request

MEANINGS = {
    Outcome.AHEAD: f"The window has not opened. A date with “by” is ahead until {CLOSING_DAYS} days before its end.",
    Outcome.OPEN: "The day is inside the window.",
    Outcome.CLOSING: f"The window ends in {CLOSING_DAYS} days or less.",
    Outcome.PASSED: "The last day of the window has gone, and no source recorded here says what happened. "
    "That is not the same as late: it may have been done and not reported.",
    Outcome.PASSED_REPORTED: "The last day of the window has gone. A source has told of it, for example that it is "
    "under way, has slipped or was changed, but not that it is done.",
    Outcome.MET: "A source reports it done, on or before the last day of its window.",
    Outcome.MET_LATE: "A source reports it done, after the last day of its window.",
    Outcome.CONDITIONAL: "It depends on something else, and no source gives it a date.",
    Outcome.NO_DATE: "No source gives a date.",
}


@public_page
def about_dates(request: Request) -> HttpResponse:
    anchors = Anchor.objects.known(on=request.as_at.day).with_citations(on=request.as_at.day)
    phrases = [_phrase(anchor) for anchor in Anchor.objects.all()]
    context = {
        "crumbs": [("Today", reverse("home"))],
        "rules": [(rule, _examples(rule, phrases)) for rule in RULES],
        "timings": list(MEANINGS.items()),
        "anchors": [(anchor, window_in_words(anchor.earliest, anchor.latest)) for anchor in anchors],
    }
    return render(request, "pages/about_dates.html", context)


@public_page
def good_positions(request: Request) -> HttpResponse:
    """What a good position looks like."""
    return render(request, "pages/good_positions.html", {"crumbs": [("Today", reverse("home"))]})


def _examples(rule: Rule, anchors: list[AnchorPhrase]) -> list[tuple[str, date, str]]:
    """Each phrase, the day it was said and the window it is read as."""
    found = []
    for words, said_on in rule.examples:
        window = read_phrase(words, said_on=said_on, anchors=anchors).window
        found.append((words, said_on, window_in_words(window.earliest, window.latest)))
    return found


def _phrase(anchor: Anchor) -> AnchorPhrase:
    return AnchorPhrase(anchor.slug, anchor.phrase, anchor.earliest, anchor.latest, anchor.valid_from, anchor.valid_to)
