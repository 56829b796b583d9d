"""The report that an address speaks of: for its own people while it is written, for everybody once it is published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from councils.access import Acting
from reforms.base.as_at import AsAt
from reforms.base.requests import Request
from reforms.reports.document.notes import SourceNote
from reforms.reports.filling.sources import notes_of
from reforms.reports.models import CommitteeReport, ReportSection, SectionEdit
from reforms.reports.writing.freezing import section_of
from reforms.reports.writing.rows import JOINED

State = CommitteeReport.State


@dataclass
class Desk:
    """Where somebody writes a report: their organisation, and the report with its sections."""

    acting: Acting
    report: CommitteeReport
    as_at: AsAt

    def address(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.acting.organisation.slug, self.report.number, *args])

    @property
    def url(self) -> str:
        return self.address("report-edit")

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("My work", reverse("my-work")), *crumbs_of(self.report), (self.report.subject, self.url)]

    @property
    def is_open(self) -> bool:
        return self.report.state == State.DRAFT

    @cached_property
    def sections(self) -> list[ReportSection]:
        rows = list(self.report.sections.all())
        for row in rows:
            row.report = self.report
        return rows

    @cached_property
    def notes(self) -> dict[str, SourceNote]:
        """What each source is called, where it is, and whether it says something else by now."""
        return notes_of([section_of(each) for each in self.sections], as_at=self.as_at)

    def section(self, key: str) -> ReportSection:
        """Raises Http404."""
        found = next((each for each in self.sections if each.key == key), None)
        if found is None:
            raise Http404
        return found

    def own_edit(self, section: ReportSection, key: int) -> SectionEdit:
        """Words of the person in this section that were saved or set aside. Raises Http404."""
        edits = SectionEdit.objects.filter(section=section, by=self.acting.user)
        found = edits.select_related("section__report").filter(pk=key).first()
        if found is None:
            raise Http404
        return found

    def waiting(self, section: ReportSection | None = None) -> list[SectionEdit]:
        """The person's words that were set aside and that they have not settled."""
        rows = SectionEdit.objects.waiting().filter(by=self.acting.user, section__report=self.report)
        found = rows.filter(section=section) if section else rows
        return list(found.select_related("section").order_by("at", "pk"))


def find_desk(acting: Acting, number: int, *, as_at: AsAt) -> Desk:
    """Raises Http404 where the organisation has no report of that number."""
    found = CommitteeReport.objects.filter(organisation=acting.organisation, number=number).select_related(*JOINED)
    report = found.first()
    if report is None:
        raise Http404
    return Desk(acting, report, as_at)


def find_report(request: Request, organisation: str, number: int) -> CommitteeReport:
    """The report where the person may read it on the day of the page. Raises Http404, as for one there is not."""
    found = CommitteeReport.objects.visible_to(request.user).exclude(state=State.DISCARDED)
    report = found.filter(organisation__slug=organisation, number=number).select_related(*JOINED).first()
    if report is None or not was_there(report, as_at=request.as_at):
        raise Http404
    return report


def was_there(report: CommitteeReport, *, as_at: AsAt) -> bool:
    """Whether a page that answers for the day shows it: a draft has no other day than today."""
    if report.state != State.PUBLISHED:
        return as_at.is_today
    return report.published_on is not None and report.published_on <= as_at.day


def crumbs_of(report: CommitteeReport) -> list[tuple[str, str]]:
    """The way to the organisation's reports."""
    organisation = report.organisation
    return [
        ("Reports to committees", reverse("reports")),
        (organisation.name, reverse("organisation-reports", args=[organisation.slug])),
    ]
