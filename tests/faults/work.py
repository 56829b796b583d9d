"""Starting a piece of work as a process of its own (see machine.py), and what becomes of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.engines.processes import stop_with_parent
from tests.tooling.shell import ROOT, environ

SECONDS = 60


class Work:
    """A process that was started."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def wait_until_halfway(self) -> None:
        """Return when it stands still. Raises AssertionError if it ended before."""
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            if line == "halfway\n":
                return
            said.append(line)
        raise AssertionError("".join(said) + self.end()[1])

    def go_on(self) -> None:
        """Give the word."""
        assert self.process.stdin
        self.process.stdin.write("go on\n")
        self.process.stdin.flush()

    def end(self) -> tuple[int, str]:
        """Its status and its last words, once it has ended. Raises TimeoutExpired if it does not."""
        _said, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, errors

    def is_done_within(self, seconds: float) -> bool:
        """Whether it ends by itself in this time."""
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


@contextmanager
def work(*arguments: str, **given: str) -> Iterator[Work]:
    """`python -m ARGUMENTS` with these settings; ended at the end, if it goes on until then."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environ(**given),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=stop_with_parent,
    )
    with process:
        try:
            yield Work(process)
        finally:
            process.kill()


def wait_until(holds: Callable[[], bool], *, words: Callable[[], str] = str) -> None:
    """Return once it holds. Raises AssertionError, with these words, if it never does."""
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, words()
        time.sleep(0.1)
