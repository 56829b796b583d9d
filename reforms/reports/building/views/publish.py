"""The approver's page: everything as it will be frozen, then publish exactly that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from councils.access import Acting, for_members
from councils.writing.finding import number_in
from reforms.base.differences import as_html, compare
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.building.finding import Desk, find_desk
from reforms.reports.building.views.set_aside import said_at
from reforms.reports.building.words import words_of
from reforms.reports.document.html import body_of
from reforms.reports.models import ReportSection
from reforms.reports.writing.actions import ChangedError, ReportError, publish_report
from reforms.reports.writing.freezing import drafted, section_of
from reforms.reports.writing.rows import holds_drafts


@require_http_methods(["GET", "HEAD", "POST"])
@for_members("report.publish")
def publish(request: Request, acting: Acting, number: int) -> HttpResponse:
    desk = find_desk(acting, number, as_at=request.as_at)
    if not desk.is_open:
        return redirect(desk.report.get_absolute_url() if desk.report.digest else desk.url)
    return _publish(request, desk) if request.method == "POST" else _page(request, desk)


def _publish(request: Request, desk: Desk) -> HttpResponse:
    read = _read(request, desk)
    given: Any = {"by": desk.acting.user, "now": request.as_at.now}
    try:
        made = publish_report(report=desk.report, revision=number_in(request, "revision") or 0, read=read, **given)
    except ChangedError as error:
        return _page(request, find_desk(desk.acting, desk.report.number, as_at=desk.as_at), error=str(error), read=read)
    except ReportError as error:
        return _page(request, desk, error=str(error))
    messages.success(request, "Published. From now on nothing in it changes.")
    return redirect(made.get_absolute_url())


def _read(request: Request, desk: Desk) -> dict[str, int]:
    """The revision of each section that stood on the page."""
    found = {each.key: number_in(request, f"read-{each.key}") for each in desk.sections}
    return {key: number for key, number in found.items() if number is not None}


def _page(request: Request, desk: Desk, *, error: str = "", read: Mapping[str, int] | None = None) -> HttpResponse:
    standing = [each for each in desk.sections if not each.is_left_out]
    document = drafted(desk.report, standing)
    context = {
        "nav": "work",
        "crumbs": desk.crumbs,
        "desk": desk,
        "report": desk.report,
        "document": document,
        "body": body_of(document, notes=desk.notes),
        "standing": standing,
        "left_out": [each for each in desk.sections if each.is_left_out],
        "with_drafts": [each for each in standing if holds_drafts(each)],
        "moved": [each for each in standing if _has_moved(desk, each)],
        "since": [_since(each, read) for each in standing if read is not None and read.get(each.key) != each.revision],
        "error": error,
    }
    return render(request, "reports/publish.html", context, status=409 if read is not None else 400 if error else 200)


def _has_moved(desk: Desk, section: ReportSection) -> bool:
    notes = (desk.notes.get(block.source) for block in section_of(section).blocks)
    return any(note is not None and note.has_moved for note in notes)


def _since(section: ReportSection, read: Mapping[str, int]) -> tuple[ReportSection, SafeString]:
    """The section with what differs from what the person read."""
    before = words_of(said_at(section, read[section.key])) if section.key in read else ""
    return section, as_html(compare(before, words_of(section_of(section))), around=1)
