"""What the page for administrators shows of jobs and of faults."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from reforms.alerts import jobs, scheduling
from reforms.alerts.models import JobRun
from reforms.alerts.readiness import scheduled_work
from reforms.alerts.scheduling import Job
from reforms.alerts.watching.words import ago, outcome_in_words
from reforms.base.clock import civil_day
from reforms.base.heartbeats import last_beats
from reforms.base.models import FaultCount

RUNS = 14
"""Days of each job that are shown."""
FAULT_DAYS = 7


@dataclass(frozen=True)
class Run:
    """What a job did for one civil day."""

    day: date
    is_missed: bool
    words: str


@dataclass(frozen=True)
class JobShown:
    """A job: when it was last done, and its last days where it keeps a record of each."""

    job: Job
    at: datetime | None
    ago: str
    is_late: bool
    runs: tuple[Run, ...]

    @property
    def often(self) -> str:
        return "Every hour" if self.job.every >= scheduling.HOUR else "Every minute"

    @property
    def missed_days(self) -> int:
        """How many of the days shown were missed."""
        return sum(run.is_missed for run in self.runs)


@dataclass(frozen=True)
class Scheduled:
    """All scheduled work. `sign` says when there was last a sign of life from whoever starts it."""

    sign: str
    is_late: bool
    jobs: tuple[JobShown, ...]


def scheduled(*, now: datetime) -> Scheduled:
    """Two queries."""
    beats = last_beats()
    found, runs = scheduled_work(beats, now=now), _runs(on=civil_day(now))
    shown = tuple(_shown(job, beats, found["jobs"][job.name], runs, now=now) for job in scheduling.TABLE)
    latest = max((beats[part] for part in (jobs.BEAT, jobs.RUN_DUE) if part in beats), default=None)
    return Scheduled(ago(latest, now=now), found["late"], shown)


def _shown(
    job: Job, beats: Mapping[str, datetime], found: Mapping[str, Any], runs: Mapping[str, list[Run]], *, now: datetime
) -> JobShown:
    at = beats.get(job.name)
    return JobShown(job, at, ago(at, now=now), found["late"], tuple(runs[job.name]))


def _runs(*, on: date) -> defaultdict[str, list[Run]]:
    """The runs of each job for its last days, the latest first."""
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    since = on - timedelta(days=RUNS)
    for run in JobRun.objects.filter(for_day__gt=since).order_by("-for_day"):
        words = outcome_in_words(run.outcome, run.details)
        runs[run.job].append(Run(run.for_day, run.outcome == JobRun.Outcome.MISSED, words))
    return runs


def faults_lately(*, on: date) -> list[FaultCount]:
    """Each part that failed in the last days, the latest day first."""
    return list(FaultCount.objects.filter(day__gt=on - timedelta(days=FAULT_DAYS), day__lte=on))
