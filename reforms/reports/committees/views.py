"""The public pages: committees, one committee, everything it asked for, and one thing of that."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from councils.permissions import roles_of
from reforms.base.access import public_page
from reforms.base.models import User
from reforms.base.permissions import allows
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.committees.due import RULE, State
from reforms.reports.committees.lists import ActionList, CommitteeList, crumbs_of
from reforms.reports.committees.standing import as_it_stood, asked, by_state
from reforms.reports.models import Committee, CommitteeReport

PERMISSIONS = ("committee.manage", "action.record", "action.reply", "action.close")
CLOSED_SHOWN = 10
"""The list of everything has the others."""


@public_page
def committees(request: Request, kind: str) -> HttpResponse:
    return CommitteeList(request).answer(kind)


@public_page
def committee(request: Request, organisation: str, committee: str) -> HttpResponse:
    """What it asked for, the most pressing first, and the reports that were published for it."""
    found = find_committee(organisation, committee)
    day = request.as_at.day
    groups = by_state(asked(as_it_stood(on=day).filter(committee=found).order_by("awaited_on", "number"), on=day))
    context = {
        "crumbs": crumbs_of(),
        "committee": found,
        "groups": [(state, rows) for state, rows in groups if state != State.CLOSED],
        "closed": [each for state, rows in groups for each in rows if state == State.CLOSED][-CLOSED_SHOWN:][::-1],
        "counts": [(state, len(rows)) for state, rows in groups],
        "reports": _reports(request, found),
        "rule": RULE,
        **what_they_may(request, found),
    }
    return render(request, "reports/committees/committee.html", context)


def _reports(request: Request, committee: Committee) -> list[CommitteeReport]:
    published = CommitteeReport.objects.published().filter(committee=committee, published_on__lte=request.as_at.day)
    return list(published.select_related("organisation").defer("frozen").order_by("-meeting_on", "-number"))


@public_page
def actions(request: Request, organisation: str, committee: str, kind: str) -> HttpResponse:
    return ActionList(request, find_committee(organisation, committee)).answer(kind)


@public_page
def action(request: Request, organisation: str, committee: str, number: int) -> HttpResponse:
    """One thing that a committee asked for: its words, every answer, and how it ended."""
    found = find_committee(organisation, committee)
    one = as_it_stood(on=request.as_at.day).filter(committee=found)
    [shown] = asked(one.filter(pk=get_object_or_404(one, number=number).pk), on=request.as_at.day)
    context = {
        "crumbs": crumbs_of(found),
        "committee": found,
        "asked": shown,
        "rule": RULE,
        **what_they_may(request, found),
    }
    return render(request, "reports/committees/action.html", context)


def find_committee(organisation: str, slug: str) -> Committee:
    """The committee at this address. Raises Http404."""
    found = Committee.objects.select_related("organisation", "chair")
    return get_object_or_404(found, organisation__slug=organisation, slug=slug)


def what_they_may(request: Request, committee: Committee) -> dict[str, Any]:
    """What a member of the committee's organisation may do there, where the page is of today: nothing for others."""
    person = request.user if isinstance(request.user, User) and request.as_at.is_today else None
    roles = roles_of(person, committee.organisation_id) if person else frozenset()
    may = {each for each in PERMISSIONS if allows(each, roles)}
    is_chair = person is not None and bool(roles) and committee.chair_id == person.pk
    return {"is_member": bool(roles), "may": may, "is_chair": is_chair}
