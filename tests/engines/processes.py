"""A server as a process of the tests': started, frozen, killed, and never left behind."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

from tests.tooling.processes import descendants

SECONDS_TO_START = 30
SECONDS_TO_STOP = 20
PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
UNPRIVILEGED = ("postgres", "nobody")


class NoServerError(AssertionError):
    """A server is needed and cannot be had; says what to do about it."""


class ServerProcess(ABC):
    """One server of our own on the loopback address. Every verb may be said twice."""

    name = "server"
    death_signal = signal.SIGTERM
    """What the server is sent when the process that started it dies without a last word (on Linux)."""
    user: str | None = None
    """Whom it runs as, where that is not whoever runs the tests."""

    def __init__(self, folder: Path | None = None, port: int | None = None) -> None:
        self.folder = place_for(folder, self.user)
        self.has_own_folder = self.folder != folder
        self.port = port or free_port()
        self.is_port_given = port is not None
        self.process: subprocess.Popen[bytes] | None = None
        self.frozen: list[int] = []

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.folder / "log"

    @abstractmethod
    def command(self) -> list[str]:
        """What to type to start it."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether it answers a question."""

    @abstractmethod
    def prepare(self) -> None:
        """Make what has to be there before the first start."""

    def start(self) -> None:
        """Start and wait until it answers. Raises NoServerError, with what the server said, if it never does."""
        if self.is_running:
            return
        self.prepare()
        self.launch()
        if not self.wait_until_ready() and self.is_port_taken() and not self.is_port_given:
            self.port = free_port()  # somebody was faster
            self.launch()
            self.wait_until_ready()
        if not self.is_running:
            raise NoServerError(f"{self.name} did not start:\n{self.words()}")
        self.is_port_given = True

    def launch(self) -> None:
        """Start the process, in a session of its own: Ctrl-C is for the tests, which then stop the server."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=self.user,
                group=group_of(self.user),
                extra_groups=[] if self.user else None,
                preexec_fn=lambda: stop_with_parent(self.death_signal),
            )

    def wait_until_ready(self) -> bool:
        """Whether it answers in time; a server that does not is ended."""
        deadline = time.monotonic() + SECONDS_TO_START
        while self.is_running:
            if self.is_ready():
                return True
            if time.monotonic() > deadline:
                self.kill()
            time.sleep(0.02)
        return False

    def is_port_taken(self) -> bool:
        """Whether somebody else listens on the port."""
        return not is_free(self.port)

    @property
    def is_running(self) -> bool:
        """Whether the process exists, frozen or not."""
        return self.process is not None and self.process.poll() is None

    def words(self) -> str:
        """The last lines of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:]) if self.log.exists() else ""

    def stop(self) -> None:
        """Ask it to end, insist after a while, and forget its data."""
        self.end()
        if self.has_own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def end(self) -> None:
        """Ask it to end, insist after a while, and keep its data."""
        self.thaw()
        if self.process is None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()

    stop_signal = signal.SIGTERM

    def kill(self) -> None:
        """End it as a power cut would, with all its children: nothing is written any more, no connection is closed."""
        if not self.is_running:
            return
        assert self.process is not None
        family = self.freeze()
        signal_all(family, signal.SIGKILL)
        self.process.wait()
        wait_until_gone(family)
        self.frozen = []

    def restart(self) -> None:
        """Start again on the same port with the same data, after an orderly end if it still runs."""
        self.end()
        self.start()

    def freeze(self) -> list[int]:
        """Stop all its processes where they are: connections stay open and nobody answers. Returns the processes."""
        if not self.is_running:
            raise NoServerError(f"{self.name} is not running, so it cannot be frozen")
        assert self.process is not None
        # The parent first: it can start no more children once it stands still.
        signal_all([self.process.pid], signal.SIGSTOP)
        self.frozen = [self.process.pid, *descendants(self.process.pid)]
        signal_all(self.frozen, signal.SIGSTOP)
        return self.frozen

    def thaw(self) -> None:
        """Let a frozen server go on."""
        signal_all(reversed(self.frozen), signal.SIGCONT)
        self.frozen = []


def signal_all(pids: Iterable[int], number: signal.Signals) -> None:
    """Send a signal to each of these processes that still exists."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def wait_until_gone(pids: list[int]) -> None:
    """Return when none of these processes exists; what nobody collects (a zombie) counts as gone."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    while any(is_alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            raise NoServerError(f"Processes that cannot be ended: {pids}")
        time.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether a process runs or stands still."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not status.parent.parent.joinpath("self").exists()


def stop_with_parent(number: signal.Signals = signal.SIGTERM) -> None:
    """Called in each new child: on Linux it is sent this when the process that started it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def unprivileged_user() -> str | None:
    """Whom a server runs as that refuses to run as root; nobody else when we are not root."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in names)


def group_of(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def place_for(folder: Path | None, user: str | None) -> Path:
    """The folder, if the server's user can go there; otherwise a temporary one of that user's own.

    As root, servers run as somebody to whom pytest's own temporary folders are closed.
    """
    if folder is None or not can_reach(folder, user):
        folder = Path(tempfile.mkdtemp(prefix="reform-tracker-"))
        if not can_reach(folder, user):
            raise NoServerError(
                f"{user} must be able to reach {folder.parent}. Set TMPDIR to a folder open to everyone."
            )
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user, group_of(user))
    return folder


def can_reach(path: Path, user: str | None) -> bool:
    """Whether a user can get to what lies at a path."""
    return user is None or all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents if parent.exists())


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether nobody listens on a port of this machine."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
