"""The service as a machine runs it: by the commands of the systemd units, in a folder that nobody may write in, as a
user who owns nothing, on PostgreSQL and Redis."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.engines.processes import can_reach, group_of, unprivileged_user
from tests.tooling import deploy
from tests.tooling.processes import descendants, still_running
from tests.tooling.production import PRODUCTION, ProductionSite
from tests.tooling.shell import ROOT, environ

pytestmark = pytest.mark.long

CODE = ("manage.py", "consultations", "councils", "fixtures", "pillars", "reforms", "static", "templates")
STAYING = ("web", "worker", "beat")
PYTHON = sys.executable
HTTPS = {"X-Forwarded-Proto": "https"}
SECONDS_TO_STOP = 20


@dataclass
class Machine:
    """A folder with the code, a folder to write in, and a user."""

    folder: Path
    user: str | None
    given: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def code(self) -> Path:
        return self.folder / "code"

    @property
    def var_dir(self) -> Path:
        return self.folder / "var"

    def words(self, part: str) -> Path:
        return self.folder / f"{part}.words"

    def start(self, part: str, arguments: list[str], **more: str) -> subprocess.Popen[bytes]:
        """Start a command of a unit, with the settings of its environment file."""
        arguments = [part.replace(deploy.VAR_DIR, str(self.var_dir)) for part in arguments]
        with self.words(part).open("ab") as words:
            return subprocess.Popen(
                [PYTHON, *arguments],
                cwd=self.code,
                env=environ(**self.given, **more),
                stdout=subprocess.DEVNULL,
                stderr=words,
                start_new_session=True,
                user=self.user,
                group=group_of(self.user),
                extra_groups=[] if self.user else None,
            )

    def lines(self, part: str) -> list[dict[str, Any]]:
        """What a part logged. Raises ValueError for a line that is no JSON."""
        return [json.loads(line) for line in self.words(part).read_text(encoding="utf-8").splitlines()]

    def files(self) -> dict[str, float]:
        """Everything in the code's folder, and when it was last changed."""
        return {str(path): path.stat().st_mtime_ns for path in self.code.rglob("*")}


def commands_of(part: str) -> list[list[str]]:
    [path] = [path for path in deploy.UNITS if path.stem == f"reform-tracker-{part}"]
    return list(deploy.own_commands(path))


def until(is_so: Callable[[], bool], machine: Machine, *, seconds: float) -> None:
    """Wait until something is so. Raises AssertionError, with what was said, when it never is or a part has ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and all(each.poll() is None for each in machine.processes.values()):
        if is_so():
            return
        time.sleep(0.2)
    raise AssertionError("".join(machine.words(part).read_text() for part in machine.processes))


@pytest.fixture
def machine(redis_url, postgres_databases) -> Iterator[Machine]:
    """The code, to be read by everybody and written by nobody, and an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="reform-tracker-"))
    folder.chmod(0o755)
    user = somebody_else()
    url = postgres_databases.make()
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    settings = {"VAR_DIR": str(folder / "var"), "DATABASE_URL": url, "REDIS_URL": redis_url, "PORT": str(port)}
    machine = Machine(folder, user, PRODUCTION | settings | {"TRUST_PROXY": "true", "PYTHONDONTWRITEBYTECODE": "1"})
    try:
        copy_code(machine.code)
        machine.var_dir.mkdir()
        if user:
            shutil.chown(machine.var_dir, user, group_of(user))
        yield machine
    finally:
        stop(machine)
        postgres_databases.drop(url)
        for path in (machine.code, *machine.code.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(folder)


def somebody_else() -> str | None:
    """A user who owns nothing, where we may become one and they can reach our Python; otherwise nobody else."""
    user = unprivileged_user()
    return user if all(can_reach(path, user) for path in (Path(PYTHON), Path(PYTHON).resolve())) else None


def copy_code(target: Path) -> None:
    target.mkdir()
    for name in CODE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target / name)
    for path in (*target.rglob("*"), target):
        path.chmod(0o555 if path.is_dir() else 0o444)


def stop(machine: Machine) -> None:
    for process in machine.processes.values():
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def run_once(machine: Machine) -> None:
    """What reform-tracker-migrate does."""
    for arguments in commands_of("migrate"):
        process = machine.start("migrate", arguments)
        assert process.wait(timeout=180) == 0, machine.words("migrate").read_text()


def start_web(machine: Machine) -> ProductionSite:
    """Start the web server, which tells systemd when it is there."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd:
        address = machine.var_dir / "notify"
        systemd.bind(str(address))
        address.chmod(0o666)
        systemd.settimeout(60)
        [arguments] = commands_of("web")
        machine.processes["web"] = machine.start("web", arguments, NOTIFY_SOCKET=str(address))
        assert systemd.recv(1000).startswith(b"READY=1")
    address.unlink()
    site = ProductionSite(int(machine.given["PORT"]), machine.words("web"))
    until(lambda: answers(site), machine, seconds=60)
    return site


def answers(site: ProductionSite) -> bool:
    try:
        return site.ask("/livez").status == 200
    except OSError:
        return False


def test_the_service_runs_by_its_units(machine):
    before = machine.files()
    run_once(machine)
    site = start_web(machine)
    for part in ("worker", "beat"):
        [arguments] = commands_of(part)
        machine.processes[part] = machine.start(part, arguments)

    assert site.ask("/readyz").status == 200
    assert site.ask("/commitments.json", headers=HTTPS).status == 200
    assert site.ask("/").status == 301

    # Beat sends a sign of life each minute, which a worker writes into the database.
    def is_alive() -> bool:
        return json.loads(site.ask("/readyz").body)["scheduled_work"]["age_seconds"] is not None

    until(is_alive, machine, seconds=150)

    families = [pid for process in machine.processes.values() for pid in descendants(process.pid)]
    for part in reversed(STAYING):
        machine.processes[part].terminate()
        assert machine.processes[part].wait(timeout=SECONDS_TO_STOP) == 0, machine.words(part).read_text()
    assert still_running(families) == []

    assert_said_well(machine)
    assert machine.files() == before
    written = {path.name.partition(".")[0].partition("-")[0] for path in machine.var_dir.iterdir()}
    assert written == {"static", "beat"}


def assert_said_well(machine: Machine) -> None:
    """Everything logged is JSON, none of it an error or a secret."""
    secrets = [machine.given["SECRET_KEY"], *passwords(machine.given["DATABASE_URL"], machine.given["REDIS_URL"])]
    for part in STAYING:
        lines = machine.lines(part)
        assert lines
        assert [line for line in lines if line["level"] in ("error", "critical")] == []
        assert not [secret for secret in secrets if secret in machine.words(part).read_text()]


def passwords(*urls: str) -> list[str]:
    return [password for url in urls if (password := urlsplit(url).password)]
