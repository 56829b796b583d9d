"""`./run test` calls this once everything is installed: `python -m tests.run [--all] [arguments for pytest]`."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

import django

from tests.engines import notes
from tests.engines.processes import NoServerError, stop_with_parent
from tests.engines.tables import FOLDER
from tests.run.phases import (
    ALL_PASSED,
    INTERRUPTED,
    PHASES,
    Phase,
    Request,
    has_failed,
    read,
    unused,
    verdict,
    versions,
)
from tests.run.servers import servers

SECONDS_TO_STOP = 30


def main(arguments: list[str]) -> int:
    """Run every phase and say what was used; the exit status is 0 when all passed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    request = read(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder, servers(os.environ) as addresses:
            tables = Path(folder) / "tables"
            tables.mkdir()
            return run(request, addresses | {notes.FILE: str(Path(folder) / "notes"), FOLDER: str(tables)})
    except NoServerError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped")
        return INTERRUPTED


def run(request: Request, addresses: Mapping[str, str]) -> int:
    """Run the phases one after another."""
    codes = []
    for phase in PHASES:
        codes.append(run_phase(phase, request, addresses))
        if codes[-1] == INTERRUPTED or (request.stops_early and has_failed(codes)):
            break
    return report(request, notes.notes_in(Path(addresses[notes.FILE])), codes)


def run_phase(phase: Phase, request: Request, addresses: Mapping[str, str]) -> int:
    """Run pytest in a process of its own, as Django can have only one database; its exit status."""
    say(f"\n{phase.title}")
    started = time.monotonic()
    code = wait_for(
        subprocess.Popen(
            [sys.executable, "-m", "pytest", *request.command(phase)],
            env=environment(phase, addresses),
            preexec_fn=begin_as_a_child,
        )
    )
    say(f"{phase.title}: {time.monotonic() - started:.0f} seconds")
    return code


def environment(phase: Phase, addresses: Mapping[str, str]) -> dict[str, str]:
    """What pytest is told. Its processes keep compiled tests whatever is set: each would compile hundreds anew."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | addresses | {"TEST_ENGINE": phase.engine, notes.PHASE: phase.name}


def begin_as_a_child() -> None:
    """Called in pytest's new process: it ends with us, and hears Ctrl-C even where a shell runs in the background."""
    stop_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(process: subprocess.Popen[bytes]) -> int:
    """Its exit status. When we are told to stop, so is it, and gets a while to tidy up."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise


def report(request: Request, used: list[notes.Note], codes: list[int]) -> int:
    """Say what was used. A whole run fails that has not used everything, however well its tests went."""
    say(f"\nPython {platform.python_version()}, Django {django.get_version()}, {versions(used)}".rstrip(", "))
    code = verdict(codes)
    missing = unused(used) if request.is_whole and code == ALL_PASSED else []
    for line in missing:
        say(line)
    return 1 if missing else code


def say(words: str) -> None:
    """One line for the person who started this."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def interrupt(number: int, frame: FrameType | None) -> None:
    """Signal handler: being told to end is like Ctrl-C, so that the servers are stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
