"""One part of the bench in a process of its own: `python -m tests.bench.parts NAME '{"option": 1}'`.

Settings are read once in the life of a process, so each database has its own. The answer is JSON on standard output.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from importlib import import_module
from typing import Any

from tests.bench.surroundings import ROOT, set_up

LONGEST = 900
ALONE = {"PGOPTIONS": "-c max_parallel_workers_per_gather=0"}
"""PostgreSQL answers in the one process whose time we read."""
PARTS = {
    "migrate": "tests.bench.filling:migrate",
    "load": "tests.bench.filling:load_fixtures",
    "fill": "tests.bench.filling:fill",
    "write-fixtures": "tests.bench.national_fixtures:write_fixtures",
    "collect": "tests.bench.filling:collect",
    "pages": "tests.bench.measure:measure_pages",
    "flags": "tests.bench.flags:measure_flags",
    "scan": "tests.bench.flags:measure_scan",
    "scan-memory": "tests.bench.flags:measure_memory",
    "job": "tests.bench.flags:measure_job",
    "loading": "tests.bench.loading:measure_loading",
    "letters": "tests.bench.letters:measure_letters",
    "reports": "tests.bench.reports:measure_reports",
    "profile": "tests.bench.profiling:profile",
    "versions": "tests.bench.machine:versions",
}


class PartError(Exception):
    """A part ended badly; says how."""


def run_part(name: str, environment: dict[str, str], **options: Any) -> Any:
    """Run a part to its end and give its answer. Raises PartError."""
    command = [sys.executable, "-m", "tests.bench.parts", name, json.dumps(options, default=str)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment | ALONE, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PartError(f"{name} took more than {LONGEST} seconds") from error
    if done.returncode:
        raise PartError(f"{name} failed:\n{last_words(done.stderr)}")
    return json.loads(done.stdout)


def last_words(words: str) -> str:
    """The end of what a process said: of its log, only what went wrong."""
    lines = (_exception(line) if line.startswith("{") else line for line in words.splitlines())
    return "\n".join(filter(None, lines))[-3000:]


def _exception(line: str) -> str:
    """The traceback in a line of the log, if it has one."""
    try:
        return str(json.loads(line).get("exception", ""))
    except ValueError:
        return line


def main(name: str, options: str) -> None:
    """Do the part; only its answer goes to standard output."""
    answer, given = sys.stdout, json.loads(options)
    if "on" in given:
        given["on"] = date.fromisoformat(given["on"])
    with redirect_stdout(sys.stderr):
        set_up()
        found = part(name)(**given)
    answer.write(json.dumps(found))


def part(name: str) -> Callable[..., Any]:
    """The function behind a name."""
    module, _, function = PARTS[name].partition(":")
    return getattr(import_module(module), function)


if __name__ == "__main__":
    main(*sys.argv[1:])
