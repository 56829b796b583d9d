"""Looking at the processes of this machine."""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_TO_STOP = 20


@contextmanager
def ended_after(seconds: float, process: subprocess.Popen[str]) -> Iterator[None]:
    """Ends a process that has not ended by itself, so that a test waiting for its words fails instead of hanging.

    It is asked to, and made to after a while: how a program ends when it is asked is for other tests.
    """
    timer = threading.Timer(seconds, process.terminate)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        process.terminate()
        try:
            process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def process_table() -> dict[int, tuple[int, str]]:
    """Parent and state of every process."""
    printed = subprocess.run(["ps", "-eo", "pid=,ppid=,state="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in printed.splitlines())
    return {int(pid): (int(parent), state) for pid, parent, state in rows}


def descendants(ancestor: int) -> list[int]:
    """Every process below this one."""
    table = process_table()
    found = [ancestor]
    for pid in found:
        found += [child for child, (parent, _) in table.items() if parent == pid]
    return found[1:]


def command_of(pid: int) -> str:
    """What was typed to start a process."""
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def still_running(pids: list[int]) -> list[int]:
    """Those of these processes that have not ended within ten seconds (ended but not yet collected is ended)."""
    deadline = time.monotonic() + 10
    while True:
        table = process_table()
        left = [pid for pid in pids if pid in table and table[pid][1] != "Z"]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.1)
