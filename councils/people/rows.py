"""People as administrators see them: what they may do, and whether they can."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from councils.models import Membership
from reforms.base.accounts import second_factor
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words
from reforms.base.models import Invitation, User

ROLES: dict[str, str] = dict(Membership.Role.choices)


@dataclass(frozen=True)
class Held:
    """A role, where it is held."""

    role: str
    organisation: str
    slug: str

    @property
    def words(self) -> str:
        return f"{ROLES[self.role]}, {self.organisation}"


@dataclass(frozen=True)
class PersonRow:
    person: User
    held: Sequence[Held]
    has_second_factor: bool
    state: str
    """In words: whether they can sign in."""

    @property
    def must_have_second_factor(self) -> bool:
        if second_factor.is_excused(self.person):
            return False
        return self.person.is_staff or any(each.role == Membership.Role.APPROVER for each in self.held)


def roles_of(person: User) -> list[Held]:
    """What one person may do, by organisation."""
    return _held([person])[person.pk]


def rows_of(people: Iterable[User], *, now: datetime) -> list[PersonRow]:
    """These people in this order. A fixed number of queries."""
    people = list(people)
    held = _held(people)
    protected = set(
        Authenticator.objects.filter(user__in=people, type=Authenticator.Type.TOTP).values_list("user", flat=True)
    )
    until = dict(
        Invitation.objects.open(at=now).filter(user__in=people).order_by("made_at").values_list("user", "expires_at")
    )
    return [
        PersonRow(person, held[person.pk], person.pk in protected, _state(person, until.get(person.pk)))
        for person in people
    ]


def _held(people: Sequence[User]) -> defaultdict[int, list[Held]]:
    memberships = Membership.objects.filter(user__in=people).order_by("organisation__name", "role")
    found: defaultdict[int, list[Held]] = defaultdict(list)
    for user, role, name, slug in memberships.values_list("user", "role", "organisation__name", "organisation__slug"):
        found[user].append(Held(role, name, slug))
    return found


def _state(person: User, invited_until: datetime | None) -> str:
    if not person.is_active:
        return "Deactivated"
    if person.has_usable_password():
        return "Active"
    if invited_until:
        return f"Invited, until {date_in_words(civil_day(invited_until))}"
    return "Active, no password here" if person.last_login else "Invitation is over"
