"""A report as one document: from its rows while it is being written, and for ever after from what was frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from pillars.models import Organisation
from reforms.reports.document.values import Document, Section, blocks_of, digest_of
from reforms.reports.models import CommitteeReport, ReportSection
from reforms.reports.writing.comparing import changes_between


class NotAsFrozenError(Exception):
    """What is kept of a published report is not what was published."""


def document_of(report: CommitteeReport) -> Document:
    """The whole of the report. Raises NotAsFrozenError where a published one is not what its digest says."""
    return thaw(report) if report.state == CommitteeReport.State.PUBLISHED else drafted(report)


def thaw(report: CommitteeReport) -> Document:
    """A published report, from nothing but what was frozen."""
    values = report.frozen or {}
    if not values or digest_of(values) != report.digest:
        raise NotAsFrozenError(report.reference)
    return Document.of(values)


def drafted(report: CommitteeReport, sections: Iterable[ReportSection] | None = None) -> Document:
    """A report that is being written, with what is different from the one whose place it takes."""
    rows = report.sections.all() if sections is None else sections
    standing = tuple(section_of(each) for each in rows if not each.is_left_out)
    document = Document(**_front(report), sections=standing)
    earlier = report.replaces
    if earlier is None:
        return document
    changes = changes_between(thaw(earlier), document)
    return replace(document, replaces=earlier.get_absolute_url(), changes=changes)


def frozen(report: CommitteeReport, sections: Iterable[ReportSection], *, on: date) -> Document:
    """The draft as it is published on the day."""
    return replace(drafted(report, sections), is_draft=False, published_on=on.isoformat())


def section_of(row: ReportSection) -> Section:
    return Section(row.key, row.heading, blocks_of(row.blocks))


def _front(report: CommitteeReport) -> dict[str, Any]:
    names = ("subject", "layout", "on_behalf_of", "author", "contact")
    return {name: str(getattr(report, name)) for name in names} | {
        "organisation": full_name(report.organisation),
        "committee": report.committee.name,
        "programme": report.programme.title,
        "meeting_on": report.meeting_on.isoformat(),
        "as_at": report.as_at.isoformat(),
        "address": report.get_absolute_url(),
    }


def full_name(organisation: Organisation) -> str:
    """Lincolnshire County Council, where the short name is Lincolnshire."""
    council = getattr(organisation, "council", None)
    return council.full_name if council else organisation.name
