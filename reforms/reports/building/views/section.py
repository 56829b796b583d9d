"""The form of one section."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from councils.access import Acting, for_members
from reforms.base.formatting import moment_in_words
from reforms.base.kept import forget_kept_form, keeps_posts, kept_form
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.building.finding import Desk, find_desk
from reforms.reports.building.section_form import SectionForm
from reforms.reports.models import ReportSection
from reforms.reports.writing.actions import ReportError, Saved, save_section
from reforms.reports.writing.freezing import section_of


@keeps_posts
@require_http_methods(["GET", "HEAD", "POST"])
@for_members("report.write")
def section(request: Request, acting: Acting, number: int, key: str) -> HttpResponse:
    """A box for each piece of the section. Whoever saves second loses nothing: both texts are shown."""
    desk = find_desk(acting, number, as_at=request.as_at)
    row = desk.section(key)
    kept = None if request.method == "POST" else kept_form(request)
    typed = request.POST if request.method == "POST" else kept
    form = _form(request, desk, row, typed)
    if request.method == "POST":
        return _save(request, desk, row, form)
    if not desk.is_open and kept is None:
        return redirect(desk.url)
    return _page(request, desk, row, form, is_kept=kept is not None)


def _form(request: Request, desk: Desk, row: ReportSection, typed: Any) -> SectionForm:
    asked = (typed or request.GET).get("part", "")
    part = int(asked) if asked.isdecimal() and len(asked) < 5 else 1
    name = f"{row.report_id}:{row.key}"
    return SectionForm(section_of(row), row.revision, name=name, part=part, notes=desk.notes, data=typed)


def _save(request: Request, desk: Desk, row: ReportSection, form: SectionForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, desk, row, form, status=400)
    warnings, mark = form.unheeded()
    if warnings:
        return _page(request, desk, row, form, warnings=warnings, mark=mark)
    said = form.section
    given: Any = {"by": desk.acting.user, "now": request.as_at.now}
    try:
        saved = save_section(section=row, revision=form.revision, heading=said.heading, blocks=said.blocks, **given)
    except ReportError as error:
        form.head.add_error(None, str(error))
        return _page(request, desk, row, form, status=400)
    forget_kept_form(request)
    if not isinstance(saved, Saved):
        return redirect(desk.address("report-set-aside", row.key, saved.edit.pk))
    messages.success(request, f"Saved at {moment_in_words(saved.at).rpartition(' at ')[2]}.")
    return redirect(_onwards(request, desk, row, form.part))


def _onwards(request: Request, desk: Desk, row: ReportSection, part: int) -> str:
    """Where the button leads: back to the desk, or to the same part of the form."""
    if request.POST.get("do") == "desk":
        return f"{desk.url}#section-{row.key}"
    here = desk.address("report-section", row.key)
    return f"{here}?part={part}" if part > 1 else here


def _page(
    request: Request, desk: Desk, row: ReportSection, form: SectionForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "nav": "work",
        "crumbs": desk.crumbs,
        "desk": desk,
        "report": desk.report,
        "section": row,
        "form": form,
        "last": row.edits.exclude(revision=None).select_related("by").order_by("-revision").first(),
        "waiting": desk.waiting(row),
    }
    return render(request, "reports/section.html", context | more, status=status)
