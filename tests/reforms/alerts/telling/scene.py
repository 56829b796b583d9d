"""Flags and wishes for tests of telling, and a service that has told of everything before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from councils.models import Position
from reforms.alerts import table
from reforms.alerts.due import facts_known
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Acknowledgement, Flag, Notice, Recipient, Subscription
from reforms.alerts.telling.making import make_notices
from reforms.alerts.telling.recipients import recipient_of
from reforms.alerts.topics import Frequency
from reforms.base.clock import civil_moment
from reforms.base.models import User
from tests.builders import make_consultation, next_number

MONDAY = date(2023, 5, 8)
"""Three days before the consultations of 2023 closed."""
CLOSES_ON = date(2023, 5, 11)
NOW = civil_moment(MONDAY, time(9))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return civil_moment(day, time(hour, minute))


def begin(*, now: datetime = NOW) -> None:
    """The first run, which tells nobody."""
    make_notices(now=now - timedelta(days=30))


def raise_national(subject: str, *, on: date = MONDAY) -> Flag:
    """Raise the flag about the subject that is due on the day."""
    [due] = [flag for flag in facts_known(until=on).due(on=on) if flag.subject == subject]
    table.insert([due], on=on, now=at(on, 0, 5), is_baseline=False)
    return Flag.objects.open().get(subject=subject, threshold=due.threshold, due_on=due.due_on)


def raise_closing(*, days: int = 20, on: date = MONDAY, **values: Any) -> Flag:
    """Of a consultation of its own that closes so many days later."""
    consultation = make_consultation(closes_on=on + timedelta(days=days), **values)
    return raise_national(f"consultation:{consultation.slug}", on=on)


def raise_stale(position: Position, *, on: date = MONDAY, **values: Any) -> Flag:
    defaults = {
        "kind": FlagKind.POSITION_STALE,
        "subject": f"position:{position.reference}",
        "organisation": position.organisation.slug,
        "due_on": on,
        "reason": "Review was due on 7 May 2023",
        "raised_for": on,
        "raised_at": at(on, 0, 5),
    }
    return Flag.objects.create(**defaults | values)


def clear(flag: Flag, *, at: datetime = NOW) -> None:
    Flag.objects.filter(pk=flag.pk).update(cleared_at=at)


def acknowledge(flag: Flag, organisation: Any, by: User, *, until: date | None = None) -> Acknowledgement:
    return Acknowledgement.objects.create(
        organisation=organisation,
        kind=flag.kind,
        subject=flag.subject,
        due_on=flag.due_on,
        threshold=flag.threshold,
        snoozed_until=until,
        by=by,
        at=NOW,
    )


def outside(*, is_confirmed: bool = True, **values: Any) -> Recipient:
    """An address that is no person's."""
    confirmed = {"confirmed_at": NOW} if is_confirmed else {}
    address = f"reader-{next_number()}@example.org"
    return Recipient.objects.create(**{"address": address, "made_at": NOW} | confirmed | values)


def wish(
    who: Recipient | User, frequency: Frequency = Frequency.DAILY, *, is_confirmed: bool = True, **to: Any
) -> Subscription:
    """A subscription to a pillar, an organisation or a consultation."""
    recipient = recipient_of(who, now=NOW) if isinstance(who, User) else who
    confirmed = {"confirmed_at": NOW} if is_confirmed else {}
    return Subscription.objects.create(recipient=recipient, frequency=frequency, made_at=NOW, **confirmed, **to)


def told(source: Any = None) -> set[Any]:
    """The people and addresses that have a notice; of one flag where it is given."""
    notices = Notice.objects.filter(flag=source) if source else Notice.objects.all()
    return {
        notice.recipient.person or notice.recipient.address for notice in notices.select_related("recipient__person")
    }
