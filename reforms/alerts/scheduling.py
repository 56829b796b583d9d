"""When each piece of scheduled work is due: one table, from which beat's schedule is made, and what is late.

Settings reads it, so there is no database here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from celery.schedules import crontab
from django.utils.module_loading import import_string

MINUTE, HOUR = 60, 60 * 60
SIGN = "beat"
"""Beat's own sign of life. It does no work: it shows that beat, broker, worker and database are all there."""


@dataclass(frozen=True)
class Job:
    """One kind of work that falls due by itself.

    `does` is where the function stands that does it: with the moment as `now`, and an answer that says what was done.
    `every` is in seconds: a minute, or an hour, then at `minute` past. `words` are for administrators.
    """

    name: str
    does: str
    every: int
    words: str
    minute: int = 0

    @property
    def do(self) -> Callable[..., object]:
        """Found when it is asked for: what does the work needs the database."""
        found: Callable[..., object] = import_string(self.does)
        return found

    @property
    def task(self) -> str:
        return f"reforms.alerts.tasks.{self.name}"

    @property
    def longest(self) -> timedelta:
        """How long after it was done it is late: one that fails, or waits its turn, is done by a later run."""
        return timedelta(seconds=2 * HOUR if self.every >= HOUR else max(3 * self.every, 5 * MINUTE))


TABLE = (
    Job("raise_flags", "reforms.alerts.jobs.raise_todays_flags", HOUR, "Raises the flags of the day", minute=5),
    Job("make_notices", "reforms.alerts.telling.making.tell", MINUTE, "Makes notices of what is new"),
    Job("make_digests", "reforms.alerts.digests.making.write_digests", HOUR, "Puts notices into digests", minute=10),
    Job("send_letters", "reforms.alerts.outbox.sending.send_letters", MINUTE, "Sends the letters that wait"),
    Job(
        "keep_calendar",
        "reforms.alerts.calendars.sequences.keep_calendar",
        HOUR,
        "Notes what has changed in calendars",
        minute=15,
    ),
    Job("forget", "reforms.alerts.jobs.forget", HOUR, "Forgets what is no longer to be kept", minute=20),
)
"""In the order in which one makes work for the next."""


def beat_schedule() -> dict[str, dict[str, Any]]:
    """What beat sends, and when.

    What has waited for a worker until its next time is dropped: after a night without one there is one of each.
    """
    sign = {"task": f"reforms.alerts.tasks.{SIGN}", "schedule": crontab(), "options": {"expires": MINUTE}}
    return {job.name.replace("_", "-"): _entry(job) for job in TABLE} | {SIGN: sign}


def _entry(job: Job) -> dict[str, Any]:
    schedule = crontab(minute=job.minute) if job.every == HOUR else crontab()
    return {"task": job.task, "schedule": schedule, "options": {"expires": job.every}}
