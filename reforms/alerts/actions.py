"""Raising flags: the table is brought into line with what is due, and remembers that it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from reforms.alerts import table
from reforms.alerts.due import Facts, facts_known, plain_subjects, wide_watches
from reforms.alerts.flag_due import FlagDue, Key
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag, JobRun
from reforms.alerts.table import Tallies
from reforms.base.audit import record_event
from reforms.base.clock import civil_day
from reforms.base.models import User

JOB = "raise_flags"
OWN = "own"
"""Where a run keeps how many flags of each kind organisations had of their own."""
WATCHED = "watched"
"""Where a run keeps which sorts of record of the whole country's concern it looked at."""
ALWAYS_WATCHED = ("consultation", "phase", "milestone")
"""What every run looked at before that was kept."""
CLOCK_TOLERANCE = timedelta(days=1)
"""A run that finished further ahead than this was made by a machine whose clock was wrong."""


@dataclass(frozen=True)
class Outcome:
    """What a run found and did.

    `due`, `raised` and `cleared` are flags about the whole country; `own` counts those that organisations have of their
    own, by kind. `later_run_on` is the day of a later run, where there is one; `is_too_early` says that nothing to
    watch was known yet. In both cases nothing was written.
    """

    on: date
    due: tuple[FlagDue, ...]
    later_run_on: date | None = None
    is_too_early: bool = False
    is_baseline: bool = False
    raised: tuple[FlagDue, ...] = ()
    cleared: tuple[Flag, ...] = ()
    own: Tallies = field(default_factory=dict)
    missed_days: int = 0
    missed_flags: int = 0

    @property
    def due_count(self) -> int:
        """How many flags are due, those of organisations included."""
        return len(self.due) + sum(tally.due for tally in self.own.values())

    @property
    def raised_count(self) -> int:
        return len(self.raised) + sum(tally.raised for tally in self.own.values())

    @property
    def cleared_count(self) -> int:
        return len(self.cleared) + sum(tally.cleared for tally in self.own.values())


@transaction.atomic
def raise_flags(*, on: date, now: datetime, by: User | None = None) -> Outcome:
    """Raise what is due on the day and not open yet, and clear what is open and no longer due.

    1. Wait for any other run to end, then load the facts known by the day.
    2. Where a run for a later day exists, answer and write nothing. The same before the first run, as long as there is
       nothing to watch: what is loaded first is not news.
    3. Record the run. The first of all is the baseline: what it finds is old news, so nobody is told.
    4. Record each day without a run since the last one as missed, and how many flags were due only then.
    5. Clear, then raise. The database ignores a flag that is open already, whoever raised it.
    6. Record one event if anything changed: notices are made from it.

    Raises ValueError for a day that has not come.
    """
    if on > civil_day(now):
        raise ValueError("Flags can be raised for today or an earlier day")
    last = _wait_for_other_runs()
    facts = facts_known(until=on)
    if later := _later_run(on=on, now=now):
        return Outcome(on, tuple(facts.due(on=on)), later_run_on=later.for_day, own=table.tally_own(on=on))
    if not (last or facts or any(watch.holders(on) for watch in wide_watches())):
        return Outcome(on, (), is_too_early=True)
    run, is_new = _this_run(last, on=on, now=now)
    missed = _record_missed(facts, last, on=on, now=now) if last and is_new else []
    outcome = _bring_into_line(run, last, facts, now=now, missed=missed, is_baseline=is_new and last is None)
    _finish(run, outcome, now=now)
    if outcome.raised_count or outcome.cleared_count:
        _record_event(outcome, now=now, by=by)
    return outcome


def _wait_for_other_runs() -> JobRun | None:
    """The latest run, once every other machine's run has ended.

    A lock on the latest run would not do: whoever waits for it finds the run that was the latest before. SQLite has one
    writer, so there nobody needs to be asked to wait.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [JOB])
    return JobRun.objects.filter(job=JOB).order_by("-for_day").first()


def _later_run(*, on: date, now: datetime) -> JobRun | None:
    """The latest run for a day after this one."""
    runs = JobRun.objects.filter(job=JOB, for_day__gt=on, finished_at__lte=now + CLOCK_TOLERANCE)
    return runs.order_by("-for_day").first()


def _this_run(last: JobRun | None, *, on: date, now: datetime) -> tuple[JobRun, bool]:
    """The record of the day's run, and whether it is new; it was made an hour ago, or by another machine, if not."""
    outcome = JobRun.Outcome.DONE if last else JobRun.Outcome.BASELINE
    defaults = {"finished_at": now, "outcome": outcome}
    return JobRun.objects.select_for_update().get_or_create(job=JOB, for_day=on, defaults=defaults)


def _record_missed(facts: Facts, last: JobRun, *, on: date, now: datetime) -> list[JobRun]:
    """A run for each day between the last and this one, with the number of flags that came due on it.

    Flags that are still due, or that were raised before, are not missed.
    """
    seen = _keys(facts.due(on=on)) | {table.key_of(flag) for flag in table.national_open()}
    lapsed = _lapsed(after=last.for_day, until=on)
    runs = []
    for number in range(1, (on - last.for_day).days):
        day = last.for_day + timedelta(days=number)
        new = _keys(facts.due(on=day)) - seen
        seen |= new
        details = {"missed": len(new) + lapsed[day]}
        runs.append(JobRun(job=JOB, for_day=day, finished_at=now, outcome=JobRun.Outcome.MISSED, details=details))
    JobRun.objects.bulk_create(runs, ignore_conflicts=True)
    return runs


def _lapsed(*, after: date, until: date) -> Counter[date]:
    """How many flags of organisations came due on each day between the two, and were over by the second.

    All days at once: to ask for each would be to look at every organisation's records for each day that was missed.
    """
    if (until - after).days < 2:
        return Counter()
    return Counter(day for watch in wide_watches() for day in watch.lapsed(after, until))


def _keys(flags: Iterable[FlagDue]) -> set[Key]:
    return {flag.key for flag in flags}


def _bring_into_line(
    run: JobRun, last: JobRun | None, facts: Facts, *, now: datetime, missed: list[JobRun], is_baseline: bool
) -> Outcome:
    due = facts.due(on=run.for_day)
    old_news = {flag.subject_type for flag in due} if is_baseline else _new_subjects(last)
    raised, cleared = table.bring_into_line(due, on=run.for_day, now=now, baseline=old_news)
    return Outcome(
        on=run.for_day,
        due=tuple(due),
        is_baseline=is_baseline,
        raised=tuple(raised),
        cleared=tuple(cleared),
        own=table.bring_own_into_line(on=run.for_day, now=now, baseline=_new_kinds(last)),
        missed_days=len(missed),
        missed_flags=sum(found.details["missed"] for found in missed),
    )


def _new_subjects(last: JobRun | None) -> set[str]:
    """The sorts of record of the whole country's concern that no run has looked at before; as with `_new_kinds`."""
    known: Collection[str] = last.details.get(WATCHED, ALWAYS_WATCHED) if last else ()
    return set(plain_subjects()).difference(known)


def _new_kinds(last: JobRun | None) -> set[FlagKind]:
    """The kinds of organisations' own flags that no run has looked for before, as after an upgrade.

    What is found of them is as old as what the first run of all finds, and nobody is told.
    """
    known: Collection[str] = last.details.get(OWN, ()) if last else ()
    return {kind for watch in wide_watches() for kind in watch.kinds if kind.value not in known}


def _finish(run: JobRun, outcome: Outcome, *, now: datetime) -> None:
    """Keep the run's moment and counts; those of a day's several runs add up."""
    before = run.details
    run.finished_at = now
    run.details = {
        "due": outcome.due_count,
        "raised": before.get("raised", 0) + outcome.raised_count,
        "cleared": before.get("cleared", 0) + outcome.cleared_count,
        OWN: {kind: tally.due for kind, tally in outcome.own.items()},
        WATCHED: plain_subjects(),
    }
    run.save(update_fields=["finished_at", "details"])


def _record_event(outcome: Outcome, *, now: datetime, by: User | None) -> None:
    details: dict[str, Any] = {
        "for_day": outcome.on.isoformat(),
        "raised": outcome.raised_count,
        "cleared": outcome.cleared_count,
        "is_baseline": outcome.is_baseline,
    }
    record_event(JOB, f"job:{JOB}", by=by, now=now, **details)
