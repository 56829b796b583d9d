"""How long from nothing to an answer: Python's own imports, `./run` the second time, and `./run` with nothing there."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.parts import PartError, last_words
from tests.bench.rates import free_port
from tests.bench.surroundings import ROOT
from tests.tooling.shell import environ

LONGEST = 240


def measure_start(environment: dict[str, str], folder: Path, *, is_run: bool, is_from_nothing: bool) -> dict[str, Any]:
    """Seconds on the clock, but for the imports: processor time, so that they compare."""
    found: dict[str, Any] = {"import_seconds": seconds_to_import(environment)}
    if is_run:
        place = folder / "workbench"
        found["first_seconds"] = seconds_to_answer(ROOT, place)
        found["second_seconds"] = seconds_to_answer(ROOT, place)
    if is_from_nothing:
        found["nothing_seconds"] = seconds_from_nothing()
    return found


def seconds_to_import(environment: dict[str, str], *, times: int = 3) -> float:
    """Processor time of a Python that gets ready to answer and ends."""
    command = [sys.executable, "-c", "from reforms.wsgi import application"]
    taken = []
    for _ in range(times):
        before = children_seconds()
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        taken.append(children_seconds() - before)
    return median(taken)


def children_seconds() -> float:
    """Processor time of all our children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds_to_answer(root: Path, place: Path) -> float:
    """From typing `./run` to the first answer. Raises PartError when none comes."""
    port = free_port()
    place.mkdir(parents=True, exist_ok=True)
    log = place / "run.log"
    with log.open("w") as words:
        before = time.perf_counter()
        process = subprocess.Popen(
            [str(root / "run")],
            cwd=root,
            env=environ(PORT=str(port), VAR_DIR=str(place)),
            stdout=words,
            stderr=words,
            start_new_session=True,
        )
        try:
            wait_for_answer(port, process, log)
            return time.perf_counter() - before
        finally:
            stop(process)


def wait_for_answer(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + LONGEST
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/livez", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.02)
    raise PartError(f"./run did not answer:\n{last_words(log.read_text())}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """End `./run`, which ends all it started."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def seconds_from_nothing() -> float:
    """The same in a copy of the project as git has it: no virtual environment, no packages, no style sheet.

    Needs the package registries. Packages that pip and npm have kept on this machine are not fetched again.
    """
    with tempfile.TemporaryDirectory(prefix="bench-nothing-") as folder:
        copy = Path(folder) / "project"
        copy_project(copy)
        return seconds_to_answer(copy, Path(folder) / "var")


def copy_project(copy: Path) -> None:
    """Every file of the project but those that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
