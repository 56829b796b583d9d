"""A real worker on a real Redis: its lines have the number of the request that sent the task."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.tooling.processes import ended_after
from tests.tooling.shell import ROOT, environ

NUMBER = "5fd1a0c2b3e4465fa1b2c3d4e5f60718"
CANARY = "canary7"
WORKER = ("-m", "celery", "--quiet", "--app", "reforms", "worker", "--concurrency=1", "--pool=prefork")
SEND = f"""
import django
django.setup()
import structlog
from reforms.alerts.tasks import raise_flags
raise_flags.delay()
with structlog.contextvars.bound_contextvars(request_id="{NUMBER}"):
    raise_flags.delay()
    raise_flags.app.send_task(raise_flags.name, args=["{CANARY}"])
"""


@pytest.fixture
def given(tmp_path, redis_url, postgres_database) -> dict[str, str]:
    return {
        "VAR_DIR": str(tmp_path),
        "REDIS_URL": redis_url,
        "DATABASE_URL": postgres_database,
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "INFO",
        "DJANGO_SETTINGS_MODULE": "reforms.settings",
    }


@pytest.fixture
def worker(given) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *WORKER],
        cwd=ROOT,
        env=environ(**given),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process, ended_after(60, process):
        yield process


def lines_until(process: subprocess.Popen[str], event: str) -> list[dict[str, Any]]:
    """What a process says up to the first line of this event. Raises ValueError for a line that is no JSON."""
    lines = []
    assert process.stdout
    for words in process.stdout:
        lines.append(json.loads(words))
        if lines[-1]["event"] == event:
            return lines
    raise AssertionError(f"No line says {event}: {lines}")


def test_a_task_has_the_number_of_its_request_and_its_failure_no_secret(worker, given):
    subprocess.run([sys.executable, "-c", SEND], cwd=ROOT, env=environ(**given), timeout=60, check=True)
    lines = lines_until(worker, "task_failed")

    alone, job = [line for line in lines if line["event"].startswith("Job done")]
    _, done = [line for line in lines if line["event"] == "task_succeeded"]
    failed = lines[-1]
    assert [line["request_id"] for line in (job, done, failed)] == [NUMBER] * 3
    assert (job["job"], done["task"]) == ("raise_flags", "reforms.alerts.tasks.raise_flags")
    assert job["task_id"] == done["task_id"] != failed["task_id"]
    assert alone["request_id"] == alone["task_id"] != job["task_id"]
    assert failed["exception"].splitlines()[-1].startswith("TypeError: raise_flags()")
    assert CANARY not in json.dumps(lines)
    assert given["REDIS_URL"] not in json.dumps(lines)
