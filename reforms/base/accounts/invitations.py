"""Links by which people who were invited choose their password: made, taken back, and used once.

A link is a secret of 256 bits. The database has its hash together with the address that it went to, so that it opens
nothing once the address has been changed.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from reforms.base.audit import record_event
from reforms.base.models import Invitation, User


class NotOpenError(Exception):
    """The link is unknown, was used, was taken back, or is too old."""


def subject_of(person: User) -> str:
    """How events speak of a person: by number, never by name or address."""
    return f"person:{person.pk}"


@transaction.atomic
def make_invitation(*, person: User, by: User | None, now: datetime) -> str:
    """A new link for this person; those before it open nothing any more. The secret is told once, here."""
    withdraw_invitations(person=person, now=now)
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=person,
        token_hash=hash_of(secret, person),
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    return f"{person.pk}-{secret}"


def withdraw_invitations(*, person: User, now: datetime) -> int:
    """Take back what is open; says how many there were."""
    return Invitation.objects.filter(user=person, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)


def invitation_of(token: str, *, now: datetime) -> Invitation:
    """The invitation that this link is for. Raises NotOpenError."""
    number, _, secret = token.partition("-")
    person = User.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    if person is None:
        raise NotOpenError
    found = Invitation.objects.open(at=now).filter(user=person, token_hash=hash_of(secret, person))
    invitation = found.select_related("user").first()
    if invitation is None:
        raise NotOpenError
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, now: datetime) -> User:
    """The person chooses a password. Of two who use the link at once the second gets NotOpenError."""
    person = User.objects.select_for_update().get(pk=invitation.user_id)
    standing = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    if not person.is_active or not standing.update(accepted_at=now):
        raise NotOpenError
    person.set_password(password)
    person.save(update_fields=["password"])
    record_event("accept", subject_of(person), by=person, now=now)
    return person


def hash_of(secret: str, person: User) -> str:
    """What is kept of a link."""
    return hashlib.sha256(f"{secret} {person.email.lower()}".encode()).hexdigest()
