"""What anybody may read: the list of published reports, those of one organisation, one report and its files.

A draft has the same address as it will have once it is published. Only its own people find anything there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from councils.access import Acting
from councils.permissions import roles_of
from pillars.models import Organisation
from reforms.base.access import public_page
from reforms.base.models import User
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.reports.building.finding import crumbs_of, find_report
from reforms.reports.building.lists import ReportList, newer_of
from reforms.reports.document.docx import as_docx
from reforms.reports.document.html import body_of
from reforms.reports.document.pdf import as_pdf
from reforms.reports.document.values import Document
from reforms.reports.filling.sources import notes_of
from reforms.reports.models import Committee, CommitteeReport
from reforms.reports.writing.freezing import document_of
from reforms.reports.writing.rows import JOINED

State = CommitteeReport.State
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@public_page
def reports(request: Request, kind: str) -> HttpResponse:
    return ReportList(request).answer(kind)


@public_page
def organisation_reports(request: Request, organisation: str) -> HttpResponse:
    """An organisation's committees and published reports; and for those who write for it, its drafts."""
    found = get_object_or_404(Organisation, slug=organisation)
    acting = _acting(request, found)
    rows = CommitteeReport.objects.filter(organisation=found).select_related("committee__organisation", "organisation")
    published = rows.published().filter(published_on__lte=request.as_at.day).defer("frozen").order_by("-meeting_on")
    shown = list(published.order_by("-meeting_on", "-number"))
    context = {
        "nav": "reports",
        "crumbs": [("Reports to committees", reverse("reports"))],
        "organisation": found,
        "reports": shown,
        "newer": newer_of([each.pk for each in shown], on=request.as_at.day),
        "committees": _committees(request, found, shown),
        "drafts": list(rows.open().order_by("-number")) if acting and acting.may("report.read_draft") else [],
        "may_write": bool(acting and acting.may("report.write")),
        "may_manage": bool(acting and acting.may("committee.manage")),
    }
    return render(request, "reports/organisation.html", context)


def _acting(request: Request, organisation: Organisation) -> Acting | None:
    """The person with their roles there, where they look at today; else nothing is asked."""
    if not isinstance(request.user, User) or not request.as_at.is_today:
        return None
    return Acting(request.user, organisation, roles_of(request.user, organisation.pk))


def _committees(request: Request, organisation: Organisation, shown: list[CommitteeReport]) -> list[Committee]:
    """All there are; on another day those that the reports of that day were made to."""
    rows = Committee.objects.filter(organisation=organisation).select_related("organisation").order_by("name")
    return list(rows if request.as_at.is_today else rows.filter(pk__in={each.committee_id for each in shown}))


@public_page
def report(request: Request, organisation: str, number: int) -> HttpResponse:
    """A report at its own address: what was frozen, or, for its own people, the draft as it stands.

    What its sources say since is told beside its words, which stay.
    """
    found = find_report(request, organisation, number)
    document = document_of(found)
    is_draft = found.state == State.DRAFT
    notes = notes_of(document.sections, as_at=request.as_at)
    acting = _acting(request, found.organisation)
    context = {
        "nav": "work" if is_draft else "reports",
        "crumbs": crumbs_of(found),
        "report": found,
        "document": document,
        "is_draft": is_draft,
        "body": body_of(document, notes=notes),
        "later": _later(found, request),
        "desk_url": reverse("report-edit", args=[organisation, number]),
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "may": {name: bool(acting and acting.may(f"report.{name}")) for name in ("read_draft", "write", "publish")},
        "may_record": bool(acting and acting.may("action.record")),
        "citation": None,  # it has one of its own, with the committee and the digest
    }
    return render(request, "reports/report.html", context)


def _later(report: CommitteeReport, request: Request) -> CommitteeReport | None:
    """The report that had taken its place by the day of the page."""
    later = CommitteeReport.objects.published().filter(replaces=report, published_on__lte=request.as_at.day)
    return later.select_related(*JOINED).first()


@public_page
def report_file(request: Request, organisation: str, number: int, form: str) -> HttpResponse:
    """The same report as a file."""
    found = find_report(request, organisation, number)
    document = document_of(found)
    content, kind = FORMS[form](document, request, found)
    response = HttpResponse(content, content_type=kind)
    name = f"{found.organisation.slug}-{found.number}{'-draft' if found.state == State.DRAFT else ''}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _word(document: Document, request: Request, report: CommitteeReport) -> tuple[bytes, str]:
    return as_docx(document, base_url=_base(request)), WORD


def _pdf(document: Document, request: Request, report: CommitteeReport) -> tuple[bytes, str]:
    return as_pdf(document, base_url=_base(request)), "application/pdf"


def _json(document: Document, request: Request, report: CommitteeReport) -> tuple[bytes, str]:
    """What was frozen, just as its digest was taken of it, beside the digest."""
    later = _later(report, request)
    values: dict[str, Any] = {
        "address": request.build_absolute_uri(report.get_absolute_url()),
        "digest": report.digest or None,
        "replaced_by": request.build_absolute_uri(later.get_absolute_url()) if later else None,
        "document": report.frozen or document.as_values(),
    }
    return json.dumps(values, ensure_ascii=False, indent=1).encode(), "application/json"


def _base(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


FORMS: dict[str, Callable[[Document, Request, CommitteeReport], tuple[bytes, str]]] = {
    "docx": _word,
    "pdf": _pdf,
    "json": _json,
}
