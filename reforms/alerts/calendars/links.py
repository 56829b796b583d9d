"""Links by which one person's calendar can be read without signing in: what they are made of, and whose they are.

A link is a secret of 256 bits, and the database has its hash alone. Nothing is asked of whoever brings it but the
secret, so what it opens is asked anew each time: a role that was taken away shows no more from the next request on.
"""

from __future__ import annotations

import hashlib
import secrets

from django.urls import reverse

from reforms.alerts.models import CalendarLink
from reforms.alerts.outbox.addresses import whole
from reforms.base.models import User


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What is kept of a link. A secret of this length needs no slow hash."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def person_of(secret: str) -> User | None:
    """Whose calendar the link opens; nobody's where it is unknown or taken back, or the person has left: one query."""
    found = CalendarLink.objects.filter(token_hash=hash_of(secret), revoked_at=None, person__is_active=True)
    link = found.select_related("person").first()
    return link.person if link else None


def link_of(person: User) -> CalendarLink | None:
    """The person's link, if there is one."""
    return CalendarLink.objects.filter(person=person, revoked_at=None).first()


def address_of(secret: str) -> str:
    """The whole address to be given to a calendar."""
    return whole(reverse("calendar-private", args=[secret]))
