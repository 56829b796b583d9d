"""Recipients as rows: those of people, and everybody as the matching asks for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, Value, When

from councils.models import Membership
from reforms.alerts.models import Recipient, Subscription
from reforms.alerts.table import ROWS_AT_A_TIME
from reforms.alerts.telling.matching import ReaderRow, Readers, RoleRow, WishRow
from reforms.base.models import User


def recipient_of(person: User, *, now: datetime) -> Recipient:
    """The person's own, made now if there is none."""
    values = {"made_at": now, "confirmed_at": now}
    return Recipient.objects.select_related("person").get_or_create(person=person, defaults=values)[0]


def add_missing(*, now: datetime) -> None:
    """Make one for each member who has none. Two queries where there are some."""
    have = Recipient.objects.filter(person__isnull=False).values("person")
    missing = Membership.objects.filter(user__is_active=True).exclude(user__in=have).order_by()
    people = missing.values_list("user", flat=True).distinct()
    rows = [Recipient(person_id=person, made_at=now, confirmed_at=now) for person in people]
    Recipient.objects.bulk_create(rows, batch_size=ROWS_AT_A_TIME, ignore_conflicts=True)


def load_readers(recipients: Collection[int] | None = None) -> Readers:
    """Everybody who may be told something, or those of some recipients who may. Three queries."""
    told = Recipient.objects.told().order_by()
    if recipients is not None:
        told = told.filter(pk__in=recipients)
    readers = [ReaderRow(*row) for row in told.values_list("pk", "person", "pauses_urgent")]
    held = Membership.objects.filter(user__in=told.filter(person__isnull=False).values("person")).order_by()
    roles = held.values_list("user", "organisation__slug", "role")
    columns = ("recipient", "topic", "pillar", "organisation__slug", "consultation", "frequency", "is_confirmed")
    confirmed = Case(When(confirmed_at=None, then=Value(False)), default=Value(True))
    found = Subscription.objects.filter(recipient__in=told.values("pk")).order_by().annotate(is_confirmed=confirmed)
    return Readers(readers, map(RoleRow._make, roles), map(WishRow._make, found.values_list(*columns)))
