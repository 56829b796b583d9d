"""The approver's page: what is submitted beside what is published, then publish or return. A pillar on one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from councils.access import Acting, for_members
from councils.models import PositionVersion
from councils.models.positions import PositionVersionQuerySet
from councils.standing import JOINED
from councils.writing.finding import Place, content_at, find_place, number_in, writers_of
from councils.writing.moves import ChangedError, publish_position, refuse_own_words, return_position
from councils.writing.rows import content_of
from councils.writing.workflow import MoveError
from reforms.base.differences import as_html, compare, counts
from reforms.base.formatting import date_in_words
from reforms.base.models import User
from reforms.base.requests import Request

NO_REVIEW_DAY = f"Reviewed {settings.POSITION_REVIEW_MONTHS} months after it is published."
AROUND = 1
"""Unchanged paragraphs shown on either side of a change."""


@dataclass
class Waiting:
    """Something that waits for approval: what differs from what is published, and why the person may not publish it."""

    version: PositionVersion
    differences: SafeString
    counted: str
    writers: list[User]
    review: str
    refusal: str = ""
    reason: str = ""
    since: SafeString | None = None
    """What changed since the person read it."""

    @property
    def reference(self) -> str:
        return self.version.position.reference.partition("/")[2]


@require_http_methods(["GET", "HEAD", "POST"])
@for_members("position.publish")
def check(request: Request, acting: Acting, reference: str) -> HttpResponse:
    """Everything submitted on a subject: on a pillar, what is on its commitments too."""
    place = find_place(acting, reference, on=request.as_at.today)
    if request.method == "POST":
        return _decide(request, place)
    return _page(request, place)


def _decide(request: Request, place: Place) -> HttpResponse:
    number, read = number_in(request, "version"), number_in(request, "revision")
    if number is None or read is None:
        return _page(request, place, error="Something in the form cannot be read. Nothing was decided.")
    version, reason = place.version(number), request.POST.get("reason", "")[:2000]
    given: Any = {"version": version, "revision": read, "by": place.acting.user, "now": request.as_at.now}
    try:
        if request.POST.get("decision") == "publish":
            publish_position(**given)
            messages.success(request, f"{place.title} is published.")
        else:
            return_position(**given, reason=reason)
            messages.success(request, f"{place.title} is returned, with your reason.")
    except MoveError as error:
        read_before = read if isinstance(error, ChangedError) else None
        return _page(request, place, error=str(error), read=read_before, reason=reason)
    return redirect(_onwards(request, place))


def _onwards(request: Request, place: Place) -> str:
    """Back to the pillar's page while something on it waits, else to the list of work."""
    pillar = place.subject.pillar
    if pillar and _submitted(place, within_pillar=True).exists():
        return reverse("position-check", args=[place.acting.organisation.slug, pillar.reference])
    return reverse("my-work")


def _submitted(place: Place, *, within_pillar: bool = False) -> PositionVersionQuerySet:
    subject, submitted = place.subject, PositionVersion.objects.filter(state=PositionVersion.State.SUBMITTED)
    own = submitted.filter(position__organisation=place.acting.organisation).select_related(*JOINED)
    if subject.pillar and (within_pillar or subject.commitment is None):
        on_pillar = own.filter(position__pillar=subject.pillar)
        return on_pillar | own.filter(position__commitment__pillar=subject.pillar)
    return own.filter(position=place.position)


def _page(
    request: Request, place: Place, *, error: str = "", read: int | None = None, reason: str = ""
) -> HttpResponse:
    versions = _submitted(place).order_by("position__commitment__reference", "pk")
    waiting = [_waiting(version, by=place.acting.user) for version in versions]
    for each in waiting:
        if each.version.position_id == (place.position.pk if place.position else None):
            each.reason = reason
            each.since = _since(each.version, read) if read is not None else None
    context = {"nav": "work", "crumbs": place.crumbs, "place": place, "waiting": waiting, "error": error}
    return render(request, "writing/check.html", context, status=409 if read is not None else 400 if error else 200)


def _waiting(version: PositionVersion, *, by: User) -> Waiting:
    published = version.position.versions.filter(state=PositionVersion.State.PUBLISHED).first()
    before = content_of(published).in_words() if published else ""
    content = content_of(version)
    pieces = compare(before, content.in_words())
    return Waiting(
        version,
        as_html(pieces, around=AROUND),
        counts(pieces),
        writers_of(version),
        f"Review by {date_in_words(content.review_on)}." if content.review_on else NO_REVIEW_DAY,
        _refusal(version, by=by),
    )


def _refusal(version: PositionVersion, *, by: User) -> str:
    try:
        refuse_own_words(version, by=by)
    except MoveError as error:
        return str(error)
    return ""


def _since(version: PositionVersion, read: int) -> SafeString:
    """What differs from the revision that the person read."""
    return as_html(compare(content_at(version, read).in_words(), content_of(version).in_words()), around=AROUND)
