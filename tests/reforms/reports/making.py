"""Committees, what they asked for, and reports as rows: each made by one plain function, beside tests/builders.py."""

from __future__ import annotations

from typing import Any

from pillars.models import Organisation
from reforms.reports.layouts import Depth, Layout
from reforms.reports.models import Committee, CommitteeAction, CommitteeReply, CommitteeReport
from tests.builders import DAY, make_council, make_organisation, make_pillar, next_number
from tests.reforms.pages.making import make_member

MOMENT = "2026-11-21T09:00:00Z"


def make_committee(organisation: Organisation | None = None, **values: Any) -> Committee:
    number = next_number()
    defaults = {"slug": f"committee-{number}", "name": f"Committee {number}"}
    return Committee.objects.create(organisation=organisation or make_council().organisation, **defaults | values)


def make_report(committee: Committee | None = None, **values: Any) -> CommitteeReport:
    """A draft without sections, about one pillar."""
    committee, pillar = committee or make_committee(), make_pillar()
    defaults = {
        "number": CommitteeReport.objects.filter(organisation=committee.organisation).count() + 1,
        "programme": pillar.programme,
        "layout": Layout.SCRUTINY,
        "depth": Depth.HEADLINE,
        "meeting_on": DAY,
        "as_at": DAY,
        "subject": "Where we stand",
    }
    report = CommitteeReport.objects.create(
        organisation=committee.organisation, committee=committee, **defaults | values
    )
    report.pillars.add(pillar)
    return report


def make_action(committee: Committee | None = None, **values: Any) -> CommitteeAction:
    committee = committee or make_committee()
    defaults = {
        "number": committee.actions.count() + 1,
        "meeting_on": DAY,
        "wording": "Say how many carers there are.",
        "owner": "Head of fostering",
        "due_on": DAY.replace(month=4),
        "due_rule": CommitteeAction.DueRule.TWO_MONTHS,
    }
    return CommitteeAction.objects.create(committee=committee, **defaults | values)


def make_reply(action: CommitteeAction | None = None, **values: Any) -> CommitteeReply:
    defaults = {"verdict": "accepted", "text": "In the spring report.", "by_when": DAY, "at": MOMENT}
    if "by" not in values:
        defaults["by"] = make_member(make_organisation())
    return CommitteeReply.objects.create(action=action or make_action(), **defaults | values)
