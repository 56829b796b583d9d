"""Celery's worker and beat, as processes of their own: what `celery --app reforms worker` starts."""

from __future__ import annotations

import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from celery import Celery

from tests.engines.notes import note
from tests.engines.processes import NoServerError, stop_with_parent
from tests.tooling.shell import ROOT, environ

SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
HURRIED = "tests.engines.hurried"


@dataclass
class Part:
    """A worker or a beat that runs. Its name is that of the worker, where it is one."""

    name: str
    redis_url: str
    process: subprocess.Popen[bytes]
    log: Path

    def words(self) -> str:
        """Everything it has said so far."""
        return self.log.read_text(errors="replace")

    def wait_until_said(self, pattern: str, *, within: float = SECONDS_TO_START) -> re.Match[str]:
        """Where it says something like this. Raises AssertionError, with what it said instead, if it never does."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if found := re.search(pattern, self.words()):
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{self.name} never said {pattern!r}:\n{self.words()}")

    def stop(self) -> None:
        """Ask it to end, and insist after a while."""
        self.process.terminate()
        try:
            self.process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def running_worker(
    folder: Path, *, database_url: str, redis_url: str, app: str = "reforms", **settings: str
) -> Iterator[Part]:
    """A worker that has said it is ready, until the end. `settings` are environment variables."""
    name = f"tests-{secrets.token_hex(4)}@here"
    arguments = ["worker", "--concurrency=1", f"--hostname={name}", "--loglevel=info"]
    with running(name, folder, arguments, app, database_url, redis_url, settings) as worker:
        note("Celery worker", version_in(wait_for_report(worker)))
        yield worker


@contextmanager
def running_beat(
    folder: Path, *, database_url: str, redis_url: str, app: str = "reforms", **settings: str
) -> Iterator[Part]:
    """Beat, until the end; with `app=HURRIED` everything on the schedule is due every second."""
    schedule = folder / f"schedule-{secrets.token_hex(4)}"
    arguments = ["beat", f"--schedule={schedule}", "--pidfile=", "--loglevel=info"]
    with running("beat", folder, arguments, app, database_url, redis_url, settings) as beat:
        note("Celery beat", beat.wait_until_said(r"celery beat v([\w.]+)").group(1))
        yield beat


@contextmanager
def running(
    name: str,
    folder: Path,
    arguments: list[str],
    app: str,
    database_url: str,
    redis_url: str,
    settings: dict[str, str],
) -> Iterator[Part]:
    """One of Celery's programs with these settings, until the end."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"{arguments[0]}-{secrets.token_hex(4)}.log"
    given = {"VAR_DIR": str(folder), "DATABASE_URL": database_url, "REDIS_URL": redis_url} | settings
    with log.open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", app, *arguments],
            cwd=ROOT,
            env=environ(**given),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=stop_with_parent,
        )
    part = Part(name, redis_url, process, log)
    try:
        yield part
    finally:
        part.stop()


def wait_for_report(worker: Part) -> str:
    """What a worker says of itself, once it answers. Raises NoServerError if it never does."""
    deadline = time.monotonic() + SECONDS_TO_START
    while worker.process.poll() is None and time.monotonic() < deadline:
        if said := asked(worker, "report"):
            return str(said["ok"])
    raise NoServerError(f"{worker.name} did not start:\n{worker.words()}")


def tasks_done(workers: list[Part], name: str = "") -> list[int]:
    """How many tasks each worker has taken since it started: those of this name, or all."""
    answers = [asked(worker, "stats") or {} for worker in workers]
    totals = [answer.get("total", {}) for answer in answers]
    return [sum(count for task, count in total.items() if task.endswith(name)) for total in totals]


def asked(worker: Part, question: str) -> dict[str, Any] | None:
    """What a worker answers to a command of Celery's remote control; nothing, if it does not within half a second."""
    with Celery(broker=worker.redis_url, set_as_current=False) as caller:
        options = {"reply": True, "timeout": 0.5, "limit": 1, "destination": [worker.name]}
        answers = caller.control.broadcast(question, **options)
    return next((answer[worker.name] for answer in answers or ()), None)


def version_in(report: str) -> str:
    """Celery's version, from a worker's report."""
    found = re.search(r"celery:([\w.]+)", report)
    assert found, report
    return found.group(1)
