"""A number for each job and each task that no request started."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from celery import Task


@contextmanager
def run_of(job: str) -> Iterator[None]:
    """Every line written inside names the job, and has the number of the request that asked for it or a new one."""
    known = structlog.contextvars.get_contextvars().get("request_id")
    with structlog.contextvars.bound_contextvars(job=job, request_id=known or secrets.token_hex(16)):
        yield


def name_task(task: Task, **_: object) -> None:
    """Called in a worker before a task begins: every line of it names the task, and a task that no request sent is
    known by its own number."""
    structlog.contextvars.bind_contextvars(task=task.name)
    if "request_id" not in structlog.contextvars.get_contextvars():
        structlog.contextvars.bind_contextvars(request_id=task.request.id)
