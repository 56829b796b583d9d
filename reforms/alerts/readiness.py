"""Whether this web server can do its work, and whether the work that falls due by itself gets done.

An old sign of life does not make a web server unready: all of them would leave the load balancer at once, over
something that pages can do without. It is said, for whoever watches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import Error, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from reforms.alerts import jobs
from reforms.alerts.watching.letters import LettersKept, letters_kept
from reforms.base.clock import civil_day
from reforms.base.faults import faults_on
from reforms.base.heartbeats import last_beats

SECONDS_PER_QUESTION = 2
PROMISES = {jobs.BEAT: timedelta(minutes=5), jobs.RUN_DUE: timedelta(hours=2)}
"""How long after each sign of life the next is late: beat sends one a minute, cron calls `run_due` once an hour."""


@dataclass(frozen=True)
class Readiness:
    """What was found out. `is_migrated` is None where the database did not answer, and so is what comes after it."""

    is_database_there: bool
    is_migrated: bool | None = None
    scheduled_work: dict[str, Any] | None = None
    faults_today: dict[str, int] | None = None
    letters: LettersKept | None = None

    @property
    def is_ready(self) -> bool:
        """Whether to send people here."""
        return self.is_database_there and bool(self.is_migrated)

    def as_data(self) -> dict[str, Any]:
        """For machines: no addresses, no names of hosts, no words of an error."""
        return {
            "status": "ready" if self.is_ready else "unavailable",
            "database": self.is_database_there,
            "migrations": self.is_migrated,
            "scheduled_work": self.scheduled_work,
            "faults_today": self.faults_today,
            "letters": self.letters.as_data() if self.letters else None,
        }


def readiness(*, now: datetime) -> Readiness:
    """Ask the database; an answer comes within seconds, whatever state it is in."""
    try:
        with in_bounded_time():
            if not are_migrations_applied():
                return Readiness(is_database_there=True, is_migrated=False)
            work = scheduled_work(last_beats(), now=now)
            return Readiness(True, True, work, faults_on(civil_day(now)), letters_kept(now=now))
    except Error:
        return Readiness(is_database_there=False)


@contextmanager
def in_bounded_time() -> Iterator[None]:
    """The server gives up on a question that takes too long, for example because a table is locked.

    SQLite's readers wait for nobody, and a transaction there would wait for the one who writes.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS_PER_QUESTION}s'")
        yield


def are_migrations_applied() -> bool:
    """Whether the database has every change this version of the code needs; it may have more."""
    return known_migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of every app, as application and name. Files do not change while a process lives."""
    return frozenset(MigrationLoader(None).disk_migrations)


def scheduled_work(beats: Mapping[str, datetime], *, now: datetime) -> dict[str, Any]:
    """How long ago there was a sign of life, and each job was last done, in seconds; and whether that is late.

    Where beat and cron have both been at work, the later sign says when the next is due. Where cron starts them, no job
    is done more often than it comes round.
    """
    signs = [(beats[part], promise) for part, promise in PROMISES.items() if part in beats]
    at, promise = max(signs, default=(None, timedelta()))
    done = {name: age(beats.get(name), now=now, longest=max(job.longest, promise)) for name, job in jobs.JOBS.items()}
    sign = age(at, now=now, longest=promise)
    return {**sign, "late": sign["late"] or any(job["late"] for job in done.values()), "jobs": done}


def age(at: datetime | None, *, now: datetime, longest: timedelta) -> dict[str, Any]:
    """Seconds since the moment, none where there was none, and whether that is too long. A clock may be ahead."""
    if at is None:
        return {"age_seconds": None, "late": True}
    since = max(now - at, timedelta())
    return {"age_seconds": int(since.total_seconds()), "late": since > longest}
