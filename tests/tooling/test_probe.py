"""The question that containers and load balancers' scripts ask."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from reforms import probe
from tests.tooling.shell import ROOT, environ


@contextmanager
def web_server(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A port where every question gets this answer, and the questions."""
    asked: list[bytes] = []

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            asked.append(connection.recv(10_000))
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], asked
        thread.join(timeout=10)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", True, id="well"),
        pytest.param(b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", False, id="ill"),
        pytest.param(b"", False, id="says-nothing"),
        pytest.param(b"220 mail", False, id="something-else"),
    ],
)
def test_answers(monkeypatch, answer, expected):
    with web_server(answer) as (port, asked):
        monkeypatch.setenv("PORT", str(port))
        monkeypatch.setenv("ALLOWED_HOSTS", ".reforms.localhost,localhost")
        assert probe.answers() is expected
    assert b"GET /livez" in asked[0]
    assert b"Host: reforms.localhost" in asked[0]


def test_nobody_is_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    given = environ(PORT=str(port))
    ended = subprocess.run([sys.executable, "-m", "reforms.probe"], cwd=ROOT, env=given, timeout=60, check=False)
    assert ended.returncode == 1


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        pytest.param("", "127.0.0.1", id="this-machine-alone"),
        pytest.param("0.0.0.0", "127.0.0.1", id="every-address"),
        pytest.param("10.0.0.4", "10.0.0.4", id="one-address"),
        pytest.param("[::1]", "::1", id="ipv6"),
    ],
)
def test_local_address(host, expected):
    assert probe.local_address(host) == expected
