"""How often each entry has changed: calendars take an entry anew when its number has gone up.

Reading a calendar writes nothing. What differs from what was last written down shows the next number already, and the
job writes that number down, so a calendar reads the same before and after it. An entry that is gone is left out of the
calendar, which those who subscribe take as a whole; should it come back, its number goes on from where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import transaction

from reforms.alerts.calendars import facts
from reforms.alerts.calendars.entries import Entry
from reforms.alerts.models import CalendarEntry
from reforms.alerts.outbox.addresses import whole
from reforms.base.clock import civil_day

BATCH = 500
"""Entries that one transaction holds."""


class Numbered(NamedTuple):
    """An entry as a calendar shows it."""

    entry: Entry
    uid: str
    sequence: int


def uid_of(entry: Entry) -> str:
    """What identifies the entry in all calendars of the world, for ever."""
    return f"{entry.name}@{urlsplit(whole('/')).hostname}"


def numbered(entries: Sequence[Entry]) -> list[Numbered]:
    """The entries with how often each has changed: one query."""
    uids = [uid_of(each) for each in entries]
    kept = _kept(uids)
    return [Numbered(each, uid, _sequence(each, kept.get(uid))) for each, uid in zip(entries, uids, strict=True)]


def _kept(uids: Iterable[str]) -> dict[str, CalendarEntry]:
    return {each.uid: each for each in CalendarEntry.objects.filter(uid__in=list(uids))}


def _sequence(entry: Entry, kept: CalendarEntry | None) -> int:
    if kept is None:
        return 0
    return kept.sequence + (kept.content_hash != entry.content_hash)


def keep_calendar(*, now: datetime) -> str:
    """Write down what has changed; says in words how much. Twice changes nothing; two at once count a change once."""
    entries = {uid_of(each): each for each in facts.of_everybody(on=civil_day(now))}
    uids = list(entries)
    new = changed = 0
    for start in range(0, len(uids), BATCH):
        batch = {uid: entries[uid] for uid in uids[start : start + BATCH]}
        made, moved = _keep(batch, now=now)
        new, changed = new + made, changed + moved
    return f"{new} new, {changed} changed, {len(entries)} in calendars"


@transaction.atomic
def _keep(entries: dict[str, Entry], *, now: datetime) -> tuple[int, int]:
    """Under a lock, so that of two at once the second finds what the first has written."""
    locked = CalendarEntry.objects.select_for_update().filter(uid__in=list(entries)).order_by("uid")
    kept = {each.uid: each for each in locked}
    new = [_first(uid, entry, now) for uid, entry in entries.items() if uid not in kept]
    moved = [each for uid, each in kept.items() if each.content_hash != entries[uid].content_hash]
    for each in moved:
        each.content_hash, each.changed_at = entries[each.uid].content_hash, now
        each.sequence += 1
    CalendarEntry.objects.bulk_create(new, ignore_conflicts=True)
    CalendarEntry.objects.bulk_update(moved, ["content_hash", "sequence", "changed_at"])
    return len(new), len(moved)


def _first(uid: str, entry: Entry, now: datetime) -> CalendarEntry:
    return CalendarEntry(uid=uid, content_hash=entry.content_hash, changed_at=now)
