"""What changed since a day; and since a committee last met, on two sides of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from reforms.base.access import public_page
from reforms.base.as_at import AsAt, with_day
from reforms.base.filters import IsoDayField, StrictForm, name_mistakes
from reforms.base.formatting import date_in_words
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.changes.brief import Brief, since_brief
from reforms.reports.changes.lists import ChangesList
from reforms.reports.changes.meetings import last_asked, meeting_before
from reforms.reports.models import Committee

TEMPLATE = "reports/changes/since.html"


@public_page
def changes(request: Request, kind: str) -> HttpResponse:
    return ChangesList(request).answer(kind)


class SinceForm(StrictForm):
    """Before which meeting, and since when where that is not the meeting before it."""

    besides = ("as_at",)

    meeting = IsoDayField(required=False, label="Meeting", help_text="Like 2023-04-21. Left empty: the next one")
    since = IsoDayField(required=False, label="Since", help_text="Left empty: the meeting before it")

    def __init__(self, request: Request) -> None:
        super().__init__(request.GET)
        self.day = request.as_at.day

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        since, until = given.get("since"), self.until(given.get("meeting"))
        if since and since > until:
            self.add_error("since", f"Enter a day that is not after {date_in_words(until)}")
        return given

    def until(self, meeting: date | None) -> date:
        """The day up to which changes are told: that of the meeting, or that of the page before it."""
        return min(meeting, self.day) if meeting else self.day


@public_page
def committee_since(request: Request, organisation: str, committee: str) -> HttpResponse:
    """What changed between a committee's meeting and the one before it."""
    rows = Committee.objects.select_related("organisation")
    found = get_object_or_404(rows, organisation__slug=organisation, slug=committee)
    form = SinceForm(request)
    context = _around(found, form)
    if not form.is_valid():
        mistakes = form.mistakes
        name_mistakes(form, mistakes)
        return render(request, TEMPLATE, context, status=400)
    meeting = form.cleaned_data["meeting"]
    as_at = replace(request.as_at, day=form.until(meeting))
    before = meeting or _day_after(as_at)
    since = form.cleaned_data["since"] or meeting_before(found, before, on=as_at.day)
    brief = since_brief(as_at=as_at, asked=last_asked(found, on=as_at.day), since=since) if since else None
    shown = {"meeting": meeting, "brief": brief, "groups": _linked(brief, as_at) if brief else ()}
    shown["site"] = request.build_absolute_uri("/").rstrip("/")
    return render(request, TEMPLATE, context | shown)


def _around(committee: Committee, form: SinceForm) -> dict[str, Any]:
    organisation = committee.organisation
    return {
        "nav": "councils",
        "crumbs": [
            (organisation.name, organisation.get_absolute_url()),
            (committee.name, committee.get_absolute_url()),
        ],
        "committee": committee,
        "form": form,
        "action": reverse("committee-since", args=[organisation.slug, committee.slug]),
    }


def _day_after(as_at: AsAt) -> date:
    """A meeting on the page's own day is one before: it has been."""
    return date.fromordinal(as_at.day.toordinal() + 1)


def _linked(brief: Brief, as_at: AsAt) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """Each group with the address of each change, for the day that the sheet answers for."""
    day = None if as_at.is_today else as_at.day
    return [(group, [(each, with_day(each.path, day)) for each in group.changes]) for group in brief.groups]
