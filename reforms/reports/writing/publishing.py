"""Publishing a report: exactly what the approver has read is frozen, and nothing that others must not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from councils.permissions import require
from reforms.base.audit import record_event
from reforms.base.clock import civil_day
from reforms.base.models import User
from reforms.reports.models import CommitteeReport, ReportSection
from reforms.reports.writing.freezing import frozen
from reforms.reports.writing.rows import held, holds_drafts
from reforms.reports.writing.workflow import (
    CHANGED,
    HOLDS_DRAFTS,
    ChangedError,
    HoldsDraftsError,
    ReportError,
    Step,
    check_draft,
)

State = CommitteeReport.State


@transaction.atomic
def publish_report(
    *, report: CommitteeReport, revision: int, read: Mapping[str, int], by: User, now: datetime
) -> CommitteeReport:
    """Freeze the report, for ever. `read` is the revision of each section that the person read, by its key.

    Raises NotAllowedError; ChangedError where anything is not as it was read; HoldsDraftsError; and ReportError where
    there is nothing to publish, or the report is no draft, or another has taken the place of the same one.
    """
    require(by, "report.publish", report.organisation_id)
    newest = held(report.pk)
    check_draft(newest.state)
    standing = [section for section in newest.sections.all() if not section.is_left_out]
    check_as_read(newest, standing, revision=revision, read=read)
    _check_may_be_read(newest, standing)
    document = frozen(newest, standing, on=civil_day(now))
    same = CommitteeReport.objects.filter(pk=report.pk, revision=revision, state=State.DRAFT)
    is_stored = same.update(
        state=State.PUBLISHED,
        revision=F("revision") + 1,
        published_by=by,
        published_at=now,
        published_on=civil_day(now),
        frozen=document.as_values(),
        digest=document.digest,
    )
    if not is_stored:
        raise ChangedError(CHANGED)
    newest.refresh_from_db()
    _record(newest, by=by, now=now)
    return newest


def check_as_read(
    report: CommitteeReport, standing: Sequence[ReportSection], *, revision: int, read: Mapping[str, int]
) -> None:
    """Raises ChangedError unless the report and each of its sections is the one that was read."""
    if report.revision != revision or any(read.get(each.key) != each.revision for each in standing):
        raise ChangedError(CHANGED)


def _check_may_be_read(report: CommitteeReport, standing: Sequence[ReportSection]) -> None:
    if not standing:
        raise ReportError("Every section is left out: there is nothing to publish.")
    if report.has_drafts or any(map(holds_drafts, standing)):
        raise HoldsDraftsError(HOLDS_DRAFTS)
    if report.replaces and CommitteeReport.objects.published().filter(replaces=report.replaces).exists():
        raise ReportError("Another report has taken the place of the earlier one already.")


def _record(report: CommitteeReport, *, by: User, now: datetime) -> None:
    earlier = {"replaces": report.replaces.number} if report.replaces else {}
    record_event(
        Step.PUBLISH,
        f"report:{report.reference}",
        by=by,
        now=now,
        organisation=report.organisation.slug,
        before=State.DRAFT,
        after=report.state,
        digest=report.digest,
        **earlier,
    )
