"""What roles may do with the flags on their organisation's desk, and who looks after what is done by itself."""

from __future__ import annotations

from councils.models import Membership
from reforms.base.permissions import ADMINISTRATOR, register, rule

Role = Membership.Role

register(
    [
        rule(
            "flag.acknowledge",
            "acknowledge a flag for the organisation, put it off to a day, and show it again",
            Role.OFFICER,
            Role.APPROVER,
        ),
        rule("service.watch", "see jobs, faults and letters that failed, and try these again", ADMINISTRATOR),
    ]
)
