"""Digests: what waits for a recipient, in one letter a day at most.

A recipient's letter and the marks on what is in it are written in one transaction, so a run that dies leaves nothing
half done, and the next goes on where it ended. The key of a letter names the recipient and the day: two machines at
once make one between them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from django.db import transaction

from reforms.alerts.actions import CLOCK_TOLERANCE
from reforms.alerts.digests.composing import compose
from reforms.alerts.digests.periods import day_due, days_missed, frequencies_due
from reforms.alerts.digests.standing import ALL, Sorted, sort
from reforms.alerts.models import JobRun, Letter, Notice, Recipient
from reforms.alerts.outbox.letters import Written, put
from reforms.alerts.table import in_batches
from reforms.alerts.telling.subjects import Subjects
from reforms.alerts.topics import Frequency
from reforms.base.audit import record_event
from reforms.base.clock import civil_day
from reforms.base.models import User

JOB = "make_digests"
RECIPIENTS_AT_A_TIME = 20
"""No more than the notices of so many are held at once."""


@dataclass(frozen=True)
class Made:
    """What a run did. There is no day where no digests were due."""

    day: date | None = None
    letters: int = 0
    notices: int = 0
    dropped: int = 0
    missed_days: int = 0

    def __str__(self) -> str:
        if self.day is None:
            return "no digests due"
        done = f"{self.letters} made, {self.notices} notices in them, {self.dropped} dropped"
        return f"{done}, {self.missed_days} days missed" if self.missed_days else done


class Desk:
    """What one run works with: names and places are looked up when they are first needed, and once."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self.subjects = Subjects(on=civil_day(now))

    @cached_property
    def names(self) -> Mapping[str, str]:
        return {slug: body.name for slug, body in self.subjects.bodies.items()}


def make_digests(*, now: datetime) -> Made:
    """Make the digests of the day, if they are due and not made yet; answers what was done.

    A run that was cut short is gone on with by the next. Days without a run are recorded as missed: what they would
    have told is in today's, once.
    """
    last = _last_day(now=now)
    day = day_due(now, last=last)
    if day is None:
        return Made()
    desk, frequencies = Desk(now=now), frequencies_due(day, last=last)
    letters = notices = dropped = 0
    for recipients in in_batches(_waiting(), RECIPIENTS_AT_A_TIME):
        for told, over in _digests_for(recipients, desk, frequencies=frequencies):
            letters, notices, dropped = letters + bool(told), notices + told, dropped + over
    missed = days_missed(day, last=last)
    made = Made(day, letters, notices, dropped, len(missed))
    _finish(day, made, missed, now=now)
    return made


def write_digests(*, now: datetime) -> str:
    """The scheduled job; answers what was done, in words."""
    return str(make_digests(now=now))


def _last_day(*, now: datetime) -> date | None:
    """The last day for which digests were made."""
    done = JobRun.objects.filter(job=JOB, outcome=JobRun.Outcome.DONE, finished_at__lte=now + CLOCK_TOLERANCE)
    return done.order_by("-for_day").values_list("for_day", flat=True).first()


def _waiting() -> list[int]:
    """The recipients that have something untold."""
    found = Notice.objects.untold().order_by("recipient")
    return list(found.values_list("recipient", flat=True).distinct())


def _digests_for(
    recipients: Collection[int], desk: Desk, *, frequencies: Collection[Frequency]
) -> list[tuple[int, int]]:
    """For each of the recipients, how many notices were told and how many dropped."""
    found = sort(recipients, desk.subjects, frequencies=frequencies)
    busy = [key for key, each in found.items() if each.due or each.over]
    loaded = Recipient.objects.select_related("person").in_bulk(busy)
    return [_digest_for(loaded[key], found[key], desk)[1:] for key in busy if key in loaded]


@transaction.atomic
def _digest_for(recipient: Recipient, found: Sorted, desk: Desk, *, key: str = "") -> tuple[Letter | None, int, int]:
    """One letter and the marks on what it says, or nothing; with how many were told and how many dropped."""
    dropped = _mark(found.over, dropped_at=desk.now)
    due = _still_untold(found.due)
    if not due:
        return None, 0, dropped
    written = compose(recipient, due, on=desk.subjects.on, now=desk.now, key=key, names=desk.names)
    letter = put(recipient, written, now=desk.now)
    if letter is None:
        return None, 0, dropped
    return letter, _mark(due, letter=letter, told_at=desk.now), dropped


def _still_untold(notices: Sequence[Notice]) -> list[Notice]:
    """Those that nobody else has told meanwhile, and nobody else tells until we have ended."""
    keys = [notice.pk for notice in notices]
    untold = set(
        Notice.objects.untold().filter(pk__in=keys).select_for_update().order_by("pk").values_list("pk", flat=True)
    )
    return [notice for notice in notices if notice.pk in untold]


def _mark(notices: Sequence[Notice], **values: object) -> int:
    """Set these on those that are still untold; answers how many there were."""
    if not notices:
        return 0
    return Notice.objects.untold().filter(pk__in=[notice.pk for notice in notices]).update(**values)


@transaction.atomic
def _finish(day: date, made: Made, without: Sequence[date], *, now: datetime) -> None:
    """Record the run, and the days that had none."""
    counts = {"letters": made.letters, "notices": made.notices, "dropped": made.dropped}
    done = JobRun(job=JOB, for_day=day, finished_at=now, outcome=JobRun.Outcome.DONE, details=counts)
    missed = [JobRun(job=JOB, for_day=each, finished_at=now, outcome=JobRun.Outcome.MISSED) for each in without]
    JobRun.objects.bulk_create([*missed, done], ignore_conflicts=True)


# One recipient


def preview(recipient: Recipient, *, now: datetime) -> Written | None:
    """What a letter to the recipient would say at this moment, or None for nothing. Nothing is written."""
    desk = Desk(now=now)
    due = sort([recipient.pk], desk.subjects)[recipient.pk].due
    return compose(recipient, due, on=desk.subjects.on, now=now, names=desk.names) if due else None


@transaction.atomic
def make_digest_now(*, recipient: Recipient, by: User | None, now: datetime) -> Letter | None:
    """Put all that waits for the recipient, however often they want to hear of it, into a letter now.

    None where nothing waits, and the second time in a minute.
    """
    desk = Desk(now=now)
    found = sort([recipient.pk], desk.subjects, frequencies=ALL)[recipient.pk]
    key = f"digest:{recipient.pk}:now:{now.astimezone(UTC):%Y-%m-%dT%H:%M}"
    letter, told, _ = _digest_for(recipient, found, desk, key=key)
    if letter is not None:
        record_event("send_digest", f"recipient:{recipient.pk}", by=by, now=now, notices=told)
    return letter
