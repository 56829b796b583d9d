"""What is done about who hears of what. Events are about a recipient's number, and never hold an address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.template.loader import render_to_string

from reforms.alerts.models import Letter, Recipient, Subscription
from reforms.alerts.outbox.letters import Written, put
from reforms.alerts.subscribing.choices import Choices, Target, chosen, organisations_of
from reforms.alerts.subscribing.links import CONFIRM_WITHIN, Asked, confirm_url
from reforms.alerts.telling.recipients import recipient_of
from reforms.alerts.topics import Frequency, Topic
from reforms.base.audit import record_event
from reforms.base.models import User

LONGEST_SUBJECT = 200


class NotOpenError(Exception):
    """There is no such subscription any more."""


@transaction.atomic
def ask_for_updates(*, address: str, target: Target, frequency: Frequency, now: datetime) -> Subscription:
    """Somebody who is not signed in asks. Nothing changes for the address until it is confirmed from there.

    The address of somebody with an account is their account's: they get one letter, not two.
    """
    recipient = _recipient_at(address, now=now)
    subscription, is_new = _subscription(recipient, target, frequency, now=now)
    if not is_new and subscription.confirmed_at is None:
        # It is forgotten as long after the newest letter as that letter's link works.
        subscription.made_at = now
        subscription.save(update_fields=["made_at"])
    put(recipient, _letter_to_confirm(subscription, target, frequency, now=now), now=now)
    _record("ask", recipient, by=None, now=now, subscription=subscription.pk, frequency=frequency)
    return subscription


@transaction.atomic
def confirm_updates(*, asked: Asked, by: User | None, now: datetime) -> Subscription:
    """Whoever reads the letter says yes. Raises NotOpenError where it was stopped or forgotten since."""
    recipient = _locked(subscription_asked_for(asked).recipient_id)
    if recipient is None:
        raise NotOpenError
    subscription = subscription_asked_for(asked, is_locked=True)
    if recipient.confirmed_at is None:
        recipient.confirmed_at = now
        recipient.save(update_fields=["confirmed_at"])
    _confirm(subscription, asked.frequency, verb="confirm", by=by, now=now)
    return subscription


@transaction.atomic
def follow(*, person: User, target: Target, frequency: Frequency, by: User, now: datetime) -> Subscription:
    """Somebody who has signed in asks: there is nothing to confirm."""
    recipient = _recipient_of(person, now=now)
    subscription, _is_new = _subscription(recipient, target, frequency, now=now)
    _confirm(subscription, frequency, verb="follow", by=by, now=now)
    return subscription


@transaction.atomic
def choose_frequency(*, subscription: Subscription, frequency: Frequency, by: User | None, now: datetime) -> None:
    """Another frequency for something that is followed."""
    changed = Subscription.objects.filter(pk=subscription.pk).exclude(frequency=frequency)
    if changed.update(frequency=frequency):
        _record(
            "choose", subscription.recipient, by=by, now=now, subscription=subscription.pk, frequency=frequency.value
        )


@transaction.atomic
def unfollow(*, subscription: Subscription, by: User | None, now: datetime) -> None:
    """Hear of it no more. An address that follows nothing else is forgotten."""
    recipient = _locked(subscription.recipient_id)
    if recipient is None:
        return
    gone, _each = Subscription.objects.filter(pk=subscription.pk).delete()
    if gone:
        _record("unfollow", recipient, by=by, now=now, subscription=subscription.pk)
    if recipient.person_id is None and not recipient.subscriptions.exists():
        stop_everything(recipient=recipient, by=by, now=now)


@transaction.atomic
def choose_urgent(*, recipient: Recipient, pauses: bool, by: User | None, now: datetime) -> None:
    """Whether to be told at once in the last days before a closing, or only in the next letter."""
    if Recipient.objects.filter(pk=recipient.pk).exclude(pauses_urgent=pauses).update(pauses_urgent=pauses):
        recipient.pauses_urgent = pauses
        _record("pause_urgent" if pauses else "resume_urgent", recipient, by=by, now=now)


@transaction.atomic
def choose_topics(*, person: User, choices: Choices, by: User | None, now: datetime) -> int:
    """How often to hear of each topic of the person's organisations; says how many choices changed."""
    recipient = _recipient_of(person, now=now)
    before = chosen(recipient, organisations_of(person))
    changed = {each: frequency for each, frequency in choices.items() if before.get(each, frequency) != frequency}
    for (organisation, topic), frequency in changed.items():
        Subscription.objects.update_or_create(
            recipient=recipient,
            organisation_id=organisation,
            topic=topic,
            defaults={"frequency": frequency},
            create_defaults={"frequency": frequency, "made_at": now, "confirmed_at": now},
        )
        _record("choose", recipient, by=by, now=now, body=organisation, topic=topic.value, frequency=frequency.value)
    return len(changed)


@transaction.atomic
def stop_everything(*, recipient: Recipient, by: User | None, now: datetime) -> None:
    """No more letters. An address without an account is erased, with every letter and notice that was made for it."""
    found = _locked(recipient.pk)
    if found is None:
        return
    _record("stop", found, by=by, now=now)
    if found.person is None:
        found.delete()
        return
    never = {(each.pk, topic): Frequency.NEVER for each in organisations_of(found.person) for topic in Topic}
    choose_topics(person=found.person, choices=never, by=by, now=now)
    choose_urgent(recipient=found, pauses=True, by=by, now=now)
    found.subscriptions.filter(topic="").delete()
    Letter.objects.waiting().filter(recipient=found, claimed_until=None).update(
        state=Letter.State.DROPPED, ended_at=now
    )


def forget_unconfirmed(*, now: datetime) -> int:
    """Erase what nobody confirmed in time, with the addresses; says how many addresses.

    In two transactions: others lock a recipient first, so nobody may wait for one while holding subscriptions.
    """
    before = now - CONFIRM_WITHIN
    Subscription.objects.filter(confirmed_at=None, made_at__lte=before).delete()
    with transaction.atomic():
        wanted = Subscription.objects.filter(recipient=OuterRef("pk"))
        idle = Recipient.objects.filter(~Exists(wanted), person=None, confirmed_at=None, made_at__lte=before)
        found = list(idle.select_for_update())
        for recipient in found:
            _record("forget", recipient, by=None, now=now)
        Recipient.objects.filter(pk__in=[each.pk for each in found]).delete()
    return len(found)


def _recipient_at(address: str, *, now: datetime) -> Recipient:
    """Who is told at this address, locked until the end: the person who has it, or the address by itself."""
    same = {"same": address.lower()}
    person = User.objects.alias(same=Lower("email")).filter(**same, is_active=True).first()
    if person:
        return _recipient_of(person, now=now)
    held = Recipient.objects.select_for_update().alias(same=Lower("address")).exclude(address="").filter(**same)
    found = held.first() or _made(address.lower(), now=now) or held.get()
    if found.confirmed_at is None:
        # For the same reason as the subscription's, and so that nobody forgets it in this moment.
        Recipient.objects.filter(pk=found.pk).update(made_at=now)
    return found


def _made(address: str, *, now: datetime) -> Recipient | None:
    """A new recipient; None where somebody else made it in the same moment."""
    try:
        with transaction.atomic():
            return Recipient.objects.create(address=address, made_at=now)
    except IntegrityError:
        return None


def _recipient_of(person: User, *, now: datetime) -> Recipient:
    """The person as somebody who is told, locked until the end."""
    return Recipient.objects.select_for_update().get(pk=recipient_of(person, now=now).pk)


def _locked(key: int) -> Recipient | None:
    """The recipient, held by this transaction until its end; None where they have gone."""
    return Recipient.objects.select_for_update().filter(pk=key).first()


def _confirm(subscription: Subscription, frequency: Frequency, *, verb: str, by: User | None, now: datetime) -> None:
    """From now on, and this often. Doing it twice changes nothing."""
    if subscription.confirmed_at and subscription.frequency == frequency:
        return
    subscription.confirmed_at = subscription.confirmed_at or now
    subscription.frequency = frequency
    subscription.save(update_fields=["confirmed_at", "frequency"])
    _record(verb, subscription.recipient, by=by, now=now, subscription=subscription.pk, frequency=frequency.value)


def subscription_asked_for(asked: Asked, *, is_locked: bool = False) -> Subscription:
    """What a link would confirm. Raises NotOpenError where it was stopped or forgotten since."""
    wanted = Subscription.objects.filter(pk=asked.subscription)
    if is_locked:
        wanted = wanted.select_for_update(of=("self",))
    found = wanted.select_related("recipient", "pillar__programme", "organisation", "consultation").first()
    if found is None:
        raise NotOpenError
    return found


def _subscription(
    recipient: Recipient, target: Target, frequency: Frequency, *, now: datetime
) -> tuple[Subscription, bool]:
    """What the recipient asked for before, locked until the end, or a new one; and whether it is new."""
    return Subscription.objects.select_for_update().get_or_create(
        recipient=recipient, topic="", **target.column, defaults={"frequency": frequency, "made_at": now}
    )


def _letter_to_confirm(subscription: Subscription, target: Target, frequency: Frequency, *, now: datetime) -> Written:
    """One in a minute for each frequency: who presses the button twice gets one letter."""
    context = {
        "target": target,
        "frequency": frequency,
        "link": confirm_url(subscription, frequency),
        "days": CONFIRM_WITHIN.days,
    }
    return Written(
        kind=Letter.Kind.CONFIRMATION,
        key=f"confirmation:{subscription.pk}:{frequency.value}:{now:%Y%m%d%H%M}",
        subject=shortened(f"Confirm that you want updates: {target.title}"),
        text=render_to_string("alerts/letters/confirm.txt", context).strip() + "\n",
        html=render_to_string("alerts/letters/confirm.html", context),
    )


def shortened(subject: str) -> str:
    """In one line, and no longer than the subject of a letter may be."""
    line = " ".join(subject.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"


def _record(verb: str, recipient: Recipient, *, by: User | None, now: datetime, **details: Any) -> None:
    record_event(verb, f"recipient:{recipient.pk}", by=by, now=now, **details)
