"""Raising flags: the table is brought into line with what is due, and remembers that it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from reforms.alerts.due import Facts, facts_known
from reforms.alerts.flag_due import FlagDue, Key
from reforms.alerts.models import Flag, JobRun
from reforms.base.clock import civil_day
from reforms.base.models import Event, User

JOB = "raise_flags"
CLOCK_TOLERANCE = timedelta(days=1)
"""A run that finished further ahead than this was made by a machine whose clock was wrong."""


@dataclass(frozen=True)
class Outcome:
    """What a run found and did.

    `later_run_on` is the day of a later run, where there is one; `is_too_early` says that nothing to watch was known
    yet. In both cases nothing was written.
    """

    on: date
    due: tuple[FlagDue, ...]
    later_run_on: date | None = None
    is_too_early: bool = False
    is_baseline: bool = False
    raised: tuple[FlagDue, ...] = ()
    cleared: tuple[Flag, ...] = ()
    missed_days: int = 0
    missed_flags: int = 0


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
    due = facts.due(on=on)
    if later := _later_run(on=on, now=now):
        return Outcome(on, tuple(due), later_run_on=later.for_day)
    if not (facts or last):
        return Outcome(on, (), is_too_early=True)
    run, is_new = _this_run(last, on=on, now=now)
    missed = _record_missed(facts, last, on=on, now=now) if last and is_new else []
    outcome = _bring_into_line(run, due, now=now, missed=missed, is_baseline=is_new and last is None)
    if outcome.raised or outcome.cleared:
        _record_event(outcome, now=now, by=by)
    return outcome


def _wait_for_other_runs() -> JobRun | None:
    """The latest run, locked: a run on another machine waits here until this one is done. (SQLite has one writer.)"""
    return JobRun.objects.select_for_update().filter(job=JOB).order_by("-for_day").first()


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
    seen = _keys(facts.due(on=on)) | {_key(flag) for flag in Flag.objects.open()}
    runs = []
    for number in range(1, (on - last.for_day).days):
        day = last.for_day + timedelta(days=number)
        new = _keys(facts.due(on=day)) - seen
        seen |= new
        outcome = JobRun.Outcome.MISSED
        runs.append(JobRun(job=JOB, for_day=day, finished_at=now, outcome=outcome, details={"missed": len(new)}))
    JobRun.objects.bulk_create(runs, ignore_conflicts=True)
    return runs


def _bring_into_line(
    run: JobRun, due: list[FlagDue], *, now: datetime, missed: list[JobRun], is_baseline: bool
) -> Outcome:
    open_flags = {_key(flag): flag for flag in Flag.objects.open()}
    cleared = [flag for key, flag in open_flags.items() if key not in _keys(due)]
    raised = [flag for flag in due if flag.key not in open_flags]
    clear(cleared, now=now)
    insert(raised, on=run.for_day, now=now, is_baseline=is_baseline)
    _finish(run, now=now, due=len(due), raised=len(raised), cleared=len(cleared))
    return Outcome(
        on=run.for_day,
        due=tuple(due),
        is_baseline=is_baseline,
        raised=tuple(raised),
        cleared=tuple(cleared),
        missed_days=len(missed),
        missed_flags=sum(found.details["missed"] for found in missed),
    )


def _key(flag: Flag) -> Key:
    return (flag.kind, flag.subject, flag.organisation, flag.due_on, flag.threshold)


def _keys(flags: Iterable[FlagDue]) -> set[Key]:
    return {flag.key for flag in flags}


def clear(flags: Iterable[Flag], *, now: datetime) -> None:
    """Clear flags that are still open."""
    Flag.objects.open().filter(pk__in=[flag.pk for flag in flags]).update(cleared_at=now)


def insert(flags: Iterable[FlagDue], *, on: date, now: datetime, is_baseline: bool) -> None:
    """Raise flags; those that are open already stay as they are, even if another machine raised them a moment ago."""
    rows = [
        Flag(
            kind=flag.kind,
            subject=flag.subject,
            organisation=flag.organisation,
            due_on=flag.due_on,
            threshold=flag.threshold,
            reason=flag.reason,
            raised_for=on,
            raised_at=now,
            is_baseline=is_baseline,
        )
        for flag in flags
    ]
    Flag.objects.bulk_create(rows, ignore_conflicts=True)


def _finish(run: JobRun, *, now: datetime, due: int, raised: int, cleared: int) -> None:
    """Keep the run's moment and counts; those of a day's several runs add up."""
    before = run.details
    run.finished_at = now
    run.details = {
        "due": due,
        "raised": before.get("raised", 0) + raised,
        "cleared": before.get("cleared", 0) + cleared,
    }
    run.save(update_fields=["finished_at", "details"])


def _record_event(outcome: Outcome, *, now: datetime, by: User | None) -> None:
    details = {
        "for_day": outcome.on.isoformat(),
        "raised": len(outcome.raised),
        "cleared": len(outcome.cleared),
        "is_baseline": outcome.is_baseline,
    }
    Event.objects.create(at=now, by=by, verb=JOB, subject=f"job:{JOB}", details=details)
