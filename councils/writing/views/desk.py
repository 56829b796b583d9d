"""Where a position is at: what is published, what is being written, and what the person may do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from councils.access import Acting, for_members
from councils.models import PositionVersion
from councils.writing import moves
from councils.writing.actions import start_draft
from councils.writing.finding import Place, find_place, number_in, writers_of
from councils.writing.rows import content_of
from councils.writing.workflow import MoveError
from reforms.base.markdown import to_html
from reforms.base.requests import Request

Made = tuple[Callable[..., Any], str]

DRAFT_MOVES: dict[str, Made] = {
    "take_back": (moves.take_back_position, "Taken back. It is a draft again."),
    "submit": (moves.submit_position, "Submitted. Somebody else approves it; until then it is not public."),
    "discard": (moves.discard_draft, "Discarded. Its words are in the history."),
}
PUBLISHED_MOVES: dict[str, Made] = {
    "renew": (moves.renew_position, "On record: it is still correct today."),
    "withdraw": (moves.withdraw_position, "Withdrawn. It is no longer on the public pages."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_members("position.read_draft")
def desk(request: Request, acting: Acting, reference: str) -> HttpResponse:
    """The position's own page. Posting `move` makes one, and leads back here."""
    place = find_place(acting, reference, on=request.as_at.today)
    if request.method == "POST":
        return _move(request, place)
    return _page(request, place)


@require_POST
@for_members("position.write")
def start(request: Request, acting: Acting, reference: str) -> HttpResponse:
    """Open the draft there is, or a new one, which begins with what is published."""
    place = find_place(acting, reference, on=request.as_at.today)
    start_draft(
        organisation=acting.organisation,
        subject=place.subject,
        by=acting.user,
        now=request.as_at.now,
    )
    return redirect(place.address("position-edit"))


def _move(request: Request, place: Place) -> HttpResponse:
    name = request.POST.get("move", "")
    made = DRAFT_MOVES.get(name) or PUBLISHED_MOVES.get(name)
    version = place.open_version() if name in DRAFT_MOVES else place.published()
    if made is None or version is None:
        messages.error(request, "That can no longer be done: somebody was quicker.")
        return redirect(place.desk_url)
    action, words = made
    try:
        action(version=version, by=place.acting.user, now=request.as_at.now, **_given(request, name))
    except MoveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect(_back(request, place))


def _given(request: Request, name: str) -> dict[str, Any]:
    """What the move needs besides who and when: the revision that was read, and a reason."""
    given: dict[str, Any] = {"revision": number_in(request, "revision") or 0}
    if name == "withdraw":
        given["reason"] = request.POST.get("reason", "")[:2000]
    return {} if name == "renew" else given


def _back(request: Request, place: Place) -> str:
    """To the list of work where the button stood there, else to the desk."""
    return reverse("my-work") if request.POST.get("next") == "my-work" else place.desk_url


def _page(request: Request, place: Place) -> HttpResponse:
    if place.position is None and not place.acting.may("position.write"):
        raise PermissionDenied
    version, published = place.open_version(), place.published()
    context = {
        "nav": "work",
        "crumbs": place.crumbs,
        "place": place,
        "version": version,
        "published": published,
        "published_html": _html(published),
        "writers": writers_of(version) if version else [],
        "waiting": version.edits.waiting().filter(by=place.acting.user) if version else [],
        "renewals": published.renewals.select_related("by").order_by("-renewed_on")[:1] if published else [],
        "may": {
            name: place.acting.may(f"position.{name}") for name in ("write", "submit", "renew", "publish", "withdraw")
        },
    }
    return render(request, "writing/desk.html", context)


def _html(published: PositionVersion | None) -> str:
    return to_html(content_of(published).text) if published else ""
