"""The processes that live and die together."""

import sys
import time

import pytest

from reforms import serve
from tests.tooling.processes import descendants, still_running

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
time.sleep(60)
"""


@pytest.fixture
def stubborn(monkeypatch):
    """A process that ignores a polite request, and a child of its own."""
    monkeypatch.setattr(serve, "SECONDS_TO_STOP", 0.5)
    household = serve.Household({"stubborn": [sys.executable, "-c", STUBBORN]})
    household.start()
    yield household
    household.stop()


def test_stop_insists(stubborn):
    head = stubborn.processes["stubborn"].pid
    deadline = time.monotonic() + 10
    while not descendants(head) and time.monotonic() < deadline:
        time.sleep(0.05)
    family = [head, *descendants(head)]
    assert len(family) == 2
    stubborn.stop()
    stubborn.processes["stubborn"].wait()
    assert still_running(family) == []


def test_ended_names_the_process():
    household = serve.Household({"brief": [sys.executable, "-c", ""]})
    household.start()
    household.processes["brief"].wait()
    assert household.ended() == "brief"
    household.stop()


@pytest.mark.parametrize(
    ("has_workers", "names"),
    [
        pytest.param(False, ["web server", "scheduled job"], id="tasks-run-in-beat"),
        pytest.param(True, ["web server", "scheduled job", "worker"], id="redis-carries-tasks"),
    ],
)
def test_commands(has_workers, names):
    assert list(serve.commands(has_workers=has_workers)) == names
