"""Hints to workers: sent after the commit, and never in anybody's way."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError as RedisError

from reforms.base import hints
from reforms.base.hints import Silence, hint
from reforms.base.loading import engine
from reforms.base.models import FaultCount
from reforms.celery import app

pytestmark = pytest.mark.django_db

TASK = "reforms.alerts.tasks.raise_flags"
SECRET = "redis://:hush@broker.example.org:6379/0"


class Broker:
    """Stands where Redis would: takes what is sent, or does as it is told."""

    def __init__(self) -> None:
        self.asked = 0
        self.sent: list[tuple[str, tuple]] = []
        self.error: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def send_task(self, name: str, args: tuple, **options: Any) -> None:
        self.asked += 1
        self.gate.wait(timeout=10)
        if self.error:
            raise OperationalError(SECRET) from self.error
        self.sent.append((name, args))


@pytest.fixture
def broker(monkeypatch, settings) -> Iterator[Broker]:
    """Redis carries tasks."""
    settings.CELERY_TASK_ALWAYS_EAGER = False
    broker = Broker()
    monkeypatch.setattr(app, "send_task", broker.send_task)
    monkeypatch.setattr(hints, "silence", Silence())
    yield broker
    broker.gate.set()


@pytest.fixture
def broken(broker) -> Broker:
    """Redis is away."""
    broker.error = RedisError(f"Error 111 connecting to {SECRET}")
    return broker


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Around what a transaction does: it is committed at the end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


class TestSending:
    def test_after_the_commit(self, broker, committed):
        with committed():
            hint(TASK, 4)
            assert broker.sent == []

        assert broker.sent == [(TASK, (4,))]

    def test_never_for_what_was_rolled_back(self, broker, committed):
        with committed(), transaction.atomic():
            hint(TASK)
            transaction.set_rollback(True)

        assert broker.sent == []

    def test_by_the_task_itself(self, broker, committed):
        from reforms.alerts.tasks import raise_flags

        with committed():
            hint(raise_flags)

        assert broker.sent == [(TASK, ())]

    def test_without_redis_nothing_is_sent_or_done(self, broker, committed, settings):
        settings.CELERY_TASK_ALWAYS_EAGER = True
        with committed() as waiting:
            hint(TASK)

        assert (broker.sent, waiting) == ([], [])

    def test_number_of_the_request_goes_along(self, broker, committed, monkeypatch):
        number, seen = contextvars.ContextVar("number", default=0), []
        monkeypatch.setattr(app, "send_task", lambda *args, **options: seen.append(number.get()))
        number.set(7)
        with committed():
            hint(TASK)

        assert seen == [7]

    def test_every_thread_knows_where_to_send(self):
        from celery import current_app

        seen = []
        thread = threading.Thread(target=lambda: seen.append(current_app.main))
        thread.start()
        thread.join()

        assert seen == ["reforms"]

    def test_load_names_a_task_that_exists(self):
        app.loader.import_default_modules()

        assert engine.RAISE_FLAGS in app.tasks


class TestFailing:
    def test_it_is_counted_and_logged_and_forgiven(self, broken, committed, caplog):
        with committed():
            hint(TASK)

        fault = FaultCount.objects.get()
        assert (fault.part, fault.count, fault.last_error) == ("broker", 1, "ConnectionError")
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert caplog.messages == [f"No hint was sent for {TASK} (ConnectionError). The next scheduled run does it."]

    def test_nothing_says_the_address(self, broken, committed, caplog):
        with committed():
            hint(TASK)

        said = caplog.text + "".join(str(values) for values in FaultCount.objects.values_list())
        assert "hush" not in said
        assert "example.org" not in said

    def test_that_it_cannot_be_counted_either_is_forgiven(self, broken, committed, caplog, monkeypatch):
        def fail(*args, **options):
            raise RuntimeError(SECRET)

        monkeypatch.setattr(hints, "count_fault", fail)
        with committed():
            hint(TASK)

        assert caplog.messages[1:] == ["A fault of the broker could not be counted (RuntimeError)"]

    def test_broker_that_takes_its_time_is_not_waited_for(self, broker, committed, monkeypatch):
        monkeypatch.setattr(hints, "SECONDS_TO_SEND", 0.05)
        broker.gate.clear()
        with committed():
            hint(TASK)

        assert broker.sent == []
        assert FaultCount.objects.get().last_error == "TimeoutError"


class TestSilence:
    """Fifty hints to a broker that is away are one second lost, not fifty."""

    def test_broker_that_failed_is_left_alone(self, broken, committed, caplog):
        with committed():
            for _number in range(50):
                hint(TASK)

        assert broken.asked == 1
        assert FaultCount.objects.get().count == 1
        assert len(caplog.records) == 1

    def test_without_it_every_hint_would_wait(self, broken, committed, monkeypatch):
        monkeypatch.setattr(Silence, "lasts", lambda self, *, at: False)
        with committed():
            for _number in range(50):
                hint(TASK)

        assert broken.asked == 50

    def test_after_a_while_it_is_asked_again(self, broken, committed, monkeypatch):
        with committed():
            hint(TASK)
        broken.error = None
        monkeypatch.setattr(hints.silence, "until", 0.0)
        with committed():
            hint(TASK)

        assert broken.sent == [(TASK, ())]

    @pytest.mark.parametrize(
        ("at", "lasts"),
        [
            pytest.param(100.0, True, id="at once"),
            pytest.param(109.9, True, id="just before ten seconds are over"),
            pytest.param(110.0, False, id="after ten seconds"),
        ],
    )
    def test_it_lasts_ten_seconds(self, at, lasts):
        silence = Silence()
        silence.begin(at=100.0)

        assert silence.lasts(at=at) is lasts

    def test_it_has_not_begun_at_the_start(self):
        assert not Silence().lasts(at=0.0)
