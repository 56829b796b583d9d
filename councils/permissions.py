"""What roles may do with what their organisation writes: the rows, and the question asked of the database each time."""

from __future__ import annotations

from councils.models import Membership
from reforms.base.models import User
from reforms.base.permissions import ADMINISTRATOR, allows, register, rule

Role = Membership.Role
WRITERS = Membership.WRITING_ROLES

register(
    [
        rule("position.read_draft", "read what has not been published, and how it came about", *WRITERS),
        rule("position.write", "start a draft, save it, settle two versions of it, discard it", *WRITERS),
        rule("position.submit", "submit a draft for approval, and take it back", Role.OFFICER, Role.APPROVER),
        rule("position.renew", "say that a published position is still correct", Role.OFFICER, Role.APPROVER),
        rule("position.return", "return what was submitted, with a reason", Role.APPROVER),
        rule("position.publish", "publish what others have written and submitted", Role.APPROVER),
        rule("position.withdraw", "withdraw a published position, with a reason", Role.APPROVER),
        rule("position.erase", "erase personal data from a version, for good", Role.APPROVER),
        rule("people.manage", "invite people, give and take roles, deactivate and let in again", ADMINISTRATOR),
        rule("progress.see_all", "see states and days of every council’s drafts, not their text", ADMINISTRATOR),
    ]
)


class NotAllowedError(Exception):
    """The person may not do this: no role of theirs in the organisation does."""


def roles_of(user: User, organisation_id: int) -> frozenset[str]:
    """The roles that the person holds in the organisation now."""
    if not user.is_active:
        return frozenset()
    held = Membership.objects.filter(user=user, organisation=organisation_id)
    return frozenset(held.values_list("role", flat=True))


def require(user: User, permission: str, organisation_id: int) -> None:
    """Raises NotAllowedError unless a role that the person holds in the organisation allows it."""
    if not allows(permission, roles_of(user, organisation_id)):
        raise NotAllowedError(permission)
