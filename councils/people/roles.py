"""What the foundation asks about people's roles (see `reforms.base.accounts.asking`)."""

from __future__ import annotations

from councils.models import Membership
from reforms.base.models import User


def approves_anywhere(person: User) -> bool:
    """Whether the person may publish for any organisation."""
    return Membership.objects.filter(user=person, role=Membership.Role.APPROVER).exists()


def names_of_organisations(person: User) -> list[str]:
    """What a person's password must not hold."""
    return list(Membership.objects.filter(user=person).values_list("organisation__name", flat=True).distinct())
