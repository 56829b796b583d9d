"""Two texts of one section: what a person wrote, and what a colleague had saved before them. Nothing is lost."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from councils.access import Acting, for_members
from councils.writing.finding import number_in
from reforms.base.differences import as_html, compare, counts
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.building.finding import Desk, find_desk
from reforms.reports.building.merging import Merged, merge
from reforms.reports.building.words import words_of
from reforms.reports.document.values import Section, blocks_of
from reforms.reports.models import ReportSection, SectionEdit
from reforms.reports.writing.actions import Saved, save_section, settle_edit
from reforms.reports.writing.freezing import section_of

CLOSED = "The report is no longer being written. Your words stay in its history."


@require_http_methods(["GET", "HEAD", "POST"])
@for_members("report.write")
def set_aside(request: Request, acting: Acting, number: int, key: str, edit: int) -> HttpResponse:
    """Both texts with what each changed; then one of them, or both together."""
    desk = find_desk(acting, number, as_at=request.as_at)
    row = desk.section(key)
    kept = desk.own_edit(row, edit)
    return _choose(request, desk, row, kept) if request.method == "POST" else _page(request, desk, row, kept)


def _choose(request: Request, desk: Desk, row: ReportSection, kept: SectionEdit) -> HttpResponse:
    do = request.POST.get("do")
    if do == "theirs":
        settle_edit(edit=kept, by=desk.acting.user, now=request.as_at.now)
        messages.success(request, "The section stays as it stands. Your words are in its history.")
        return redirect(desk.url)
    if not desk.is_open:
        return _page(request, desk, row, kept, error=CLOSED)
    together = _together(row, kept)
    chosen = together.section if do == "both" else said_in(kept)
    return _save(request, desk, row, kept, chosen, clashes=together.clashes if do == "both" else 0)


def _save(
    request: Request, desk: Desk, row: ReportSection, kept: SectionEdit, chosen: Section, *, clashes: int
) -> HttpResponse:
    """Store what was chosen; it is set aside again if somebody was quicker once more."""
    user, now = desk.acting.user, request.as_at.now
    read = number_in(request, "revision") or 0
    saved = save_section(section=row, revision=read, heading=chosen.heading, blocks=chosen.blocks, by=user, now=now)
    if isinstance(saved, Saved):
        settle_edit(edit=kept, by=user, now=now)
        messages.success(request, _done(clashes))
        return redirect(desk.address("report-section", row.key))
    if saved.edit != kept:
        settle_edit(edit=kept, by=user, now=now)
    return redirect(desk.address("report-set-aside", row.key, saved.edit.pk))


def _done(clashes: int) -> str:
    if not clashes:
        return "Saved. All texts are in the history."
    places = "one place" if clashes == 1 else f"{clashes} places"
    return f"Saved. You both changed the same in {places}: both texts stand there, yours first."


def said_in(edit: SectionEdit) -> Section:
    """What a save held."""
    return Section(edit.section.key, edit.heading, blocks_of(edit.blocks))


def said_at(row: ReportSection, revision: int) -> Section:
    """What the section said at a revision, or the nearest before it that is kept."""
    found = row.edits.filter(revision__lte=revision).select_related("section").order_by("-revision").first()
    return said_in(found) if found else section_of(row)


def _together(row: ReportSection, kept: SectionEdit) -> Merged:
    return merge(said_at(row, kept.based_on), said_in(kept), section_of(row))


def _page(request: Request, desk: Desk, row: ReportSection, kept: SectionEdit, *, error: str = "") -> HttpResponse:
    base = words_of(said_at(row, kept.based_on))
    mine, theirs = (compare(base, words_of(each)) for each in (said_in(kept), section_of(row)))
    context = {
        "nav": "work",
        "crumbs": desk.crumbs,
        "desk": desk,
        "report": desk.report,
        "section": row,
        "edit": kept,
        "last": row.edits.exclude(revision=None).select_related("by").order_by("-revision").first(),
        "mine": as_html(mine, around=1),
        "mine_counted": counts(mine),
        "theirs": as_html(theirs, around=1),
        "theirs_counted": counts(theirs),
        "clashes": _together(row, kept).clashes,
        "error": error,
    }
    return render(request, "reports/set_aside.html", context, status=400 if error else 200)
