"""Writing the sections of a draft: saving, settling two versions, moving, leaving out, filling anew.

A save names the revision that was on the person's screen, and the database stores it only while that is still the
newest. Whoever comes second loses nothing: their words are set aside, and shown beside what the other person saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from councils.permissions import NotAllowedError, require
from pillars.models import Pillar
from reforms.base.as_at import AsAt
from reforms.base.models import User
from reforms.reports.document.values import Block, blocks_of
from reforms.reports.filling.fill import Filled, fill
from reforms.reports.models import CommitteeReport, ReportSection, SectionEdit
from reforms.reports.models.reports import Kept
from reforms.reports.writing.outcomes import Outdated, Saved, SetAside
from reforms.reports.writing.rows import held, kept, look_for_drafts, touch
from reforms.reports.writing.workflow import DRAFT, ReportError, check_draft

WRITE = "report.write"


@transaction.atomic
def save_section(
    *, section: ReportSection, revision: int, heading: str, blocks: Sequence[Block], by: User, now: datetime
) -> Saved | SetAside:
    """Store the words, if the revision is still the newest and the report a draft; else set them aside.

    Twice the same is once, and who saves what is there already has written nothing. Raises NotAllowedError, and
    ReportError without a heading: then nothing is stored.
    """
    require(by, WRITE, section.report.organisation_id)
    heading = " ".join(heading.split())
    if not heading:
        raise ReportError("Give the section a heading.")
    report, newest = _held(section)
    words = kept(blocks, standing=blocks_of(newest.blocks))
    if report.state == DRAFT and (newest.heading, newest.blocks) == (heading, words):
        return Saved(newest.revision, now)
    if report.state == DRAFT and _store(section, revision, heading, words):
        edit = _write_edit(section, heading, words, based_on=revision, revision=revision + 1, by=by, now=now)
        look_for_drafts(report)
        return Saved(revision + 1, now, edit)
    return SetAside(_set_aside(section, heading, words, based_on=revision, by=by, now=now))


def _held(section: ReportSection) -> tuple[CommitteeReport, ReportSection]:
    """The report, held for this transaction, and the section as it stands."""
    report = held(section.report_id)
    return report, ReportSection.objects.get(pk=section.pk)


def _store(section: ReportSection, revision: int, heading: str, words: Kept) -> bool:
    """Whether the section was still as the person had read it, and now says this."""
    same = ReportSection.objects.filter(pk=section.pk, revision=revision)
    return bool(same.update(heading=heading, blocks=words, revision=F("revision") + 1))


def _write_edit(
    section: ReportSection,
    heading: str,
    words: Kept,
    *,
    based_on: int,
    revision: int | None,
    by: User,
    now: datetime,
) -> SectionEdit:
    return SectionEdit.objects.create(
        section_id=section.pk,
        by=by,
        at=now,
        based_on=based_on,
        revision=revision,
        heading=heading,
        blocks=words,
        is_set_aside=revision is None,
    )


def _set_aside(
    section: ReportSection, heading: str, words: Kept, *, based_on: int, by: User, now: datetime
) -> SectionEdit:
    """Keep the words that came second: once, however often they are sent."""
    waiting = SectionEdit.objects.waiting().filter(section=section.pk, by=by, heading=heading)
    same = next((edit for edit in waiting if edit.blocks == words), None)
    return same or _write_edit(section, heading, words, based_on=based_on, revision=None, by=by, now=now)


@transaction.atomic
def settle_edit(*, edit: SectionEdit, by: User, now: datetime) -> None:
    """Say that one's own words which were set aside have been dealt with. They stay in the history.

    Raises NotAllowedError, for another person's words too: only they know whether they are done with them.
    """
    require(by, WRITE, edit.section.report.organisation_id)
    if edit.by_id != by.pk:
        raise NotAllowedError(WRITE)
    SectionEdit.objects.filter(pk=edit.pk, settled_at=None).update(settled_at=now)


@transaction.atomic
def move_section(
    *, section: ReportSection, up: bool | None = None, place: int | None = None, by: User, now: datetime
) -> None:
    """Move it by one, or to a place counted from 1; at either end it stays. Raises NotAllowedError, ReportError."""
    report = _writable(section, by)
    rows = list(report.sections.all())
    start = rows.index(section)
    end = place - 1 if place is not None else start - 1 if up else start + 1
    rows.insert(min(max(end, 0), len(rows) - 1), rows.pop(start))
    changed = [row for number, row in enumerate(rows, start=1) if row.place != number]
    for number, row in enumerate(rows, start=1):
        row.place = number
    if changed:
        ReportSection.objects.bulk_update(changed, ["place"])
        touch(report)


@transaction.atomic
def leave_out(*, section: ReportSection, is_left_out: bool, by: User, now: datetime) -> None:
    """Leave it out of the report, or take it in again. Its words stay. Raises NotAllowedError, ReportError."""
    report = _writable(section, by)
    others = ReportSection.objects.filter(pk=section.pk).exclude(is_left_out=is_left_out)
    if others.update(is_left_out=is_left_out):
        touch(report)
        look_for_drafts(report)


def _writable(section: ReportSection, by: User) -> CommitteeReport:
    """The section's report, held for this transaction."""
    require(by, WRITE, section.report.organisation_id)
    report = held(section.report_id)
    check_draft(report.state)
    return report


def refill_section(
    *, section: ReportSection, revision: int, with_drafts: bool = False, by: User, now: datetime
) -> Saved | Outdated:
    """Fill the section anew from what is recorded for the report's day. What it said before stays in its history.

    Drafts are left out unless they are asked for. Raises NotAllowedError, ReportError.
    """
    require(by, WRITE, section.report.organisation_id)
    words = _filled_anew(section, drafts_of=by if with_drafts else None, now=now)
    with transaction.atomic():
        report, newest = _held(section)
        check_draft(report.state)
        if newest.blocks == words:
            return Saved(newest.revision, now)
        if not _store(section, revision, newest.heading, words):
            return Outdated(newest)
        edit = _write_edit(section, newest.heading, words, based_on=revision, revision=revision + 1, by=by, now=now)
        look_for_drafts(report)
        return Saved(revision + 1, now, edit)


def _filled_anew(section: ReportSection, *, drafts_of: User | None, now: datetime) -> Kept:
    report = CommitteeReport.objects.select_related("organisation", "programme", "committee").get(pk=section.report_id)
    filled = filled_for(report, list(report.pillars.all()), drafts_of=drafts_of, now=now)
    return next((kept(each.blocks) for each in filled.sections if each.key == section.key), [])


def filled_for(report: CommitteeReport, pillars: Sequence[Pillar], *, drafts_of: User | None, now: datetime) -> Filled:
    """Every section of the report, which may not be stored yet, as the data say it on the report's day."""
    return fill(
        organisation=report.organisation,
        programme=report.programme,
        pillars=pillars,
        layout=report.layout,
        depth=report.depth,
        committee_name=report.committee.name,
        meeting_on=report.meeting_on,
        as_at=AsAt(now=now, day=report.as_at),
        since=report.since,
        drafts_of=drafts_of,
    )
