"""The scheduled job without Redis: beat has no worker to send it to, and runs it itself."""

import subprocess
import sys

import pytest
from django.conf import settings

from tests.tooling.processes import ended_after
from tests.tooling.shell import ROOT, environ, manage

EVERY_SECOND = """
from reforms.celery import app

entry = app.conf.beat_schedule["raise-flags"]
app.conf.beat_schedule = {"raise-flags": entry | {"schedule": 1.0}}
app.Beat(schedule=r"%s").run()
"""


def test_schedule_names_a_task_that_exists():
    from reforms.celery import app

    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.long
def test_beat_runs_the_job_itself(tmp_path):
    assert manage("migrate", "--verbosity=0", VAR_DIR=str(tmp_path)).returncode == 0
    beat = subprocess.Popen(
        [sys.executable, "-c", EVERY_SECOND % (tmp_path / "schedule")],
        cwd=ROOT,
        env=environ(VAR_DIR=str(tmp_path), LOG_LEVEL="INFO"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert beat.stdout is not None
    with beat, ended_after(90, beat):
        printed = []
        for line in beat.stdout:
            printed.append(line)
            if "Traceback" in line or "succeeded" in line:
                break
    assert "raise_flags" in printed[-1], "".join(printed)
    assert "succeeded" in printed[-1], "".join(printed)
