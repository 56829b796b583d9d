"""The desk of a report: its sections in order, what stands before them, and what the person may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.access import Acting, for_members
from councils.writing.finding import number_in
from reforms.base.kept import forget_kept_form, keeps_posts, kept_form
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.building.finding import Desk, find_desk
from reforms.reports.building.forms import FRONT, ChangeFrontForm, front_of
from reforms.reports.building.words import count_words
from reforms.reports.models import CommitteeReport, ReportSection
from reforms.reports.writing import actions
from reforms.reports.writing.actions import Outdated, ReportError
from reforms.reports.writing.freezing import section_of


@dataclass(frozen=True)
class SectionRow:
    """A section as the desk shows it."""

    section: ReportSection
    words: int
    moved: int
    """Pieces whose source says something else by now."""
    drafts: int
    """Pieces that nobody has published."""

    @property
    def counted(self) -> str:
        if not self.words:
            return "Nothing in it"
        return "1 word" if self.words == 1 else f"{self.words:,} words"


@require_safe
@for_members("report.read_draft")
def desk(request: Request, acting: Acting, number: int) -> HttpResponse:
    found = find_desk(acting, number, as_at=request.as_at)
    if not found.is_open:
        return redirect(_where_it_went(found))
    rows = [_row(found, each) for each in found.sections]
    context = {
        "nav": "work",
        "crumbs": found.crumbs[:-1],
        "desk": found,
        "report": found.report,
        "pillars": found.report.pillars.order_by("number"),
        "rows": rows,
        "moved": sum(row.moved for row in rows if not row.section.is_left_out),
        "waiting": found.waiting(),
        "may": {name: acting.may(f"report.{name}") for name in ("write", "publish")},
    }
    return render(request, "reports/desk.html", context)


def _row(desk: Desk, section: ReportSection) -> SectionRow:
    said = section_of(section)
    notes = [desk.notes.get(block.source) for block in said.blocks]
    moved = sum(note is not None and note.has_moved for note in notes)
    return SectionRow(section, count_words(said), moved, sum(block.is_draft for block in said.blocks))


def _where_it_went(desk: Desk) -> str:
    """To the report where it was published; where it was discarded, to the others."""
    if desk.report.state == CommitteeReport.State.PUBLISHED:
        return desk.report.get_absolute_url()
    return reverse("organisation-reports", args=[desk.acting.organisation.slug])


@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
@for_members("report.write")
def front(request: Request, acting: Acting, number: int) -> HttpResponse:
    """What stands before the sections: for whom, about what, on whose behalf."""
    found = find_desk(acting, number, as_at=request.as_at)
    kept = None if request.method == "POST" else kept_form(request)
    typed = request.POST if request.method == "POST" else kept
    form = ChangeFrontForm(typed, initial=front_of(found.report), today=request.as_at.today)
    if request.method == "POST" and form.is_valid():
        return _change(request, found, form)
    if not found.is_open and typed is None:
        return redirect(_where_it_went(found))
    return _front_page(request, found, form, status=400 if request.method == "POST" else 200, is_kept=kept is not None)


def _change(request: Request, desk: Desk, form: ChangeFrontForm) -> HttpResponse:
    read = form.cleaned_data["revision"]
    given: Any = {"values": form.values(), "by": desk.acting.user, "now": request.as_at.now}
    try:
        changed = actions.change_front(report=desk.report, revision=read, **given)
    except ReportError as error:
        form.add_error(None, str(error))
        return _front_page(request, desk, form, status=400)
    forget_kept_form(request)
    if isinstance(changed, Outdated):
        return _outdated(request, find_desk(desk.acting, desk.report.number, as_at=desk.as_at))
    messages.success(request, "Saved.")
    return redirect(desk.url)


def _outdated(request: Request, desk: Desk) -> HttpResponse:
    """Somebody else was quicker: what the person typed stays in the boxes, and what stands now is said beside them."""
    typed = request.POST.copy()
    typed["revision"] = str(desk.report.revision)
    form = ChangeFrontForm(typed, today=request.as_at.today)
    standing = front_of(desk.report)
    form.is_valid()
    differs = [(form[name].label, standing[name]) for name in FRONT if form.cleaned_data.get(name) != standing[name]]
    return _front_page(request, desk, form, status=409, is_outdated=True, differs=differs)


def _front_page(request: Request, desk: Desk, form: ChangeFrontForm, *, status: int, **more: object) -> HttpResponse:
    context = {"nav": "work", "crumbs": desk.crumbs, "desk": desk, "report": desk.report, "form": form}
    return render(request, "reports/front.html", context | more, status=status)


Deed = Callable[[Request, Desk, ReportSection], str]


def _button(deed: Deed) -> Callable[..., HttpResponse]:
    """A view that does one thing with a section and leads back; the deed says what was done, or raises ReportError."""

    @wraps(deed)
    def answer(request: Request, acting: Acting, number: int, key: str) -> HttpResponse:
        found = find_desk(acting, number, as_at=request.as_at)
        row = found.section(key)
        try:
            words = deed(request, found, row)
        except ReportError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, words)
        return redirect(f"{found.url}#section-{row.key}")

    return require_POST(for_members("report.write")(answer))


@_button
def move(request: Request, desk: Desk, section: ReportSection) -> str:
    """One place up or down, or to a place."""
    given: Any = {"section": section, "by": desk.acting.user, "now": request.as_at.now}
    place = number_in(request, "place")
    if place is not None:
        actions.move_section(place=place, **given)
        return f"{section.heading} is moved."
    is_up = request.POST.get("to") == "up"
    actions.move_section(up=is_up, **given)
    return f"{section.heading} is moved {'up' if is_up else 'down'}."


@_button
def leave_out(request: Request, desk: Desk, section: ReportSection) -> str:
    """Leave a section out of the report, or take it in again."""
    is_left_out = request.POST.get("leave") != "in"
    actions.leave_out(section=section, is_left_out=is_left_out, by=desk.acting.user, now=request.as_at.now)
    return f"{section.heading} is left out. Its words are kept." if is_left_out else f"{section.heading} is in again."


@_button
def refill(request: Request, desk: Desk, section: ReportSection) -> str:
    """Fill a section anew from the data. What it said stays in its history."""
    done = actions.refill_section(
        section=section,
        revision=number_in(request, "revision") or 0,
        with_drafts=request.POST.get("from") == "drafts",
        by=desk.acting.user,
        now=request.as_at.now,
    )
    if isinstance(done, Outdated):
        raise ReportError(f"{section.heading} was changed by somebody else first. Nothing was filled: read it again.")
    return f"{section.heading} is filled anew. What it said before is in its history."


@require_POST
@for_members("report.write")
def discard(request: Request, acting: Acting, number: int) -> HttpResponse:
    found = find_desk(acting, number, as_at=request.as_at)
    try:
        actions.discard_report(report=found.report, by=acting.user, now=request.as_at.now)
    except ReportError as error:
        messages.error(request, str(error))
        return redirect(_where_it_went(found))
    messages.success(request, f"The draft ‘{found.report.subject}’ is discarded.")
    return redirect(reverse("organisation-reports", args=[acting.organisation.slug]))
