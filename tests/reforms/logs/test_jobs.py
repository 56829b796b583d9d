"""Runs of jobs have a number, whoever starts them."""

from __future__ import annotations

import logging
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reforms.alerts import jobs
from reforms.logs.jobs import run_of
from reforms.logs.requests import HEADER

pytestmark = pytest.mark.django_db


def test_every_line_of_a_run_has_its_job_and_one_number(lines):
    with run_of("sweep"):
        logging.getLogger("x").warning("one")
        logging.getLogger("x").warning("two")
    logging.getLogger("x").warning("three")

    one, two, three = lines.all
    assert (one["job"], two["job"]) == ("sweep", "sweep")
    assert one["request_id"] == two["request_id"]
    assert re.fullmatch("[0-9a-f]{32}", one["request_id"])
    assert not {"job", "request_id"} & set(three)


def test_a_job_inside_another_keeps_its_number(lines):
    with run_of("all"), run_of("one"):
        logging.getLogger("x").warning("inside")
    with run_of("all"):
        logging.getLogger("x").warning("again")

    inside, again = lines.all
    assert inside["job"] == "one"
    assert inside["request_id"] != again["request_id"]


def test_work_that_is_due_is_logged_when_done_and_when_failed(lines, monkeypatch):
    call_command("run_due", stdout=StringIO())
    done = [line for line in lines.all if line["event"].startswith("Job done")]
    assert [(line["job"], line["level"]) for line in done] == [(name, "info") for name in jobs.JOBS]
    [number] = {line["request_id"] for line in done}

    def fail(**_: object) -> str:
        raise RuntimeError("no")

    monkeypatch.setattr(jobs, "raise_todays_flags", fail)
    with pytest.raises(CommandError):
        call_command("run_due", stdout=StringIO())
    [failed] = [line for line in lines.all if line["event"].startswith("The job")]
    assert (failed["level"], failed["job"]) == ("error", "run_due")
    assert failed["request_id"] != number


def test_a_task_that_runs_inside_a_request_has_its_number(lines, public, monkeypatch):
    from reforms.alerts import views
    from reforms.alerts.tasks import raise_flags

    answer = views.readiness

    def with_task(**given: object):
        raise_flags.delay()
        return answer(**given)

    monkeypatch.setattr(views, "readiness", with_task)
    number = public.get("/readyz")[HEADER]

    [done] = [line for line in lines.all if line["event"].startswith("Job done")]
    assert done["request_id"] == number
