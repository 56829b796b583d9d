"""Two texts: what a person wrote, and what a colleague had saved before them. Nothing is lost whichever is chosen."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from councils.access import Acting, for_members
from councils.models import Edit, PositionVersion
from councils.writing.actions import Saved, save_draft, settle_edit, start_draft
from councils.writing.contents import Content
from councils.writing.finding import Place, content_at, find_place, number_in
from councils.writing.forms import LONGEST_TEXT
from councils.writing.merging import merge
from councils.writing.rows import content_of
from reforms.base.differences import as_html, compare, counts
from reforms.base.requests import Request

SUBMITTED = "It has been submitted. Take it back first, then choose here."


@require_http_methods(["GET", "HEAD", "POST"])
@for_members("position.write")
def set_aside(request: Request, acting: Acting, reference: str, key: int) -> HttpResponse:
    """Both texts with their differences, and a third made of both."""
    place = find_place(acting, reference, on=request.as_at.today)
    edit = place.own_edit(key)
    if request.method == "POST":
        return _choose(request, place, edit)
    return _page(request, place, edit)


def _newest(place: Place, edit: Edit) -> PositionVersion:
    """What the words would go into: the open draft, or the version they were meant for where none is open."""
    return place.open_version() or edit.version


def _choose(request: Request, place: Place, edit: Edit) -> HttpResponse:
    text = request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "").rstrip()
    if request.POST.get("do") == "theirs":
        settle_edit(edit=edit, by=place.acting.user, now=request.as_at.now)
        messages.success(request, "The draft stays as your colleague left it. Your words are in the history.")
        return redirect(place.desk_url)
    if _newest(place, edit).state == PositionVersion.State.SUBMITTED:
        return _page(request, place, edit, text=text, error=SUBMITTED)
    if len(text) > LONGEST_TEXT:
        return _page(request, place, edit, text=text, error=f"Shorten the text to {LONGEST_TEXT:,} characters.")
    return _save(request, place, edit, text)


def _save(request: Request, place: Place, edit: Edit, text: str) -> HttpResponse:
    """Store the text that was made of both; the words are set aside again if somebody was quicker once more."""
    user, now = place.acting.user, request.as_at.now
    version = start_draft(organisation=place.acting.organisation, subject=place.subject, by=user, now=now)
    rest = Content.of("", edit.rest) if request.POST.get("rest") == "mine" else content_of(version)
    read = _revision_read(request, version)
    saved = save_draft(version=version, revision=read, content=replace(rest, text=text), by=user, now=now)
    if isinstance(saved, Saved):
        settle_edit(edit=edit, by=user, now=now)
        messages.success(request, "Saved. All texts are in the history.")
        return redirect(place.address("position-edit"))
    if saved.edit != edit:
        settle_edit(edit=edit, by=user, now=now)
    return redirect(place.address("position-set-aside", saved.edit.pk))


def _revision_read(request: Request, version: PositionVersion) -> int:
    """The revision that stood beside the words. A draft that was begun for them has not been read by anybody else."""
    if request.POST.get("version") == str(version.number):
        return number_in(request, "revision") or 0
    return version.revision if version.started_at == request.as_at.now else 0


def _page(request: Request, place: Place, edit: Edit, *, text: str | None = None, error: str = "") -> HttpResponse:
    newest = _newest(place, edit)
    mine, theirs = Content.of(edit.text, edit.rest), content_of(newest)
    base = content_at(edit.version, edit.based_on)
    merged = merge(base.text, mine.text, theirs.text)
    last = newest.edits.exclude(revision=None).exclude(pk=edit.pk).select_related("by").order_by("-revision").first()
    columns = [compare(base.in_words(), each.in_words()) for each in (mine, theirs)]
    context = {
        "nav": "work",
        "crumbs": place.crumbs,
        "place": place,
        "edit": edit,
        "version": newest,
        "last": last,
        "mine": as_html(columns[0], around=1),
        "mine_counted": counts(columns[0]),
        "theirs": as_html(columns[1], around=1),
        "theirs_counted": counts(columns[1]),
        "is_merged": merged is not None,
        "text": text if text is not None else merged if merged is not None else mine.text,
        "rests_differ": mine.rest != theirs.rest,
        "is_rest_mine": theirs.rest == base.rest,
        "error": error,
    }
    return render(request, "writing/set_aside.html", context, status=400 if error else 200)
