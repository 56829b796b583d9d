"""Rows of a report: held for a change, written when it is started, and looked at for drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import F, Max

from pillars.models import Organisation
from reforms.base.models import User
from reforms.reports.document.values import Block, blocks_of
from reforms.reports.models import CommitteeReport, ReportSection, SectionEdit
from reforms.reports.models.reports import Kept

JOINED = ("organisation__council", "committee__organisation", "programme", "replaces__organisation")
"""What every page of a report needs of other tables."""


def held(key: int) -> CommitteeReport:
    """The report as it stands, for one transaction at a time: whoever else wants to change any of it waits."""
    rows = CommitteeReport.objects.select_for_update(of=("self",), no_key=True).select_related(*JOINED)
    return rows.get(pk=key)


def next_number(organisation: Organisation) -> int:
    """The number of the organisation's next report, which nobody else is given until this transaction ends."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return (CommitteeReport.objects.filter(organisation=organisation).aggregate(last=Max("number"))["last"] or 0) + 1


def write_sections(report: CommitteeReport, sections: Iterable[ReportSection], *, by: User, now: datetime) -> None:
    """The report's first sections, in this order, and what each says first as the beginning of its history."""
    rows = list(sections)
    for place, row in enumerate(rows, start=1):
        row.report, row.place = report, place
    ReportSection.objects.bulk_create(rows)
    firsts = (
        SectionEdit(section=row, by=by, at=now, based_on=0, revision=1, heading=row.heading, blocks=row.blocks)
        for row in rows
    )
    SectionEdit.objects.bulk_create(firsts)
    look_for_drafts(report)


def touch(report: CommitteeReport) -> None:
    """Say that something around the sections has changed: whoever read the report before has read another one."""
    CommitteeReport.objects.filter(pk=report.pk).update(revision=F("revision") + 1)


def look_for_drafts(report: CommitteeReport) -> None:
    """Say whether any section that stands in the report holds words that nobody has published."""
    report.has_drafts = any(map(holds_drafts, report.sections.filter(is_left_out=False)))
    CommitteeReport.objects.filter(pk=report.pk).exclude(has_drafts=report.has_drafts).update(
        has_drafts=report.has_drafts
    )


def holds_drafts(section: ReportSection) -> bool:
    return any(block.is_draft for block in blocks_of(section.blocks))


def kept(blocks: Sequence[Block], *, standing: Sequence[Block] = ()) -> Kept:
    """How blocks are stored: without empty ones, with plain line endings, and drafts still marked as drafts.

    Whatever a form sends, what stood there as a draft stays one: by its words, or by a source that only drafts have.
    """
    drafts = [block for block in standing if block.is_draft]
    others = {_origin(block) for block in standing if not block.is_draft}
    origins = {_origin(block) for block in drafts if block.source} - others
    words = {(block.text, block.rows) for block in drafts}
    rows = []
    for block in map(_plain, blocks):
        values = block.as_values()
        if not (block.text.strip() or block.rows):
            continue
        if _origin(block) in origins or (block.text, block.rows) in words:
            values["is_draft"] = True
        rows.append(values)
    return rows


def _origin(block: Block) -> tuple[str, str]:
    return block.source, block.stamp


def _plain(block: Block) -> Block:
    """The block with the line endings that everything else here has."""
    rows = tuple(tuple(map(plain_lines, row)) for row in block.rows)
    return Block(plain_lines(block.text), rows, block.source, block.stamp, block.is_draft)


def plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
