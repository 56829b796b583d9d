"""From what happened and what fell due to notices: one for each recipient who wants it, each thing once.

Some flags or events at a time, each lot in one transaction: its notices are made and it is marked as told, or neither.
Two machines at once take different lots where the database can tell them apart; where it cannot, a notice that is there
already is left as it is. The first run of all tells nobody: what is there by then is old news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from reforms.alerts.digests.composing import compose_urgent
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import EventTold, Flag, JobRun, Notice, Recipient
from reforms.alerts.outbox.letters import put
from reforms.alerts.table import ROWS_AT_A_TIME, in_batches
from reforms.alerts.telling.about import URGENT_THRESHOLDS, VERBS, About, about_events, about_flags, is_urgent
from reforms.alerts.telling.matching import NOBODY, Readers, Wanted
from reforms.alerts.telling.quiet import quiet_for, what
from reforms.alerts.telling.recipients import add_missing, load_readers
from reforms.alerts.telling.subjects import POSITION, Subjects
from reforms.base.clock import civil_day
from reforms.base.models import Event

JOB = "make_notices"
NATIONAL_AT_A_TIME = 5
"""A flag about the whole country makes a notice for every member of every organisation."""
OWN_AT_A_TIME = 200
EVENTS_AT_A_TIME = 200
RECIPIENTS_AT_A_TIME = 200
MOST_LETTERS = 300
"""In the title or the reason of a notice."""

Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class Made:
    """What a run did: the flags and events it told of, the notices and urgent letters it made of them."""

    flags: int = 0
    events: int = 0
    notices: int = 0
    letters: int = 0
    is_baseline: bool = False

    def __add__(self, other: Made) -> Made:
        ours, theirs = self.counts, other.counts
        return Made(**{name: ours[name] + theirs[name] for name in ours}, is_baseline=self.is_baseline)

    def __bool__(self) -> bool:
        return any(self.counts.values())

    def __str__(self) -> str:
        if self.is_baseline:
            return f"first run: {self.flags} flags and {self.events} events are old news"
        return f"{self.notices} made of {self.flags} flags and {self.events} events, {self.letters} urgent letters"

    @property
    def counts(self) -> dict[str, int]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.name != "is_baseline"}


class Telling:
    """One run: what it knows of readers and subjects is loaded when it is first needed, and once."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self.day = civil_day(now)
        self.subjects = Subjects(on=self.day)

    @cached_property
    def readers(self) -> Readers:
        add_missing(now=self.now)
        return load_readers()


def make_notices(*, now: datetime) -> Made:
    """Tell of every flag and event that nobody has been told of yet; answers what was done.

    1. The first run of all is the baseline: everything is marked as told.
    2. What is urgent: the letters go into the outbox in the same transaction.
    3. Flags about the whole country, then those of organisations, then events.
    """
    if not JobRun.objects.filter(job=JOB).exists() and (baseline := _baseline(now=now)):
        return baseline
    telling = Telling(now=now)
    made = Made()
    for turn in (_turn_urgent, _turn_national, _turn_own, _turn_events):
        made += _until_done(turn, telling)
    if made:
        _remember(made, now=now)
    return made


def tell(*, now: datetime) -> str:
    """The scheduled job; answers what was done, in words."""
    return str(make_notices(now=now))


def _until_done(turn: Callable[[Telling], Made | None], telling: Telling) -> Made:
    made = Made()
    while (done := turn(telling)) is not None:
        made += done
    return made


# The first run


@transaction.atomic
def _baseline(*, now: datetime) -> Made | None:
    """Mark everything as told; None where another machine has begun to do so a moment ago."""
    defaults = {"finished_at": now, "outcome": JobRun.Outcome.BASELINE}
    run, is_first = JobRun.objects.get_or_create(job=JOB, for_day=civil_day(now), defaults=defaults)
    if not is_first:
        return None
    flags = Flag.objects.untold().update(told_at=now)
    events = 0
    for keys in in_batches(_untold_events().values_list("pk", flat=True), ROWS_AT_A_TIME):
        events += len(keys)
        _mark_events(keys, now=now)
    made = Made(flags=flags, events=events, is_baseline=True)
    JobRun.objects.filter(pk=run.pk).update(details=made.counts)
    return made


@transaction.atomic
def _remember(made: Made, *, now: datetime) -> None:
    """Add to the record of the day."""
    defaults = {"finished_at": now, "outcome": JobRun.Outcome.DONE}
    runs = JobRun.objects.select_for_update()
    run, _ = runs.get_or_create(job=JOB, for_day=civil_day(now), defaults=defaults)
    run.details = {name: run.details.get(name, 0) + count for name, count in made.counts.items()}
    run.finished_at = now
    run.save(update_fields=["details", "finished_at"])


# Flags and events, a lot at a time


@transaction.atomic
def _turn_urgent(telling: Telling) -> Made | None:
    """All at once, so that who hears of three closings gets one letter."""
    closing = Flag.objects.untold().filter(kind=FlagKind.CONSULTATION_CLOSING)
    return _tell_of_flags(closing.filter(threshold__in=URGENT_THRESHOLDS).order_by("pk"), telling)


@transaction.atomic
def _turn_national(telling: Telling) -> Made | None:
    national = Flag.objects.untold().filter(organisation="").order_by("pk")
    return _tell_of_flags(national[:NATIONAL_AT_A_TIME], telling)


@transaction.atomic
def _turn_own(telling: Telling) -> Made | None:
    """By organisation, so that the subjects of a few are looked up for many flags."""
    own = Flag.objects.untold().exclude(organisation="").order_by("organisation", "pk")
    return _tell_of_flags(own[:OWN_AT_A_TIME], telling)


@transaction.atomic
def _turn_events(telling: Telling) -> Made | None:
    events = _taken(_untold_events().order_by("pk")[:EVENTS_AT_A_TIME])
    if not events:
        return None
    abouts = about_events(events, telling.subjects)
    notices, letters = _tell((Thing(about, event=key) for key, about in abouts.items()), telling)
    _mark_events([event.pk for event in events], now=telling.now)
    return Made(events=len(events), notices=notices, letters=letters)


def _tell_of_flags(some: QuerySet[Flag], telling: Telling) -> Made | None:
    flags = _taken(some)
    if not flags:
        return None
    abouts = about_flags(flags, telling.subjects)
    quiet = quiet_for([flag for flag in flags if is_urgent(flag)], on=telling.day)
    things = [
        Thing(abouts[each.pk], each.pk, None, quiet.get(what(each), NOBODY)) for each in flags if each.pk in abouts
    ]
    notices, letters = _tell(things, telling)
    Flag.objects.filter(pk__in=[flag.pk for flag in flags], told_at=None).update(told_at=telling.now)
    return Made(flags=len(flags), notices=notices, letters=letters)


def _taken(some: QuerySet[Row]) -> list[Row]:
    """Those that nobody else has in hand. SQLite lets nobody else write meanwhile."""
    return list(some.select_for_update(skip_locked=True, of=("self",)))


def _untold_events() -> QuerySet[Event]:
    told = EventTold.objects.filter(event=OuterRef("pk"))
    return Event.objects.filter(~Exists(told), verb__in=VERBS, subject__startswith=f"{POSITION}:").order_by()


def _mark_events(keys: Iterable[int], *, now: datetime) -> None:
    rows = [EventTold(event_id=key, at=now) for key in keys]
    EventTold.objects.bulk_create(rows, batch_size=ROWS_AT_A_TIME, ignore_conflicts=True)


# Notices and letters


class Thing(NamedTuple):
    """Something to tell, of a flag or of an event by its key, and who is quiet about it."""

    about: About
    flag: int | None = None
    event: int | None = None
    quiet: Collection[str] = NOBODY


def _tell(things: Iterable[Thing], telling: Telling) -> tuple[int, int]:
    """How many notices and how many urgent letters were made. Only what is urgent is held all at once."""
    urgent: defaultdict[int, list[Notice]] = defaultdict(list)
    count = 0
    for some in in_batches(_notices(things, telling), ROWS_AT_A_TIME):
        for notice in some:
            if notice.is_urgent:
                urgent[notice.recipient_id].append(notice)
        count += _write([notice for notice in some if not notice.is_urgent])
    return count + sum(map(len, urgent.values())), _tell_at_once(urgent, telling)


def _notices(things: Iterable[Thing], telling: Telling) -> Iterator[Notice]:
    return (
        _notice(thing, wanted, now=telling.now)
        for thing in things
        for wanted in telling.readers.wanting(thing.about, quiet=thing.quiet)
    )


def _notice(thing: Thing, wanted: Wanted, *, now: datetime) -> Notice:
    about = thing.about
    return Notice(
        recipient_id=wanted.recipient,
        flag_id=thing.flag,
        event_id=thing.event,
        topic=about.topic,
        frequency=wanted.frequency,
        is_urgent=wanted.is_urgent,
        organisation=about.organisation,
        title=shortened(about.title),
        reason=shortened(about.reason),
        url=about.url,
        made_at=now,
    )


def shortened(words: str) -> str:
    """As much as a notice has room for."""
    return words if len(words) <= MOST_LETTERS else f"{words[: MOST_LETTERS - 1]}…"


def _write(notices: list[Notice]) -> int:
    """One that is there already stays as it is."""
    Notice.objects.bulk_create(notices, batch_size=ROWS_AT_A_TIME, ignore_conflicts=True)
    return len(notices)


def _tell_at_once(urgent: Mapping[int, list[Notice]], telling: Telling) -> int:
    """A letter for each recipient, about all that is urgent for them; answers how many there were."""
    letters = 0
    for keys in in_batches(sorted(urgent), RECIPIENTS_AT_A_TIME):
        for recipient in Recipient.objects.filter(pk__in=keys).select_related("person"):
            notices = urgent[recipient.pk]
            written = compose_urgent(recipient, notices)
            if letter := put(recipient, written, now=telling.now):
                letters += 1
                for notice in notices:
                    notice.letter, notice.told_at = letter, telling.now
        _write([notice for key in keys for notice in urgent[key]])
    return letters
