"""Doors that beat, hints and workers come in by: each reads the clock and calls the job of its name.

Doing one twice changes nothing.
"""

from __future__ import annotations

from celery import shared_task

from reforms.alerts import jobs
from reforms.base import clock, heartbeats


@shared_task
def raise_flags() -> None:
    jobs.do("raise_flags", now=clock.now())


@shared_task
def make_notices() -> None:
    jobs.do("make_notices", now=clock.now())


@shared_task
def make_digests() -> None:
    jobs.do("make_digests", now=clock.now())


@shared_task
def send_letters() -> None:
    jobs.do("send_letters", now=clock.now())


@shared_task
def keep_calendar() -> None:
    jobs.do("keep_calendar", now=clock.now())


@shared_task
def forget() -> None:
    jobs.do("forget", now=clock.now())


@shared_task
def beat() -> None:
    """Show that scheduled work gets done: beat sent this, the broker carried it, a worker wrote it down."""
    heartbeats.beat(jobs.BEAT, now=clock.now())
