"""The table of jobs, and what is made from it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from reforms.alerts import jobs, scheduling, tasks
from reforms.alerts.scheduling import HOUR, MINUTE, TABLE, Job
from reforms.base import hints
from reforms.celery import app
from tests.reforms.alerts.conftest import closing

NOW = datetime(2023, 4, 21, 9, 5, tzinfo=UTC)
ENTRIES = settings.CELERY_BEAT_SCHEDULE
OFTEN = ("make_notices", "send_letters", "beat")
HOURLY = {"raise_flags": 5, "make_digests": 10, "keep_calendar": 15, "forget": 20}


def entry_of(name: str) -> dict:
    [entry] = [entry for entry in ENTRIES.values() if entry["task"] == f"reforms.alerts.tasks.{name}"]
    return entry


def test_everything_is_on_the_schedule_and_has_a_task():
    assert {job.name for job in TABLE} == {*OFTEN, *HOURLY} - {"beat"}
    assert {entry["task"] for entry in ENTRIES.values()} == {tasks.__name__ + f".{name}" for name in (*OFTEN, *HOURLY)}
    assert {entry["task"] for entry in ENTRIES.values()} <= set(app.tasks)


@pytest.mark.parametrize("job", TABLE, ids=lambda job: job.name)
def test_what_does_it_can_be_called(job):
    assert callable(job.do)


@pytest.mark.parametrize("name", OFTEN)
def test_every_minute(name):
    entry = entry_of(name)

    assert (entry["schedule"].minute, entry["options"]) == (set(range(60)), {"expires": MINUTE})


@pytest.mark.parametrize(("name", "minute"), HOURLY.items())
def test_every_hour_each_at_a_minute_of_its_own(name, minute):
    """Of every hour: what one missed is made up by the next, and each job decides the civil day."""
    entry = entry_of(name)

    assert (entry["schedule"].minute, entry["schedule"].hour) == ({minute}, set(range(24)))
    assert entry["options"] == {"expires": HOUR}


@pytest.mark.parametrize(
    ("seconds", "longest"),
    [
        pytest.param(30, timedelta(minutes=5), id="half a minute"),
        pytest.param(MINUTE, timedelta(minutes=5), id="a minute"),
        pytest.param(10 * MINUTE, timedelta(minutes=30), id="ten minutes"),
        pytest.param(HOUR, timedelta(hours=2), id="an hour"),
    ],
)
def test_when_it_is_late(seconds, longest):
    assert Job("sweep", "sweep", seconds, "Sweeps").longest == longest


@pytest.mark.django_db
@pytest.mark.parametrize("job", TABLE, ids=lambda job: job.name)
def test_each_task_does_the_job_of_its_name_now(job, monkeypatch):
    done = []
    monkeypatch.setattr(job.does, lambda *, now: done.append(now) or "done")

    with time_machine.travel(NOW, tick=False):
        app.tasks[job.task].delay()

    assert done == [NOW]


@pytest.mark.django_db
def test_new_flags_are_told_of_at_once_and_no_flags_are_not(watch_only, monkeypatch):
    hinted: list[str] = []
    monkeypatch.setattr(jobs, "hint", hinted.append)
    watch_only(closing("rules", date(2023, 5, 11)))

    for _number in range(2):
        jobs.raise_todays_flags(now=NOW)

    assert hinted == ["reforms.alerts.tasks.make_notices"]
    assert hinted[0] in app.tasks
    assert hints.hint is not jobs.hint


def test_settings_have_what_the_table_says():
    assert scheduling.beat_schedule() == ENTRIES
