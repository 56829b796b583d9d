"""A council with a committee and its people, and reports that are filled without looking at any data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from pillars.models import Pillar
from reforms.base.models import User
from reforms.reports.document.values import Block, Section, blocks_of
from reforms.reports.filling.fill import Filled
from reforms.reports.layouts import LAYOUTS, Layout
from reforms.reports.models import Committee, CommitteeReport, ReportSection
from reforms.reports.writing import sections
from reforms.reports.writing.actions import Saved, publish_report, save_section, start_report
from tests.builders import make_pillar
from tests.councils.writing.cast import Cast as People
from tests.councils.writing.cast import make_cast as make_people
from tests.reforms.reports.making import make_committee

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MEETING = date(2026, 12, 4)
DRAFT = Block("What nobody has published.", source="position:a/SH-1", stamp="d1", is_draft=True)
TABLE = Block("Money", rows=(("Line", "Sum"), ("Homes", "£45 million")), source="money:a", stamp="m1")


@dataclass(frozen=True)
class Stage:
    """The people of a council, and what they can report on."""

    people: People
    committee: Committee
    pillar: Pillar


def make_stage() -> Stage:
    people = make_people()
    return Stage(people, make_committee(people.council), make_pillar())


def filled(*, layout: str, as_at: Any, drafts_of: User | None, committee_name: str, **_: Any) -> Filled:
    """Each section says what it is for and for which day; the background holds a table, and drafts if asked for."""
    found = {}
    for plan in LAYOUTS[Layout(layout)]:
        said = Block(f"{plan.key} for {committee_name}, {as_at.day}.", source=f"programme:{plan.key}", stamp="p1")
        found[plan.key] = Section(plan.key, plan.heading, (said,))
    background = found["background"]
    more = (TABLE, DRAFT) if drafts_of else (TABLE,)
    found["background"] = replace(background, blocks=(*background.blocks, *more))
    return Filled(tuple(found.values()), has_drafts=bool(drafts_of))


def fill_plainly(monkeypatch: Any) -> None:
    """What fills a report has tests of its own."""
    monkeypatch.setattr(sections, "fill", filled)


def values_of(stage: Stage) -> dict[str, Any]:
    """What a report is started with."""
    return {
        "organisation": stage.people.council,
        "committee": stage.committee,
        "programme": stage.pillar.programme,
        "pillars": [stage.pillar],
        "layout": "scrutiny",
        "depth": "every",
        "meeting_on": MEETING,
        "as_at_on": NOW.date(),
        "since": None,
        "subject": "Where we stand",
        "on_behalf_of": "The director",
        "author": "An officer",
        "contact": "democratic services",
        "with_drafts": False,
        "by": stage.people.officer,
        "now": NOW,
    }


def start(stage: Stage, **values: Any) -> CommitteeReport:
    """A draft, the officer's unless somebody else is named."""
    return start_report(**values_of(stage) | values)


def newest(report: CommitteeReport) -> CommitteeReport:
    """The report as the database has it."""
    return CommitteeReport.objects.get(pk=report.pk)


def section(report: CommitteeReport, key: str = "summary") -> ReportSection:
    """The section as the database has it."""
    return ReportSection.objects.select_related("report").get(report=report.pk, key=key)


def texts(row: ReportSection) -> list[str]:
    return [block.text for block in blocks_of(row.blocks)]


def write(row: ReportSection, *paragraphs: str, by: User, revision: int | None = None) -> Any:
    """Save these paragraphs, on top of what there is unless a revision is named."""
    return save_section(
        section=row,
        revision=revision or row.revision,
        heading=row.heading,
        blocks=[Block(text) for text in paragraphs],
        by=by,
        now=NOW,
    )


def written(report: CommitteeReport, key: str, *paragraphs: str, by: User) -> Saved:
    saved = write(section(report, key), *paragraphs, by=by)
    assert isinstance(saved, Saved)
    return saved


def as_read(report: CommitteeReport) -> dict[str, int]:
    """The revision of each section, as on an approver's screen."""
    return {row.key: row.revision for row in newest(report).sections.all()}


def publish(stage: Stage, report: CommitteeReport, **values: Any) -> CommitteeReport:
    """By the approver, who has just read it."""
    given = {"revision": newest(report).revision, "read": as_read(report), "by": stage.people.approver, "now": NOW}
    return publish_report(report=report, **given | values)


def published(stage: Stage, **values: Any) -> CommitteeReport:
    return publish(stage, start(stage, **values))
