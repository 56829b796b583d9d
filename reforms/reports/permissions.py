"""What roles may do with reports, committees and what these ask for."""

from __future__ import annotations

from councils.models import Membership
from reforms.base.permissions import register, rule

Role = Membership.Role
OFFICERS = (Role.OFFICER, Role.APPROVER)

register(
    [
        rule("report.read_draft", "read a report that is not published", *Membership.WRITING_ROLES),
        rule("report.write", "start a report, edit its sections, reorder them, discard it", *OFFICERS),
        rule("report.publish", "publish a report, which freezes it", Role.APPROVER),
        rule("committee.manage", "add a committee, name it, say who its chair is", *OFFICERS),
        rule("action.record", "record what a committee asked for", *OFFICERS, Role.SCRUTINY_MEMBER),
        rule("action.reply", "answer what a committee asked for", *OFFICERS),
        rule("action.close", "close what a committee asked for, as its chair", Role.SCRUTINY_MEMBER),
    ]
)
