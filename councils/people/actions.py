"""What is done about people. Each action is an Event about a person's number, and never holds a name or an address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from councils.models import Membership
from pillars.models import Organisation
from reforms.base.accounts.invitations import make_invitation, subject_of, withdraw_invitations
from reforms.base.audit import record_event
from reforms.base.models import User

ADMINISTRATOR = "administrator"
"""How events name the right to look after the installation, among the roles people hold."""

TAKEN = "There is somebody with this e-mail address already"


class RefusedError(Exception):
    """It cannot be done; the words are for whoever asked."""


@transaction.atomic
def invite_person(
    *,
    email: str,
    name: str,
    organisation: Organisation | None,
    roles: Collection[str],
    is_administrator: bool = False,
    by: User | None,
    now: datetime,
) -> tuple[User, str]:
    """Let a new person in, with their roles; also the token of the link by which they choose a password."""
    try:
        with transaction.atomic():
            person = User.objects.create_user(email, name=name, joined_at=now)
    except IntegrityError as error:
        raise RefusedError(TAKEN) from error
    token = make_invitation(person=person, by=by, now=now)
    _record("invite", person, organisation=organisation, by=by, now=now)
    if organisation:
        for role in roles:
            give_role(person=person, organisation=organisation, role=role, by=by, now=now)
    if is_administrator:
        make_administrator(person=person, by=by, now=now)
    return person, token


@transaction.atomic
def invite_again(*, person: User, by: User | None, now: datetime) -> str:
    """A new link for somebody who has not used theirs; the token of it. Those sent before open nothing any more."""
    person = _locked(person)
    if not person.is_active:
        raise RefusedError("Reactivate this person first")
    if person.has_usable_password():
        raise RefusedError("This person has a password, and can ask for a new one on the sign-in page")
    token = make_invitation(person=person, by=by, now=now)
    _record("invite", person, by=by, now=now)
    return token


@transaction.atomic
def give_role(*, person: User, organisation: Organisation, role: str, by: User | None, now: datetime) -> bool:
    """Whether the person did not hold the role already."""
    _membership, is_new = Membership.objects.get_or_create(user=person, organisation=organisation, role=role)
    if is_new:
        _record("give_role", person, organisation=organisation, role=role, by=by, now=now)
    return is_new


@transaction.atomic
def remove_role(*, person: User, organisation: Organisation, role: str, by: User | None, now: datetime) -> bool:
    """Whether the person held the role."""
    gone, _each = Membership.objects.filter(user=person, organisation=organisation, role=role).delete()
    if gone:
        _record("remove_role", person, organisation=organisation, role=role, by=by, now=now)
    return bool(gone)


@transaction.atomic
def make_administrator(*, person: User, by: User | None, now: datetime) -> None:
    """Let the person look after the installation."""
    person = _locked(person)
    if person.is_staff and person.is_superuser:
        return
    _set(person, is_staff=True, is_superuser=True)
    _record("give_role", person, role=ADMINISTRATOR, by=by, now=now)


@transaction.atomic
def remove_administrator(*, person: User, by: User | None, now: datetime) -> None:
    """Nobody does it to themselves, so one administrator is always left."""
    if by is not None and person.pk == by.pk:
        raise RefusedError("You cannot remove your own right to administer. Ask another administrator")
    _keep_one_besides(person)
    person = _locked(person)
    if not person.is_staff:
        return
    _set(person, is_staff=False, is_superuser=False)
    _record("remove_role", person, role=ADMINISTRATOR, by=by, now=now)


@transaction.atomic
def deactivate(*, person: User, by: User | None, now: datetime) -> None:
    """The person's sessions are over, also should they come back, and their invitation opens nothing."""
    _keep_one_besides(person)
    person = _locked(person)
    if not person.is_active:
        return
    _set(person, is_active=False, sessions_ended_at=now)
    withdraw_invitations(person=person, now=now)
    _record("deactivate", person, states=("active", "inactive"), by=by, now=now)


@transaction.atomic
def reactivate(*, person: User, by: User | None, now: datetime) -> None:
    """The person may sign in again, with the roles and the password they had."""
    person = _locked(person)
    if person.is_active:
        return
    _set(person, is_active=True)
    _record("reactivate", person, states=("inactive", "active"), by=by, now=now)


@transaction.atomic
def reset_second_factor(*, person: User, by: User | None, now: datetime) -> None:
    """For somebody who has lost their telephone and their codes: they are signed out, and set up another."""
    if by is not None and person.pk == by.pk:
        raise RefusedError("You cannot reset your own second factor. Ask another administrator")
    gone, _each = Authenticator.objects.filter(user=person).delete()
    if gone:
        _set(_locked(person), sessions_ended_at=now)
        _record("reset_second_factor", person, by=by, now=now)


def _keep_one_besides(person: User) -> None:
    """Refuses what would leave no administrator. All are locked, so that two do not remove each other."""
    administrators = User.objects.select_for_update().filter(is_staff=True, is_active=True).order_by("pk")
    if {each.pk for each in administrators} == {person.pk}:
        raise RefusedError("This is the only administrator. Make somebody else one first")


def _locked(person: User) -> User:
    """The person as they are now, until the action has ended."""
    return User.objects.select_for_update().get(pk=person.pk)


def _set(person: User, **values: Any) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))


def _record(
    verb: str,
    person: User,
    *,
    by: User | None,
    now: datetime,
    organisation: Organisation | None = None,
    role: str = "",
    states: tuple[str, str] = ("", ""),
) -> None:
    before, after = states
    details = {"role": role} if role else {}
    slug = organisation.slug if organisation else ""
    record_event(verb, subject_of(person), by=by, now=now, organisation=slug, before=before, after=after, **details)
