"""Making a private calendar's link, and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from reforms.alerts.calendars.links import hash_of, new_secret
from reforms.alerts.models import CalendarLink
from reforms.base.accounts.invitations import subject_of
from reforms.base.audit import record_event
from reforms.base.models import User


@transaction.atomic
def make_calendar_link(*, person: User, by: User, now: datetime) -> str:
    """A new secret, told once, here; the one before it opens nothing any more."""
    User.objects.select_for_update().get(pk=person.pk)
    CalendarLink.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    secret = new_secret()
    CalendarLink.objects.create(person=person, token_hash=hash_of(secret), made_at=now)
    record_event("make_calendar_link", subject_of(person), by=by, now=now)
    return secret


@transaction.atomic
def take_back_calendar_link(*, person: User, by: User, now: datetime) -> bool:
    """Let the link open nothing any more; says whether there was one."""
    was_there = bool(CalendarLink.objects.filter(person=person, revoked_at=None).update(revoked_at=now))
    if was_there:
        record_event("take_back_calendar_link", subject_of(person), by=by, now=now)
    return was_there
