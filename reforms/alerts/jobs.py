"""The work that falls due by itself. Beat starts each job through a task; `run_due` does all of it at once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from reforms.alerts import actions, scheduling
from reforms.alerts.outbox.actions import forget_letters
from reforms.alerts.subscribing.actions import forget_unconfirmed
from reforms.base.clock import civil_day
from reforms.base.heartbeats import beat
from reforms.base.hints import hint
from reforms.base.kept import forget_old_posts
from reforms.logs.jobs import run_of

logger = logging.getLogger(__name__)

BEAT = scheduling.SIGN
RUN_DUE = "run_due"
JOBS = {job.name: job for job in scheduling.TABLE}


def do(name: str, *, now: datetime) -> str:
    """Do a job and remember that it was done; answers what was done, in words."""
    with run_of(name):
        said = str(JOBS[name].do(now=now))
        beat(name, now=now)
        logger.info("Job done: %s", said)
    return said


def raise_todays_flags(*, now: datetime) -> str:
    """Raise the flags of the civil day. Where there are new ones, notices of them are asked for at once."""
    outcome = actions.raise_flags(on=civil_day(now), now=now)
    if outcome.raised_count:
        hint(JOBS["make_notices"].task)
    return f"{outcome.raised_count} raised, {outcome.cleared_count} cleared, {outcome.due_count} due"


FORGOTTEN: dict[str, Callable[..., int]] = {
    "forms that were kept": forget_old_posts,
    "letters": forget_letters,
    "subscriptions never confirmed": forget_unconfirmed,
}
"""What is kept for a while only, each with what forgets it."""


def forget(*, now: datetime) -> str:
    """Forget what is no longer to be kept. One thing that cannot be forgotten keeps none of the others.

    Raises the last error there was, once all have been tried.
    """
    counts, failure = [], None
    for words, forget_old in FORGOTTEN.items():
        try:
            counts.append(f"{forget_old(now=now)} {words}")
        except Exception as error:
            logger.exception("Not forgotten: %s", words)
            failure = error
    if failure:
        raise failure
    return ", ".join(counts)
