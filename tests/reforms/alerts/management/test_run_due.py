"""All due work at once, as cron calls it."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reforms.alerts import jobs
from reforms.alerts.jobs import JOBS
from reforms.alerts.models import JobRun
from reforms.base.heartbeats import last_beats
from tests.reforms.alerts.conftest import at, closing

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)


def said() -> list[str]:
    out = StringIO()
    with time_machine.travel(at(DAY), tick=False):
        call_command("run_due", stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture(autouse=True)
def rules(watch_only):
    watch_only(closing("rules", date(2023, 5, 11)))


@pytest.fixture
def others(monkeypatch) -> list[str]:
    """The other jobs do nothing, and say which they are. Gives their names as they are called."""
    called: list[str] = []

    def note(name: str) -> str:
        called.append(name)
        return "done"

    for job in list(JOBS.values())[1:]:
        monkeypatch.setattr(job.does, lambda *, now, name=job.name: note(name))
    return called


def test_each_job_says_what_it_did_in_the_order_in_which_one_makes_work_for_the_next(others):
    first, *rest = said()

    assert first == "raise_flags: 1 raised, 0 cleared, 1 due"
    assert rest == [f"{name}: done" for name in others]
    assert others == ["make_notices", "make_digests", "send_letters", "keep_calendar", "forget"]
    assert JobRun.objects.filter(job="raise_flags").get().for_day == DAY


def test_a_second_time_there_is_nothing_to_do(others):
    said()

    assert said()[0] == "raise_flags: 0 raised, 0 cleared, 1 due"


@pytest.mark.parametrize("broken", JOBS)
def test_one_job_that_fails_does_not_keep_the_others_from_being_done(broken, others, monkeypatch, caplog):
    def fail(*, now):
        raise RuntimeError("the printer is on fire")

    monkeypatch.setattr(JOBS[broken].does, fail)

    with pytest.raises(CommandError, match=f"Not done: {broken}\\."):
        said()

    assert others == [name for name in JOBS if name not in (broken, "raise_flags")]
    assert "the printer is on fire" in caplog.text
    assert set(last_beats()) == set(JOBS) - {broken}


def test_what_cannot_be_forgotten_keeps_nothing_else_from_being_forgotten(monkeypatch):
    def fail(*, now):
        raise RuntimeError

    tried = []
    forgotten = {"one": fail, "another": lambda *, now: tried.append(now) or 3}
    monkeypatch.setattr(jobs, "FORGOTTEN", forgotten)

    with pytest.raises(RuntimeError):
        jobs.forget(now=at(DAY))
    assert tried == [at(DAY)]

    del forgotten["one"]
    assert jobs.forget(now=at(DAY)) == "3 another"
