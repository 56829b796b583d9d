"""Redis is absent, killed, frozen or slow: a hint costs a second at most, is counted, and is sent again afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from reforms.base import clock, hints
from reforms.base.faults import faults_on
from reforms.base.hints import Silence, hint
from tests.engines.redis import RedisServer
from tests.faults.slow import slow_road

pytestmark = pytest.mark.django_db

TASK = "reforms.alerts.tasks.raise_flags"
A_SECOND = timedelta(seconds=2.5)
"""With what a busy machine needs to notice that it is over."""


@pytest.fixture(autouse=True)
def redis_carries_tasks(monkeypatch, settings) -> None:
    """And has not failed before."""
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(hints, "silence", Silence())


@pytest.fixture
def careless(settings, monkeypatch) -> None:
    """Celery as it comes, and a hint that waits for it."""
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {}
    monkeypatch.setattr(hints, "within", lambda seconds, work: work())


@pytest.fixture
def through(settings, monkeypatch) -> Iterator[Callable[[str], None]]:
    """Sends hints by this address, with the project's own settings."""
    apps = []

    def send_through(url: str) -> None:
        settings.CELERY_BROKER_URL = url
        app = Celery("hints", set_as_current=False)
        app.config_from_object("django.conf:settings", namespace="CELERY")
        monkeypatch.setattr(hints, "app", app)
        apps.append(app)

    yield send_through
    for app in apps:
        app.close()


@pytest.fixture
def took(django_capture_on_commit_callbacks) -> Callable[..., timedelta]:
    """How long so many hints hold up whoever gives them and then commits."""

    def measure(number: int = 1) -> timedelta:
        started = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            for _number in range(number):
                hint(TASK)
        return timedelta(seconds=time.monotonic() - started)

    return measure


def faults() -> int:
    """How many failures of the broker were counted today."""
    return faults_on(clock.civil_day(clock.now())).get("broker", 0)


def waiting(redis: RedisServer) -> int:
    """How many hints are in the queue."""
    with redis.client() as client:
        return client.llen("celery")


def forget_the_failure() -> None:
    """Ten seconds later."""
    hints.silence.until = 0.0


def test_there(own_redis: RedisServer, through, took):
    through(own_redis.url)

    assert took(3) < A_SECOND
    assert (waiting(own_redis), faults()) == (3, 0)


def test_absent(own_redis: RedisServer, through, took, caplog):
    own_redis.kill()
    through(own_redis.url)

    assert took(50) < A_SECOND
    assert (faults(), len(caplog.records)) == (1, 1)


def test_failure_would_reach_whoever_sends_without_a_hint(own_redis: RedisServer, through):
    own_redis.kill()
    through(own_redis.url)

    with pytest.raises(OperationalError):
        hints.app.send_task(TASK)


def test_killed_and_back(own_redis: RedisServer, through, took, caplog):
    through(own_redis.url)
    took()
    own_redis.kill()

    assert took(50) < A_SECOND
    assert (faults(), len(caplog.records)) == (1, 1)

    own_redis.start()
    forget_the_failure()
    assert took() < A_SECOND
    assert (waiting(own_redis), faults()) == (1, 1)


def test_frozen_and_back(own_redis: RedisServer, through, took, caplog):
    through(own_redis.url)
    took()
    own_redis.freeze()

    assert took(50) < A_SECOND
    assert (faults(), len(caplog.records)) == (1, 1)

    own_redis.thaw()
    forget_the_failure()
    assert took() < A_SECOND
    assert (waiting(own_redis) >= 2, faults()) == (True, 1)


def test_slow(own_redis: RedisServer, through, took):
    """Each answer comes within the timeout of a socket, and a new connection waits for fourteen."""
    with slow_road(own_redis.port, seconds=0.5) as port:
        through(own_redis.url.replace(str(own_redis.port), str(port)))

        assert took(50) < A_SECOND
        assert faults() == 1


@pytest.mark.usefixtures("careless")
class TestCareless:
    """The same faults, with the protections off."""

    def test_frozen(self, own_redis: RedisServer, through):
        through(own_redis.url)
        own_redis.freeze()
        sending = threading.Thread(target=lambda: hints.app.send_task(TASK))
        sending.start()
        sending.join(timeout=3)

        assert sending.is_alive()
        own_redis.thaw()
        sending.join(timeout=10)
        assert waiting(own_redis) == 1

    @pytest.mark.long
    def test_slow(self, own_redis: RedisServer, through, took):
        with slow_road(own_redis.port, seconds=0.5) as port:
            through(own_redis.url.replace(str(own_redis.port), str(port)))

            assert took() > 2 * A_SECOND
