"""The programmes, and one programme with its pillars, phases and milestones."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from consultations.models import Consultation
from consultations.rows import without_later_moments
from pillars.answers import carried_alone, carried_unasked
from pillars.ledger import Entry, cite, draw_all, entries, every, give_answers, give_replies
from pillars.models import Commitment, FundingLine, Programme
from pillars.money_words import money_words
from pillars.places import places_of
from pillars.tallies import Tally
from reforms.base.access import public_page
from reforms.base.formatting import date_in_words
from reforms.base.requests import Request
from reforms.pages.counts import Counts, count_outcomes
from reforms.pages.glance import by_pillar
from reforms.pages.listed_where import listed_where
from reforms.pages.review import review_of, tally_of
from reforms.pages.schedule import schedule


@public_page
def programmes(request: Request) -> HttpResponse:
    day = request.as_at.day
    known = Programme.objects.known(on=day).select_related("owner").with_citations(on=day)
    rows = entries(Commitment.objects.all(), on=day, is_cited=False)
    give_answers(rows, on=day, carried=carried_unasked)
    found = [_summed(each, [row for row in rows if row.commitment.programme_id == each.pk]) for each in known]
    return render(request, "pages/programmes.html", {"nav": "plan", "programmes": found})


def _summed(programme: Programme, rows: list[Entry]) -> tuple[Programme, Counts, Tally | None]:
    """A programme with its counts: where its promises stand, or how what it asked was answered."""
    return programme, count_outcomes(rows), tally_of(rows) if programme.kind == Programme.Kind.REVIEW else None


@public_page
def programme(request: Request, slug: str) -> HttpResponse:
    day = request.as_at.day
    known = Programme.objects.known(on=day).select_related("owner").with_citations(on=day)
    found = get_object_or_404(known, slug=slug)
    rows = entries(found.commitments.all(), on=day, is_cited=False)
    outside = [row for row in rows if row.commitment.pillar_id is None]
    cite(outside, places_of((row.commitment for row in every(outside)), on=day))
    is_review = found.kind == Programme.Kind.REVIEW
    shown = _answered(found, rows, on=day) if is_review else _dated(found, rows, outside, on=day)
    lines = FundingLine.objects.known(on=day).filter(programme=found, commitment=None).with_citations(on=day)
    asked = (
        Consultation.objects.known(on=day).filter(programme=found).order_by(F("closes_at").asc(nulls_last=True), "slug")
    )
    context = {
        "nav": "plan",
        "crumbs": [("Plan", reverse("programmes"))],
        "caption": f"{found.get_kind_display()}, {found.owner.name}, {date_in_words(found.published_on)}",
        "programme": found,
        "groups": _by_kind(outside),
        "listed": listed_where(found, rows, on=day),
        **shown,
        "schedule": schedule(Programme.objects.filter(pk=found.pk), on=day),
        "timeline_url": f"{reverse('timeline')}?programme={found.slug}",
        "funding": [(line, money_words(line)) for line in lines],
        "consultations": [without_later_moments(each, as_at=request.as_at) for each in asked],
    }
    return render(request, "pages/programme.html", context)


def _answered(programme: Programme, rows: list[Entry], *, on: date) -> dict[str, Any]:
    """What became of what a review asked."""
    give_replies(rows, on=on, carried=carried_alone)
    query = urlencode({"programme": programme.slug})
    return {"review": review_of(programme, rows, on=on), "verdicts_url": f"{reverse('verdicts')}?{query}"}


def _dated(programme: Programme, rows: list[Entry], outside: list[Entry], *, on: date) -> dict[str, Any]:
    """Where promises stand, and what belongs to no pillar on one scale."""
    scale = draw_all(outside, on=on)
    is_answering = programme.kind == Programme.Kind.STRATEGY
    return {
        "counts": count_outcomes(rows),
        "glance": by_pillar(programme, rows, on=on),
        "scale": scale,
        "today": scale.percent(on),
        "answered": _reviews(on=on) if is_answering else [],
    }


def _reviews(*, on: date) -> list[Programme]:
    """What a strategy answers."""
    return list(Programme.objects.known(on=on).filter(kind=Programme.Kind.REVIEW))


def _by_kind(rows: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Rows outside any pillar, grouped: outcomes, enablers, principles, rules."""
    kinds = [choice for choice, _label in type(rows[0].commitment).Kind.choices] if rows else []
    ordered = sorted(rows, key=lambda row: kinds.index(row.commitment.kind))
    groups = groupby(ordered, key=lambda row: row.commitment.get_kind_display())
    return [(f"{label}s", list(group)) for label, group in groups]
