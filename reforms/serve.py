"""Bring the database up to date, then run the web server and the scheduled job together until told to stop.

`./run` calls this once everything is installed: `python -m reforms.serve [--demo]`.
"""

import argparse
import ctypes
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from reforms import environment, probe

SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 8
PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: list[str] | None = None) -> int:
    """Prepare and serve; the exit status is 0 after a stop that was asked for."""
    parser = argparse.ArgumentParser(prog="./run", description="Set up and serve Reform Tracker.")
    parser.add_argument("--demo", action="store_true", help="add the demo people to a database of your own")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")
    try:
        django.setup()
        prepare(wants_demo=options.demo)
    except (ImproperlyConfigured, CommandError) as error:
        return refuse(str(error))
    except OperationalError as error:
        return refuse(f"The database cannot be used: {error}".strip() + "\nLook at DATABASE_URL.")
    running = commands(has_workers=not settings.CELERY_TASK_ALWAYS_EAGER)
    return Household(running).run(until_answering=probe.answers)


def say(words: str) -> None:
    """One line for the person who started this."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def refuse(words: str) -> int:
    """Say why nothing was started."""
    sys.stderr.write(f"{words}\n")
    return 1


def prepare(*, wants_demo: bool) -> None:
    """Everything between an installed project and one that can serve; each part does nothing the second time."""
    if wants_demo and settings.IS_PRODUCTION:
        raise CommandError("Demo people have passwords that anyone can read, so they cannot be added in production.")
    say("Bringing the database up to date")
    call_command("migrate", interactive=False, verbosity=0)
    say("Loading the plan, the councils and the consultations")
    report = io.StringIO()
    call_command("load_reforms", stdout=report)
    say(report.getvalue().rstrip().rpartition("\n")[2])
    if wants_demo or (settings.IS_EMBEDDED_DATABASE and not settings.IS_PRODUCTION):
        say("Adding the demo people")
        call_command("load_demo", demo=wants_demo)
    do_due_work()
    if settings.IS_PRODUCTION:
        say("Collecting static files")
        call_command("collectstatic", interactive=False, verbosity=0)


def do_due_work() -> None:
    """Do what fell due while nothing ran. What fails is tried again by the scheduled job, and stops nobody."""
    say("Doing the work that is due")
    try:
        call_command("run_due")
    except CommandError as error:
        say(str(error))


def commands(*, has_workers: bool) -> dict[str, list[str]]:
    """What runs, by name: the web server and beat, and a worker where Redis carries the tasks."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--app", "reforms"]
    schedule = str(settings.VAR_DIR / "beat-schedule")
    running = {
        "web server": [*python, "gunicorn", "--config", "python:reforms.web", "reforms.wsgi"],
        "scheduled job": [*celery, "beat", "--schedule", schedule, "--pidfile="],
    }
    if has_workers:
        running["worker"] = [*celery, "worker", "--concurrency=2"]
    return running


def address() -> str:
    """What to type in a browser; in production that is for the proxy in front, which needs the port."""
    port = environment.read().port
    if settings.IS_PRODUCTION:
        return f"https://{settings.ALLOWED_HOSTS[0].lstrip('.')}, through a proxy to port {port}"
    return f"http://localhost:{port}"


def stop_with_parent() -> None:
    """Called in each new child: on Linux it is asked to stop even when this process dies without a last word."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Household:
    """Processes that live and die together, each the head of its own process group."""

    def __init__(self, commands: Mapping[str, list[str]]) -> None:
        self.commands = commands
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.is_stopping = False

    def run(self, *, until_answering: Callable[[], bool]) -> int:
        """Start all, say where the site is once it answers, and stop all when told to or when one ends."""
        for number in STOPPING_SIGNALS:
            signal.signal(number, self.ask_to_stop)
        try:
            self.start()
            return self.welcome(until_answering) or self.watch()
        finally:
            self.stop()

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        """Signal handler: the loops below look at this."""
        self.is_stopping = True

    def start(self) -> None:
        """Start every process."""
        say("Starting " + " and ".join(f"the {name}" for name in self.commands))
        for name, command in self.commands.items():
            self.processes[name] = subprocess.Popen(  # noqa: S603
                command, start_new_session=True, preexec_fn=stop_with_parent
            )

    def welcome(self, until_answering: Callable[[], bool]) -> int:
        """Wait for the first answer and print the address; 1 if there was none."""
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not self.is_stopping and not self.ended():
            if until_answering():
                say(f"Reform Tracker is at {address()} (Ctrl-C stops it)")
                return 0
            if time.monotonic() > deadline:
                return refuse(f"The web server has not answered for {SECONDS_TO_ANSWER} seconds.")
            time.sleep(0.1)
        return 0

    def watch(self) -> int:
        """Wait for a request to stop (0), or for a process that ended by itself (1)."""
        while not self.is_stopping:
            if ended := self.ended():
                return refuse(f"The {ended} ended by itself, so everything stops. Its last words are above.")
            time.sleep(0.2)
        say("\nStopping")
        return 0

    def ended(self) -> str:
        """The name of a process that is no longer running, or nothing."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), "")

    def stop(self) -> None:
        """End every group: ask first, then insist, so that no child is left behind."""
        self.tell_groups(signal.SIGTERM)
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in self.processes.values():
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
        self.tell_groups(signal.SIGKILL)

    def tell_groups(self, number: signal.Signals) -> None:
        """Send a signal to every group that still has a member."""
        for process in self.processes.values():
            try:
                os.killpg(process.pid, number)
            except (ProcessLookupError, PermissionError):
                continue


if __name__ == "__main__":
    sys.exit(main())
