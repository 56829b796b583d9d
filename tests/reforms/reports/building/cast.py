"""A council with a committee, its people in browsers, and reports in every state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from pillars.models import Organisation, Programme
from reforms.base.models import User
from reforms.reports.document.values import Block
from reforms.reports.layouts import LAYOUTS, Layout
from reforms.reports.models import Committee, CommitteeReport, ReportSection, SectionEdit
from reforms.reports.writing.freezing import drafted
from tests.builders import next_number
from tests.reforms.base.accounts.people import with_second_factor

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
WORDS = "We have begun."


def make_committee(organisation: Organisation, **values: Any) -> Committee:
    number = next_number()
    defaults = {"slug": f"committee-{number}", "name": f"Committee {number}"}
    return Committee.objects.create(organisation=organisation, **defaults | values)


def make_report(organisation: Organisation, *, by: User | None = None, **values: Any) -> CommitteeReport:
    """A draft with every section of a scrutiny report, and a piece of words in each."""
    last = CommitteeReport.objects.filter(organisation=organisation).order_by("number").last()
    defaults: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "layout": Layout.SCRUTINY,
        "depth": "headline",
        "meeting_on": date(2026, 12, 3),
        "as_at": DAY,
        "subject": "Children’s social care reform",
        "started_by": by,
        "started_at": NOW,
    }
    if "committee" not in values:
        defaults["committee"] = make_committee(organisation)
    if "programme" not in values:
        defaults["programme"] = Programme.objects.filter(kind=Programme.Kind.STRATEGY).first()
    report = CommitteeReport.objects.create(organisation=organisation, **defaults | values)
    for place, plan in enumerate(LAYOUTS[Layout.SCRUTINY], start=1):
        blocks = [Block(f"{WORDS} {plan.heading}.").as_values()]
        row = report.sections.create(key=plan.key, place=place, heading=plan.heading, blocks=blocks)
        if by:
            _write_first(row, by)
    return report


def _write_first(row: ReportSection, by: User) -> None:
    SectionEdit.objects.create(
        section=row, by=by, at=NOW, based_on=0, revision=1, heading=row.heading, blocks=row.blocks
    )


def make_published(organisation: Organisation, **values: Any) -> CommitteeReport:
    """A report that was published on DAY, unless another day is given."""
    published_on, pieces = values.pop("published_on", DAY), values.pop("pieces", 1)
    report = make_report(organisation, **values)
    put(report, "background", *(Block(f"Piece {number}", source="commitment:SH-4-01") for number in range(pieces)))
    document = replace(drafted(report), is_draft=False, published_on=published_on.isoformat())
    CommitteeReport.objects.filter(pk=report.pk).update(
        state=CommitteeReport.State.PUBLISHED,
        published_at=NOW,
        published_on=published_on,
        frozen=document.as_values(),
        digest=document.digest,
    )
    return newest(report)


def set_aside_in(report: CommitteeReport, *, by: User, text: str = "Too late.") -> SectionEdit:
    """Words of somebody for the summary that came too late."""
    return SectionEdit.objects.create(
        section=report.sections.get(key="summary"),
        by=by,
        at=NOW,
        based_on=1,
        revision=None,
        heading="Summary",
        blocks=[Block(text).as_values()],
        is_set_aside=True,
    )


def put(report: CommitteeReport, key: str, *blocks: Block) -> ReportSection:
    """Give a section these pieces, as if it had been filled so."""
    row = report.sections.get(key=key)
    row.blocks = [block.as_values() for block in blocks]
    row.save(update_fields=["blocks"])
    row.edits.filter(revision=row.revision).update(blocks=row.blocks)
    return row


def newest(report: CommitteeReport) -> CommitteeReport:
    """The report as the database has it."""
    return CommitteeReport.objects.get(pk=report.pk)


def texts_of(report: CommitteeReport, key: str = "summary") -> list[str]:
    """What the pieces of a section say, by the database."""
    return [block.get("text", "") for block in report.sections.get(key=key).blocks]


class Browser:
    """One person in a browser, at the pages of one organisation’s reports; nobody signs in where there is none."""

    def __init__(self, person: User | None, organisation: Organisation) -> None:
        self.client = Client()
        if person:
            self.client.force_login(with_second_factor(person))
        self.organisation = organisation.slug

    def url(self, name: str, *parts: Any) -> str:
        return reverse(name, args=[self.organisation, *parts])

    def get(self, name: str, *parts: Any, **asked: Any) -> Any:
        return self.client.get(self.url(name, *parts), asked)

    def post(self, name: str, *parts: Any, fields: dict[str, Any] | None = None, **more: Any) -> Any:
        return self.client.post(self.url(name, *parts), fields or {}, **more)


def words_on(response: Any) -> str:
    """The page without the spaces between its lines."""
    return " ".join(response.content.decode().split())


def texts(blocks: Sequence[Block]) -> list[str]:
    return [block.text for block in blocks]
