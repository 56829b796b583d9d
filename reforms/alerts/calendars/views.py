"""Calendars, and the page on which people get a link to their own."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from councils.access import organisations_of
from councils.models import Council
from reforms.alerts.calendars import facts, links
from reforms.alerts.calendars.actions import make_calendar_link, take_back_calendar_link
from reforms.alerts.calendars.entries import Entry
from reforms.alerts.calendars.ics import CONTENT_TYPE, calendar_file
from reforms.alerts.calendars.sequences import numbered
from reforms.alerts.outbox.addresses import whole
from reforms.base.access import public_page
from reforms.base.accounts.access import own_account
from reforms.base.filters import fault
from reforms.base.models import User
from reforms.base.requests import Request
from reforms.base.responses import refused_data

NAME = "Reform Tracker"
MAKE, TAKE_BACK = "make", "take-back"


@public_page
def calendar(request: Request) -> HttpResponse:
    """The nation's dates. A calendar is of today: it takes no parameter."""
    return refused(request) or file_of(facts.of_the_nation(on=request.as_at.today), name=NAME)


@public_page
def council_calendar(request: Request, slug: str) -> HttpResponse:
    """The nation's dates with those of one council that anybody may read."""
    if refusal := refused(request):
        return refusal
    day = request.as_at.today
    councils = Council.objects.known(on=day).select_related("organisation")
    organisation = get_object_or_404(councils, organisation__slug=slug).organisation
    return file_of(facts.of_a_council(organisation, on=day), name=f"{NAME}: {organisation.name}")


@login_not_required
def private_calendar(request: Request, token: str) -> HttpResponse:
    """One person's dates, for whoever brings the link. No cache keeps it, and no session begins."""
    person = links.person_of(token)
    if person is None:
        raise Http404
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    return refused(request) or file_of(facts.of_a_person(person, on=request.as_at.today), name=f"{NAME}: my dates")


def refused(request: Request) -> HttpResponse | None:
    """400 with every parameter that was given: there are none."""
    wrong = {name: fault(name, values, known=(), many=()) for name, values in request.GET.lists()}
    return refused_data({name: [message or ""] for name, message in wrong.items()}) if wrong else None


def file_of(entries: Sequence[Entry], *, name: str) -> HttpResponse:
    return HttpResponse(calendar_file(numbered(entries), name=name), content_type=CONTENT_TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
def _calendar_link(request: Request) -> HttpResponse:
    """What there is to subscribe to. The link to the person's own dates is shown once, when it is made."""
    person = _person(request)
    if request.method != "POST":
        return _link_page(request, person)
    verb = request.POST.get("verb", "")
    if verb == MAKE:
        secret = make_calendar_link(person=person, by=person, now=request.as_at.now)
        return _link_page(request, person, link=links.address_of(secret))
    if verb != TAKE_BACK:
        return _link_page(request, person, status=400)
    take_back_calendar_link(person=person, by=person, now=request.as_at.now)
    messages.success(request, "The link is taken back. Whoever has it finds nothing there any more.")
    return redirect("calendar-link")


calendar_link = own_account(_calendar_link)


def _link_page(request: Request, person: User, *, link: str = "", status: int = 200) -> HttpResponse:
    councils = [acting.organisation for acting in organisations_of(person) if hasattr(acting.organisation, "council")]
    context = {
        "crumbs": [("Your account", reverse("account"))],
        "link": link,
        "found": links.link_of(person),
        "calendar_url": whole(reverse("calendar")),
        "councils": [(each.name, whole(reverse("council-calendar", args=[each.slug]))) for each in councils],
    }
    return render(request, "alerts/calendars/link.html", context, status=status)


def _person(request: Request) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the view here is for people who have signed in
    return request.user
