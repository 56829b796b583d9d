"""Every version of a position: who took which step, when and why; and what each version says."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from councils.access import Acting, for_members
from councils.models import Decision, PositionVersion
from councils.writing.finding import Place, find_place
from councils.writing.moves import erase_version
from councils.writing.rows import content_of
from councils.writing.workflow import MoveError
from reforms.base.differences import as_html, compare, counts
from reforms.base.requests import Request

SHOWN_EDITS = 50
WORDS = {
    "start": "Started",
    "submit": "Submitted",
    "take_back": "Taken back",
    "return": "Returned",
    "publish": "Published",
    "supersede": "Superseded by the next",
    "withdraw": "Withdrawn",
    "discard": "Discarded",
    "renew": "Said to be still correct",
    "erase": "Personal data erased",
}


@dataclass
class Told:
    """A version with the steps that were taken with it, the newest first."""

    version: PositionVersion
    steps: list[tuple[str, Decision]] = field(default_factory=list)


@require_safe
@for_members("position.read_draft")
def history(request: Request, acting: Acting, reference: str) -> HttpResponse:
    place = find_place(acting, reference, on=request.as_at.today)
    context = {"nav": "work", "crumbs": place.crumbs, "place": place, "told": _told(place)}
    return render(request, "writing/history.html", context)


def _told(place: Place) -> list[Told]:
    versions = PositionVersion.objects.filter(position=place.position).order_by("-number") if place.position else []
    found = {version.pk: Told(version) for version in versions}
    for step in Decision.objects.filter(version__in=found).select_related("by").order_by("-at", "-pk"):
        found[step.version_id].steps.append((WORDS.get(step.move, step.move), step))
    return list(found.values())


@require_http_methods(["GET", "HEAD", "POST"])
@for_members("position.read_draft", post="position.erase")
def version(request: Request, acting: Acting, reference: str, number: int) -> HttpResponse:
    """What one version says, what changed from the one before, and every save of it. Posting erases its words."""
    place = find_place(acting, reference, on=request.as_at.today)
    found = place.version(number)
    error = ""
    if request.method == "POST":
        try:
            reason = request.POST.get("reason", "")[:300]
            erase_version(version=found, reason=reason, by=acting.user, now=request.as_at.now)
        except MoveError as refusal:
            error = str(refusal)
        else:
            messages.success(request, "Erased, with all its history. The reason stands in its place.")
            return redirect(place.address("position-version", number))
    return _version_page(request, place, found, error)


def _version_page(request: Request, place: Place, found: PositionVersion, error: str) -> HttpResponse:
    before = (
        found.position.versions.filter(number__lt=found.number).exclude(state="discarded").order_by("-number").first()
    )
    content = content_of(found)
    pieces = compare(content_of(before).in_words() if before else "", content.in_words())
    context = {
        "nav": "work",
        "crumbs": [*place.crumbs, ("History", place.address("position-history"))],
        "place": place,
        "version": found,
        "before": before,
        "content": content,
        "differences": as_html(pieces, around=1),
        "counted": counts(pieces),
        "edits": found.edits.select_related("by").order_by("-at", "-pk")[:SHOWN_EDITS],
        "may_erase": place.acting.may("position.erase") and found.erased_at is None,
        "error": error,
    }
    return render(request, "writing/version.html", context, status=400 if error else 200)
