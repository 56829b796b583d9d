"""Committees for tests, what they asked for, and what they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from councils.models import Membership
from pillars.models import Organisation
from reforms.base.clock import civil_moment
from reforms.base.models import User
from reforms.reports.committees.due import due_after
from reforms.reports.models import Committee, CommitteeAction, CommitteeReply, CommitteeReport
from tests.builders import make_council, make_programme, next_number
from tests.reforms.pages.making import make_member

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MEETING = date(2026, 10, 12)
Role = Membership.Role


def at(day: date) -> datetime:
    """Nine in the morning of the day."""
    return civil_moment(day, time(9))


def make_committee(organisation: Organisation | None = None, **values: Any) -> Committee:
    number = next_number()
    defaults: dict[str, Any] = {"slug": f"committee-{number}", "name": f"Committee {number}"}
    return Committee.objects.create(organisation=organisation or make_council().organisation, **defaults | values)


def make_action(committee: Committee | None = None, **values: Any) -> CommitteeAction:
    """Asked for at MEETING, and recorded on that day, unless a test says otherwise."""
    committee = committee or make_committee()
    meeting = values.setdefault("meeting_on", MEETING)
    number = committee.actions.count() + 1
    defaults = {
        "number": number,
        "wording": f"That it be told about matter {number}.",
        "owner": "Director of Children’s Services",
        "due_on": due_after(meeting),
        "due_rule": CommitteeAction.DueRule.TWO_MONTHS,
        "recorded_at": at(meeting),
    }
    return CommitteeAction.objects.create(committee=committee, **defaults | values)


def make_reply(action: CommitteeAction, on: date, verdict: str = "accepted", **values: Any) -> CommitteeReply:
    by = values.pop("by", None) or make_member(action.committee.organisation)
    defaults: dict[str, Any] = {"text": "It will be done.", "at": at(on)}
    if verdict != "rejected":
        defaults["by_when"] = date(2027, 3, 31)
    return CommitteeReply.objects.create(action=action, verdict=verdict, by=by, **defaults | values)


def make_report(committee: Committee, **values: Any) -> CommitteeReport:
    """A published report to the committee."""
    number = CommitteeReport.objects.filter(organisation=committee.organisation).count() + 1
    defaults: dict[str, Any] = {
        "number": number,
        "programme": values.get("programme") or make_programme(),
        "layout": "scrutiny",
        "depth": "headline",
        "meeting_on": MEETING,
        "as_at": MEETING,
        "subject": f"Report {number}",
        "state": CommitteeReport.State.PUBLISHED,
        "published_at": at(MEETING),
        "published_on": MEETING,
        "frozen": {},
        "digest": "0" * 64,
    }
    return CommitteeReport.objects.create(committee=committee, organisation=committee.organisation, **defaults | values)


@dataclass(frozen=True)
class Scene:
    """A committee with its chair, and the people around it."""

    committee: Committee
    chair: User
    member: User
    """A scrutiny member who is not the chair."""
    officer: User
    colleague: User
    approver: User
    contributor: User
    stranger: User
    """An approver of another council, who chairs a committee there."""

    @property
    def organisation(self) -> Organisation:
        return self.committee.organisation


def make_scene() -> Scene:
    council, other = make_council().organisation, make_council().organisation
    chair, stranger = make_member(council, Role.SCRUTINY_MEMBER), make_member(other, Role.APPROVER)
    Membership.objects.create(user=stranger, organisation=other, role=Role.SCRUTINY_MEMBER)
    make_committee(other, chair=stranger)
    return Scene(
        committee=make_committee(council, chair=chair),
        chair=chair,
        member=make_member(council, Role.SCRUTINY_MEMBER),
        officer=make_member(council, Role.OFFICER),
        colleague=make_member(council, Role.OFFICER),
        approver=make_member(council, Role.APPROVER),
        contributor=make_member(council, Role.CONTRIBUTOR),
        stranger=stranger,
    )
