"""All due work at once, as cron calls it."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from reforms.alerts.jobs import JOBS
from reforms.alerts.models import JobRun
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


def test_each_job_says_what_it_did():
    assert said() == ["raise_flags: 1 raised, 0 cleared, 1 due"]
    assert JobRun.objects.get().for_day == DAY


def test_a_second_time_there_is_nothing_to_do():
    said()

    assert said() == ["raise_flags: 0 raised, 0 cleared, 1 due"]


def test_one_job_that_fails_does_not_keep_the_others_from_being_done(monkeypatch, caplog):
    def fail(*, now):
        raise RuntimeError("the printer is on fire")

    done = []
    monkeypatch.setitem(JOBS, "raise_flags", fail)
    monkeypatch.setitem(JOBS, "another", lambda *, now: done.append(now) or "done")

    with pytest.raises(CommandError, match="Not done: raise_flags"):
        said()

    assert done == [at(DAY)]
    assert "the printer is on fire" in caplog.text
