"""Acknowledging a flag, putting it off, and showing it again: for one organisation, with who and why.

What is kept speaks of a flag by its key: its kind, subject, date and threshold. So a date that moves, or the next
threshold, asks again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from councils.permissions import require
from pillars.models import Organisation
from reforms.alerts.due import flags_due
from reforms.alerts.flag_due import LOOK_BACK_DAYS, FlagDue, Key
from reforms.alerts.models import Acknowledgement
from reforms.base.audit import record_event
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words
from reforms.base.models import User

PERMISSION = "flag.acknowledge"
LONGEST_REASON = 300
DUE, ACKNOWLEDGED, PUT_OFF = "due", "acknowledged", "put off"
OVER = "That flag is no longer due."
GONE = "That was shown again already."


class RefusedError(Exception):
    """It was not done, and why in words. `field` names what was given wrongly, where something was."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def acknowledge_flag(
    *, organisation: Organisation, flag_key: Key, reason: str, by: User, now: datetime
) -> Acknowledgement:
    """Take a flag off the organisation's desk for good. Raises NotAllowedError and RefusedError."""
    return _say(organisation, flag_key, reason, until=None, by=by, now=now)


@transaction.atomic
def snooze_flag(
    *, organisation: Organisation, flag_key: Key, reason: str, until: date, by: User, now: datetime
) -> Acknowledgement:
    """Take a flag off the organisation's desk until a day, on which it is back. Raises as `acknowledge_flag`."""
    if words := wrong_day(until, due_on=flag_key[3], today=civil_day(now)):
        raise RefusedError(words, "until")
    return _say(organisation, flag_key, reason, until=until, by=by, now=now)


@transaction.atomic
def take_back(*, organisation: Organisation, key: int, by: User, now: datetime) -> None:
    """Show on the organisation's desk again what was said of by `key`. Raises NotAllowedError and RefusedError."""
    require(by, PERMISSION, organisation.pk)
    found = Acknowledgement.objects.filter(pk=key, organisation=organisation).first()
    # Of two at once only one has taken it away.
    if found is None or not Acknowledgement.objects.filter(pk=found.pk).delete()[0]:
        raise RefusedError(GONE)
    _record("take_back_flag", found, by=by, now=now, before=_state(found), after=DUE)


def wrong_day(until: date, *, due_on: date, today: date) -> str:
    """What is wrong with putting a flag off to the day; empty where nothing is. It has to come back while it is due."""
    first, last = today + timedelta(days=1), due_on + timedelta(days=LOOK_BACK_DAYS)
    if first > last:
        return "It is over by tomorrow, so it cannot be put off. Acknowledge it instead"
    if first <= until <= last:
        return ""
    return f"Day to be reminded on has to be from {date_in_words(first)} to {date_in_words(last)}"


def said_key(said: Acknowledgement) -> Key:
    """The key of the flag that it speaks of, with no organisation: a subject names its own."""
    return (said.kind, said.subject, "", said.due_on, said.threshold)


def plain_key(flag: FlagDue) -> Key:
    """The flag's key, put the same way."""
    kind, subject, _organisation, due_on, threshold = flag.key
    return (kind, subject, "", due_on, threshold)


def _say(
    organisation: Organisation, key: Key, reason: str, *, until: date | None, by: User, now: datetime
) -> Acknowledgement:
    require(by, PERMISSION, organisation.pk)
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise RefusedError(f"Say why, in {LONGEST_REASON} characters or fewer", "reason")
    today = civil_day(now)
    if key not in _keys(flags_due(on=today, organisations=[organisation.slug], are_private=True)):
        raise RefusedError(OVER)
    said = _keep(organisation, key, today=today, reason=words, snoozed_until=until, by=by, at=now)
    verb = "snooze_flag" if until else "acknowledge_flag"
    _record(verb, said, by=by, now=now, before=DUE, after=_state(said), **_until(until))
    return said


def _keys(flags: Iterable[FlagDue]) -> set[Key]:
    return {flag.key for flag in flags}


def _keep(organisation: Organisation, key: Key, *, today: date, **values: Any) -> Acknowledgement:
    """Keep what is said in place of what has run out. Of two at once the database lets one pass."""
    kind, subject, _organisation, due_on, threshold = key
    named = {"organisation": organisation, "kind": kind, "subject": subject}
    same = Acknowledgement.objects.filter(**named, due_on=due_on, threshold=threshold)
    same.filter(snoozed_until__lte=today).delete()
    try:
        with transaction.atomic():
            return Acknowledgement.objects.create(**named, due_on=due_on, threshold=threshold, **values)
    except IntegrityError:
        first = same.select_related("by").first()
        raise RefusedError(_somebody_was_quicker(first)) from None


def _somebody_was_quicker(first: Acknowledgement | None) -> str:
    if first is None:
        return "Somebody else was quicker. Try again."
    until = f" until {date_in_words(first.snoozed_until)}" if first.snoozed_until else ""
    return f"It is {_state(first)} already{until}, by {first.by}."


def _state(said: Acknowledgement) -> str:
    return PUT_OFF if said.snoozed_until else ACKNOWLEDGED


def _until(day: date | None) -> dict[str, str]:
    return {"until": day.isoformat()} if day else {}


def _record(
    verb: str, said: Acknowledgement, *, by: User, now: datetime, before: str, after: str, **details: str
) -> None:
    record_event(
        verb,
        said.subject,
        by=by,
        now=now,
        organisation=said.organisation.slug,
        before=before,
        after=after,
        kind=said.kind,
        due_on=said.due_on.isoformat(),
        threshold=said.threshold,
        **details,
    )
