"""Hints: word to a worker, through Redis, that there may be something to do now.

The database is the queue of record. A scheduled run finds by itself whatever a hint speaks of, so a hint that is lost
makes something late and loses nothing. Sending one may therefore never fail, or hold up, what it is sent from.
"""

from __future__ import annotations

import contextvars
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Thread

from celery import Task
from django.conf import settings
from django.db import connection, transaction

from reforms.base import clock
from reforms.base.faults import count_fault, name_of
from reforms.celery import app

PART = "broker"
SECONDS_TO_SEND = 1.0
SECONDS_OF_SILENCE = 10.0
SECONDS_GOOD = 60 * 60
"""A worker that was away drops hints older than this: the scheduled run has come round since."""

logger = logging.getLogger(__name__)


class Silence:
    """A while in which a broker that has just failed is not asked again, so that a second hint costs nothing.

    Kept by each process for itself. Moments are seconds of a clock that only goes forward.
    """

    def __init__(self) -> None:
        self.until = 0.0

    def begin(self, *, at: float) -> None:
        """The broker failed at this moment."""
        self.until = at + SECONDS_OF_SILENCE

    def lasts(self, *, at: float) -> bool:
        """Whether the broker is better left alone at this moment."""
        return at < self.until


silence = Silence()


def hint(task: str | Task, *args: object) -> None:
    """Ask a worker to do a task soon, once what is being written has been committed. Never raises.

    Without Redis nothing is sent: the task would run here and now, inside somebody's request or in the middle of a
    load, while beat or `run_due` comes to it by itself.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return
    send = partial(_send, task if isinstance(task, str) else str(task.name), args)
    if connection.in_atomic_block:
        transaction.on_commit(send, robust=True)
    else:
        send()


def _send(name: str, args: tuple[object, ...]) -> None:
    """Send now, unless the broker failed a moment ago. A failure is logged, counted and forgiven."""
    if silence.lasts(at=time.monotonic()):
        return
    send = partial(app.send_task, name, args=args, expires=SECONDS_GOOD, ignore_result=True)
    try:
        within(SECONDS_TO_SEND, send)
    except Exception as error:  # whatever it is, it is no reason to fail
        silence.begin(at=time.monotonic())
        logger.warning("No hint was sent for %s (%s). The next scheduled run does it.", name, name_of(error))
        _count(error)


def _count(error: Exception) -> None:
    try:
        count_fault(PART, error, now=clock.now())
    except Exception as second:
        logger.warning("A fault of the broker could not be counted (%s)", name_of(second))


def within(seconds: float, work: Callable[[], object]) -> None:
    """Do the work, and wait no longer than this for it to end; it may go on by itself after that.

    The timeouts of a socket are for one answer each, and a new connection to Redis waits for fourteen of them.
    Raises what the work raised, or TimeoutError.
    """
    ended: Future[None] = Future()
    context = contextvars.copy_context()  # the request's id goes with the task
    Thread(target=context.run, args=(_do, work, ended), daemon=True).start()
    ended.result(timeout=seconds)


def _do(work: Callable[[], object], ended: Future[None]) -> None:
    try:
        work()
    except Exception as error:
        ended.set_exception(error)
    else:
        ended.set_result(None)
