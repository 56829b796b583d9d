"""The demo cast: made-up people with a password that everybody may know. Never for a real installation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import transaction

from councils.models import Membership
from pillars.models import Organisation
from reforms.base.audit import record_event
from reforms.base.loading.engine import read_root
from reforms.base.loading.problems import Place, Problems
from reforms.base.loading.reading import Item
from reforms.base.models import User

PASSWORD = "reform-tracker-demo"  # noqa: S105 - the demo's, printed when it is loaded


@dataclass(frozen=True)
class Part:
    """What a person of the cast may do for one organisation."""

    organisation: str
    role: str
    place: Place


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    is_administrator: bool
    parts: tuple[Part, ...]


@transaction.atomic
def load_cast(path: Path, *, password: str = PASSWORD, by: User | None = None, now: datetime) -> list[Person]:
    """Make the people who are not here yet, with this password, and give them their roles. Twice changes nothing.

    Raises LoadError with every mistake; then nothing is written.
    """
    problems = Problems()
    people = _read_people(path, problems)
    organisations = dict(Organisation.objects.values_list("slug", "pk"))
    _check_organisations(people, organisations, problems)
    problems.stop_if_any()
    made = _make_people(people, password, now)
    given = _give_roles(people, organisations)
    if made or given:
        record_event("load", "demo", by=by, now=now, people=made, memberships=given)
    return people


def _read_people(path: Path, problems: Problems) -> list[Person]:
    root = read_root(path, problems)
    if root is None:
        return []
    people: dict[str, Person] = {}
    for item in root.each("people"):
        person = _read_person(item)
        if people.setdefault(person.email, person) is not person:
            item.refuse("email", f"{person.email} stands twice.")
    root.finish()
    return list(people.values())


def _read_person(item: Item) -> Person:
    person = Person(
        email=_email(item),
        name=item.text("name"),
        is_administrator=_is_administrator(item),
        parts=tuple(_read_part(child) for child in item.each("memberships")),
    )
    item.finish()
    return person


def _email(item: Item) -> str:
    email = item.text("email").lower()
    try:
        EmailValidator()(email)
    except ValidationError:
        item.refuse("email", f"email is “{email}”, which is not an e-mail address.")
    return email


def _is_administrator(item: Item) -> bool:
    text = item.text("is_administrator") or "no"
    if text not in ("yes", "no", "true", "false"):
        item.refuse("is_administrator", f"is_administrator is “{text}”; it has to be yes or no.")
    return text in ("yes", "true")


def _read_part(item: Item) -> Part:
    role = item.text("role")
    if role not in Membership.Role.values:
        item.refuse("role", f"role is “{role}”; it has to be one of {', '.join(Membership.Role.values)}.")
    part = Part(item.text("organisation"), role, item.place_of("organisation"))
    item.finish()
    return part


def _check_organisations(people: Sequence[Person], known: dict[str, int], problems: Problems) -> None:
    for part in (part for person in people for part in person.parts):
        if part.organisation not in known:
            problems.add(part.place, f"There is no organisation “{part.organisation}”.")


def _make_people(people: Sequence[Person], password: str, now: datetime) -> int:
    """Make those who are not here. One hash serves them all: their password is no secret."""
    cast = User.objects.filter(email__in=[person.email for person in people])
    # Those that an earlier release made are marked as what they are.
    cast.filter(is_demo=False).update(is_demo=True)
    here = set(cast.values_list("email", flat=True))
    missing = [person for person in people if person.email not in here]
    hashed = make_password(password) if missing else ""
    rows = [
        User(
            email=person.email,
            name=person.name,
            password=hashed,
            is_staff=person.is_administrator,
            is_superuser=person.is_administrator,
            is_demo=True,
            joined_at=now,
        )
        for person in missing
    ]
    return len(User.objects.bulk_create(rows))


def _give_roles(people: Sequence[Person], organisations: dict[str, int]) -> int:
    users = dict(User.objects.filter(email__in=[person.email for person in people]).values_list("email", "pk"))
    held = set(Membership.objects.filter(user__in=users.values()).values_list("user", "organisation", "role"))
    wanted = {
        (users[person.email], organisations[part.organisation], part.role) for person in people for part in person.parts
    }
    rows = [
        Membership(user_id=user, organisation_id=organisation, role=role)
        for user, organisation, role in sorted(wanted - held)
    ]
    return len(Membership.objects.bulk_create(rows))
