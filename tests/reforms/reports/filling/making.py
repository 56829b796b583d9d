"""Reports filled for tests, and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pillars.models import Organisation, Pillar, Programme
from reforms.base.as_at import AsAt
from reforms.base.markdown import to_plain
from reforms.reports.document.values import Block, Section
from reforms.reports.filling.fill import Filled, fill
from reforms.reports.layouts import Depth, Layout

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
COMMITTEE = "Children and Young People Scrutiny Committee"


def as_at(day: date | None = None) -> AsAt:
    """For a day, as the page of 22 November 2026 answers; that day itself unless another is given."""
    return AsAt(NOW, day or NOW.date())


def filled(
    organisation: Organisation | str,
    programme: Programme | str = "stable-homes",
    pillars: Sequence[Pillar] | None = None,
    *,
    day: date | None = None,
    **values: Any,
) -> Filled:
    """A scrutiny report at headlines on all pillars, unless a test says otherwise."""
    body = Organisation.objects.get(slug=organisation) if isinstance(organisation, str) else organisation
    plan = Programme.objects.get(slug=programme) if isinstance(programme, str) else programme
    chosen = list(plan.pillars.select_related("programme")) if pillars is None else pillars
    defaults: dict[str, Any] = {
        "layout": Layout.SCRUTINY,
        "depth": Depth.HEADLINE,
        "committee_name": COMMITTEE,
        "meeting_on": day or NOW.date(),
        "since": None,
        "drafts_of": None,
    }
    return fill(organisation=body, programme=plan, pillars=chosen, as_at=as_at(day), **defaults | values)


def section(report: Filled, key: str) -> Section:
    return next(each for each in report.sections if each.key == key)


def blocks(report: Filled) -> list[Block]:
    return [block for each in report.sections for block in each.blocks]


def words(of: Filled | Section | Iterable[Block]) -> str:
    """All words, as a reader sees them; cells of tables too."""
    found = blocks(of) if isinstance(of, Filled) else of.blocks if isinstance(of, Section) else of
    lines = [(to_plain(block.text), *(" | ".join(row) for row in block.rows)) for block in found]
    return "\n".join(line for each in lines for line in each)
