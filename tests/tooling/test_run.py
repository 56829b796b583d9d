"""./run as a person at a terminal meets it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tooling.processes import command_of, descendants, ended_after, still_running
from tests.tooling.shell import ROOT, environ, run


def test_help_names_every_command():
    result = run("help")
    assert result.returncode == 0
    for command in ("test", "test --all", "check", "fix", "bench", "manage", "pins"):
        assert f"./run {command}" in result.stdout


def test_unknown_command_is_refused_with_help():
    result = run("sevre")
    assert result.returncode == 1
    assert "does not know “sevre”" in result.stderr
    assert "./run check" in result.stderr


@pytest.mark.parametrize("port", ["eighty", "0", "70000", "-1", "80 80"])
def test_impossible_port_is_refused(port):
    result = run(PORT=port)
    assert result.returncode == 1
    assert "PORT=8001 ./run" in result.stderr


def test_taken_port_is_refused_with_the_line_to_type():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(PORT=str(port))
    assert result.returncode == 1
    assert f"already listens on port {port}" in result.stderr
    assert f"PORT={port + 1} ./run" in result.stderr


def test_demo_people_are_refused_in_production(tmp_path):
    result = run(
        "--demo",
        ALLOWED_HOSTS="reforms.example.org",
        SECRET_KEY="aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-zA_bC3dE5fG7hJ9kL1m",
        PORT=str(free_port()),
        VAR_DIR=str(tmp_path),
    )
    assert result.returncode == 1
    assert "cannot be added in production" in result.stderr


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGINT, id="ctrl-c"),
        pytest.param(signal.SIGTERM, id="terminate", marks=pytest.mark.long),
        pytest.param(signal.SIGHUP, id="closed-terminal", marks=pytest.mark.long),
    ],
)
def test_serve_answers_and_leaves_nothing_behind(tmp_path, number):
    port = free_port()
    with served(tmp_path, port) as site:
        address = f"http://localhost:{port}"
        assert any(address in line for line in lines_until(site, address))
        assert_answers(f"{address}/livez")
        assert_answers(f"http://127.0.0.1:{port}/livez")
        family = descendants(site.pid)
        assert len(family) >= 4, "web server, its two workers and the scheduled job"
        os.kill(site.pid, number)
        assert site.wait(timeout=20) == 0
    assert still_running(family) == []
    socket.create_server(("127.0.0.1", port)).close()


@pytest.mark.long
def test_serve_stops_everything_when_one_part_ends(tmp_path):
    port = free_port()
    with served(tmp_path, port) as site:
        lines_until(site, f":{port}")
        family = descendants(site.pid)
        [beat] = [pid for pid in family if "celery" in command_of(pid)]
        os.kill(beat, signal.SIGKILL)
        assert site.wait(timeout=20) == 1
    assert still_running(family) == []


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_serve_leaves_nothing_behind_when_killed(tmp_path):
    port = free_port()
    with served(tmp_path, port) as site:
        lines_until(site, f":{port}")
        family = descendants(site.pid)
        os.kill(site.pid, signal.SIGKILL)
        site.wait(timeout=20)
        assert still_running(family) == []


@contextmanager
def served(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """The real thing, with a database of its own."""
    site = subprocess.Popen(
        [ROOT / "run"],
        env=environ(PORT=str(port), VAR_DIR=str(folder)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    with site, ended_after(90, site):
        yield site


def lines_until(site: subprocess.Popen[str], words: str) -> list[str]:
    """What was printed, up to the first line with these words or to the end."""
    assert site.stdout is not None
    lines = []
    for line in site.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError(f"never printed {words!r}: {''.join(lines)}")


def free_port() -> int:
    """A port that nothing uses now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def assert_answers(url: str) -> None:
    with urllib.request.urlopen(url, timeout=10) as response:
        assert response.status == 200
