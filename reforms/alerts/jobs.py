"""The work that falls due by itself. Beat starts each job through a task; `run_due` does all of it at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from reforms.alerts import actions
from reforms.base.clock import civil_day
from reforms.base.heartbeats import beat
from reforms.logs.jobs import run_of

logger = logging.getLogger(__name__)

BEAT = "beat"
RUN_DUE = "run_due"


def raise_todays_flags(*, now: datetime) -> str:
    """Raise the flags of the civil day; answers what was done, in words."""
    outcome = actions.raise_flags(on=civil_day(now), now=now)
    return f"{outcome.raised_count} raised, {outcome.cleared_count} cleared, {outcome.due_count} due"


JOBS: dict[str, Callable[..., str]] = {actions.JOB: raise_todays_flags}


def do(name: str, *, now: datetime) -> str:
    """Do a job and remember that it was done; answers what was done, in words."""
    with run_of(name):
        said = JOBS[name](now=now)
        beat(name, now=now)
        logger.info("Job done: %s", said)
    return said
