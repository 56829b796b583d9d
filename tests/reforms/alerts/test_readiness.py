"""Whether a web server can do its work, and whether scheduled work gets done."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from reforms.alerts import jobs, readiness, tasks
from reforms.base.faults import count_fault
from reforms.base.heartbeats import beat, last_beats
from reforms.base.models import User

pytestmark = pytest.mark.django_db

NOW = datetime(2023, 4, 21, 9, 0, tzinfo=UTC)
PRODUCTION = {"SECURE_SSL_REDIRECT": True, "SECURE_REDIRECT_EXEMPT": [r"^livez/?$", r"^readyz/?$"]}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def all_done() -> None:
    """Everything on the schedule was done a minute ago."""
    for part in (jobs.BEAT, *jobs.JOBS):
        beat(part, now=NOW - timedelta(minutes=1))


@pytest.fixture
def lost(monkeypatch) -> None:
    """The database is away."""

    def refuse() -> None:
        raise OperationalError("connection to server at db.example.org failed: password hush")

    monkeypatch.setattr(readiness, "last_beats", refuse)


class TestAnswer:
    def test_ready(self, public: Client, all_done):
        response = public.get("/readyz")

        assert (response.status_code, response["Content-Type"]) == (200, "application/json")
        assert response.json() == {
            "status": "ready",
            "database": True,
            "migrations": True,
            "scheduled_work": {
                "age_seconds": 60,
                "late": False,
                "jobs": {name: {"age_seconds": 60, "late": False} for name in jobs.JOBS},
            },
            "faults_today": {},
            "letters": {"waiting": 0, "oldest_age_seconds": None, "failed": 0, "late": False},
        }

    def test_faults_of_the_day(self, public: Client):
        for moment in (NOW, NOW, NOW - timedelta(days=1)):
            count_fault("broker", TimeoutError(), now=moment)

        assert public.get("/readyz").json()["faults_today"] == {"broker": 2}

    def test_late_work_does_not_make_a_web_server_unready(self, public: Client):
        beat(jobs.BEAT, now=NOW - timedelta(days=3))
        response = public.get("/readyz")

        assert (response.status_code, response.json()["status"]) == (200, "ready")
        assert response.json()["scheduled_work"]["late"] is True

    def test_without_the_database(self, public: Client, lost):
        response = public.get("/readyz")

        assert response.status_code == 503
        assert response.json() == {
            "status": "unavailable",
            "database": False,
            "migrations": None,
            "scheduled_work": None,
            "faults_today": None,
            "letters": None,
        }

    def test_without_a_migration(self, public: Client):
        MigrationRecorder(connection).record_unapplied("base", "0003_service_memory")
        response = public.get("/readyz")

        assert response.status_code == 503
        assert (response.json()["database"], response.json()["migrations"]) == (True, False)
        assert response.json()["scheduled_work"] is None

    def test_with_a_migration_of_a_newer_version(self, public: Client):
        MigrationRecorder(connection).record_applied("base", "9999_from_the_future")

        assert public.get("/readyz").status_code == 200

    def test_nothing_is_given_away(self, public: Client, lost, caplog):
        said = json.dumps(public.get("/readyz").json()) + caplog.text

        assert "hush" not in said
        assert "example.org" not in said


class TestManner:
    def test_it_asks_nothing_of_sessions_and_people(self, public: Client, all_done):
        """Even of somebody who has signed in: what is asked is what it answers."""
        public.force_login(User.objects.create_user("maya@example.org"))
        asked: list[str] = []

        def listen(execute, sql, *rest):
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(listen):
            public.get("/readyz")

        assert asked
        assert not [sql for sql in asked if "session" in sql or "base_user" in sql]

    def test_nobody_keeps_it(self, public: Client):
        assert "no-store" in public.get("/readyz")["Cache-Control"]

    def test_load_balancer_asks_in_plain_http(self, public: Client, settings):
        for name, value in PRODUCTION.items():
            setattr(settings, name, value)

        assert Client().get("/").status_code == 301
        assert Client().get("/readyz").status_code == 200

    def test_it_is_only_read(self, public: Client):
        assert public.post("/readyz").status_code == 405


def minutes(number: float) -> datetime:
    """A moment so long ago."""
    return NOW - timedelta(minutes=number)


NEVER: dict[str, datetime] = {}


class TestLateness:
    """The last sign of life says when the next one is due."""

    @pytest.mark.parametrize(
        ("signs", "age", "late"),
        [
            pytest.param({"beat": minutes(1)}, 60, False, id="beat, a minute ago"),
            pytest.param({"beat": minutes(5)}, 300, False, id="beat, five minutes ago"),
            pytest.param({"beat": minutes(6)}, 360, True, id="beat, six minutes ago"),
            pytest.param({"run_due": minutes(61)}, 3660, False, id="cron, an hour ago"),
            pytest.param({"run_due": minutes(121)}, 7260, True, id="cron, two hours ago"),
            pytest.param({"run_due": minutes(30), "beat": minutes(6)}, 360, True, id="./run, whose beat has stopped"),
            pytest.param({"run_due": minutes(30), "beat": minutes(999)}, 1800, False, id="cron, which replaced beat"),
            pytest.param({"beat": minutes(-3)}, 0, False, id="written by a clock that is ahead"),
            pytest.param(NEVER, None, True, id="never"),
        ],
    )
    def test_signs(self, signs, age, late):
        done = dict.fromkeys(jobs.JOBS, NOW)
        found = readiness.scheduled_work(signs | done, now=NOW)

        assert (found["age_seconds"], found["late"]) == (age, late)

    @pytest.mark.parametrize(
        ("sign", "job", "done", "late"),
        [
            pytest.param("beat", "raise_flags", minutes(60), False, id="hourly, an hour ago"),
            pytest.param("beat", "raise_flags", minutes(121), True, id="hourly, two hours ago"),
            pytest.param("beat", "raise_flags", None, True, id="hourly, never"),
            pytest.param("beat", "send_letters", minutes(5), False, id="each minute, five minutes ago"),
            pytest.param("beat", "send_letters", minutes(6), True, id="each minute, six minutes ago"),
            pytest.param("run_due", "send_letters", minutes(61), False, id="by cron, an hour ago"),
            pytest.param("run_due", "send_letters", minutes(121), True, id="by cron, two hours ago"),
        ],
    )
    def test_job_that_is_not_done_is_late_though_there_are_signs_of_life(self, sign, job, done, late):
        beats = dict.fromkeys(jobs.JOBS, NOW) | {sign: NOW}
        beats = beats | {job: done} if done else {part: at for part, at in beats.items() if part != job}
        found = readiness.scheduled_work(beats, now=NOW)

        age = int((NOW - done).total_seconds()) if done else None
        assert found["jobs"][job] == {"age_seconds": age, "late": late}
        assert [name for name, each in found["jobs"].items() if each["late"]] == [job] * late
        assert found["late"] is late


class TestSigns:
    """Who leaves a sign of life, and when."""

    def test_task_that_beat_sends_every_minute(self):
        tasks.beat.delay()

        assert last_beats() == {"beat": NOW}

    def test_job_that_was_done(self):
        tasks.raise_flags.delay()

        assert last_beats() == {"raise_flags": NOW}

    def test_run_due(self):
        call_command("run_due", verbosity=0)

        assert last_beats() == dict.fromkeys(["run_due", *jobs.JOBS], NOW)

    def test_job_that_failed_leaves_none(self, monkeypatch):
        def fail(*, now):
            raise RuntimeError

        monkeypatch.setattr(jobs, "raise_todays_flags", fail)
        with pytest.raises(RuntimeError):
            tasks.raise_flags.delay().get()

        assert last_beats() == {}

    def test_beat_is_sent_every_minute(self, settings):
        entry = settings.CELERY_BEAT_SCHEDULE["beat"]

        assert entry["task"] == tasks.beat.name
        assert entry["schedule"].minute == set(range(60))
