"""What people do with a report: start it, word what stands before it, discard it, begin the next; and all the rest.

Sections are written in sections.py, and publishing.py publishes: whoever calls an action finds it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from councils.permissions import require
from pillars.models import Organisation, Pillar, Programme
from reforms.base.as_at import FIRST_DAY
from reforms.base.audit import record_event
from reforms.base.clock import civil_day
from reforms.base.models import User
from reforms.reports.document.values import Section
from reforms.reports.layouts import LAYOUTS, Layout
from reforms.reports.models import Committee, CommitteeReport, ReportSection
from reforms.reports.writing.freezing import thaw
from reforms.reports.writing.outcomes import FrontValues, Outdated, Saved, SetAside
from reforms.reports.writing.publishing import publish_report
from reforms.reports.writing.rows import held, kept, next_number, write_sections
from reforms.reports.writing.sections import (
    WRITE,
    filled_for,
    leave_out,
    move_section,
    refill_section,
    save_section,
    settle_edit,
)
from reforms.reports.writing.workflow import (
    ChangedError,
    HoldsDraftsError,
    ReportError,
    Step,
    check_draft,
    check_published,
)

__all__ = [
    "ChangedError",
    "FrontValues",
    "HoldsDraftsError",
    "Outdated",
    "ReportError",
    "Saved",
    "SetAside",
    "change_front",
    "discard_report",
    "leave_out",
    "move_section",
    "publish_report",
    "refill_section",
    "save_section",
    "settle_edit",
    "start_next",
    "start_report",
]
State = CommitteeReport.State


def start_report(
    *,
    organisation: Organisation,
    committee: Committee,
    programme: Programme,
    pillars: Sequence[Pillar],
    layout: str,
    depth: str,
    meeting_on: date,
    as_at_on: date,
    since: date | None,
    subject: str,
    on_behalf_of: str,
    author: str,
    contact: str,
    with_drafts: bool,
    by: User,
    now: datetime,
) -> CommitteeReport:
    """A new draft, every section of its layout filled from the data as at a day; numbers are never given twice.

    Positions that nobody has published are in it only `with_drafts`, marked, and only those that the person may read.
    Raises NotAllowedError, and ReportError for what does not belong together.
    """
    require(by, WRITE, organisation.pk)
    _check_parts(organisation, committee, programme, pillars)
    report = CommitteeReport(
        organisation=organisation,
        committee=committee,
        programme=programme,
        layout=layout,
        depth=depth,
        meeting_on=meeting_on,
        as_at=as_at_on,
        since=since,
        subject=subject.strip(),
        on_behalf_of=on_behalf_of,
        author=author,
        contact=contact,
    )
    _check_front(report, now=now)
    filled = filled_for(report, pillars, drafts_of=by if with_drafts else None, now=now)
    return _store_new(report, pillars, _planned(layout, filled.sections), by=by, now=now)


def _check_parts(
    organisation: Organisation, committee: Committee, programme: Programme, pillars: Sequence[Pillar]
) -> None:
    if committee.organisation_id != organisation.pk:
        raise ReportError("Choose a committee of the organisation.")
    if any(pillar.programme_id != programme.pk for pillar in pillars):
        raise ReportError("Choose pillars of the programme.")


def _check_front(report: CommitteeReport, *, now: datetime) -> None:
    if not report.subject:
        raise ReportError("Say what the report is about.")
    if not FIRST_DAY <= report.as_at <= civil_day(now):
        raise ReportError("Give the plan and the positions as at a day from 1 January 2020 to today.")
    if report.since is not None and report.since >= report.meeting_on:
        raise ReportError("The meeting before is earlier than the meeting.")


def _planned(layout: str, filled: Sequence[Section]) -> Iterator[ReportSection]:
    """Every section of the layout in its order, filled or not."""
    found = {section.key: section for section in filled}
    for plan in LAYOUTS[Layout(layout)]:
        blocks = found[plan.key].blocks if plan.key in found else ()
        yield ReportSection(key=plan.key, heading=plan.heading, blocks=kept(blocks), is_left_out=plan.is_left_out)


@transaction.atomic
def _store_new(
    report: CommitteeReport, pillars: Sequence[Pillar], sections: Iterator[ReportSection], *, by: User, now: datetime
) -> CommitteeReport:
    report.number = next_number(report.organisation)
    report.started_by, report.started_at = by, now
    report.save(force_insert=True)
    report.pillars.set(pillars)
    write_sections(report, sections, by=by, now=now)
    earlier = {"replaces": report.replaces.number} if report.replaces else {}
    _record(Step.START, report, by=by, now=now, before="", **earlier)
    return report


def _record(step: Step, report: CommitteeReport, *, by: User, now: datetime, before: str, **details: object) -> None:
    record_event(
        step,
        f"report:{report.reference}",
        by=by,
        now=now,
        organisation=report.organisation.slug,
        before=before,
        after=report.state,
        **details,
    )


@transaction.atomic
def change_front(
    *, report: CommitteeReport, revision: int, values: FrontValues, by: User, now: datetime
) -> Saved | Outdated:
    """Store what stands before the sections, if the revision is still the newest; else nothing.

    Raises NotAllowedError, and ReportError for what a report cannot say or for one that is no draft.
    """
    require(by, WRITE, report.organisation_id)
    newest = held(report.pk)
    check_draft(newest.state)
    given = _given(values)
    if all(getattr(newest, name) == value for name, value in given.items()):
        return Saved(newest.revision, now)
    same = CommitteeReport.objects.filter(pk=report.pk, revision=revision)
    if not same.update(**given, revision=F("revision") + 1):
        return Outdated(newest)
    newest.refresh_from_db()
    _check_front(newest, now=now)
    return Saved(newest.revision, now)


def _given(values: FrontValues) -> dict[str, Any]:
    """By field; a day that is not given is not among them."""
    found = asdict(values) | {"subject": values.subject.strip()}
    return {name: value for name, value in found.items() if value is not None}


@transaction.atomic
def discard_report(*, report: CommitteeReport, by: User, now: datetime) -> CommitteeReport:
    """Put a draft away that nobody wants. Its words stay in its history. Raises NotAllowedError, ReportError."""
    require(by, WRITE, report.organisation_id)
    newest = held(report.pk)
    check_draft(newest.state)
    CommitteeReport.objects.filter(pk=report.pk).update(state=State.DISCARDED, revision=F("revision") + 1)
    newest.refresh_from_db()
    _record(Step.DISCARD, newest, by=by, now=now, before=State.DRAFT)
    return newest


@transaction.atomic
def start_next(*, report: CommitteeReport, by: User, now: datetime) -> CommitteeReport:
    """The draft that is to take the place of a published report: the one there is, or a new one that says the same.

    Raises NotAllowedError, and ReportError for what is not published or has been replaced already.
    """
    require(by, WRITE, report.organisation_id)
    earlier = held(report.pk)
    check_published(earlier.state)
    later = CommitteeReport.objects.filter(replaces=earlier).exclude(state=State.DISCARDED)
    if later.published().exists():
        raise ReportError("A later report has taken its place already.")
    standing = later.open().first()
    return standing or _store_new(
        _as_before(earlier), list(earlier.pillars.all()), _sections_as_frozen(earlier), by=by, now=now
    )


ONCE_MORE = ("organisation", "committee", "programme", "layout", "depth", "since")
FRONT_DAYS = ("meeting_on", "as_at")
FRONT_WORDS = ("subject", "on_behalf_of", "author", "contact")


def _as_before(earlier: CommitteeReport) -> CommitteeReport:
    """A report like it, that has not been stored."""
    same = {name: getattr(earlier, name) for name in (*ONCE_MORE, *FRONT_DAYS, *FRONT_WORDS)}
    return CommitteeReport(**same, replaces=earlier)


def _sections_as_frozen(earlier: CommitteeReport) -> Iterator[ReportSection]:
    """What was published, and what was left out then, so that nothing is missing from the desk."""
    published = {section.key: section for section in thaw(earlier).sections}
    for row in earlier.sections.all():
        said = published.get(row.key)
        yield ReportSection(
            key=row.key,
            heading=said.heading if said else row.heading,
            blocks=kept(said.blocks) if said else row.blocks,
            is_left_out=said is None,
        )
