"""Doors that beat and workers come in by: each reads the clock and calls the job. Doing one twice changes nothing."""

from __future__ import annotations

from celery import shared_task

from reforms.alerts import actions, jobs
from reforms.base import clock, heartbeats


@shared_task
def raise_flags() -> None:
    jobs.do(actions.JOB, now=clock.now())


@shared_task
def beat() -> None:
    """Show that scheduled work gets done: beat sent this, the broker carried it, a worker wrote it down."""
    heartbeats.beat(jobs.BEAT, now=clock.now())
