"""Measure the site at the size of the country: `./run bench`; --help says what else it can do.

1. Databases of both kinds, with the fixtures and a made-up country, at two sizes; for the flag scan at ten times more.
2. Pages, requests a second, the flag scan, the loader, the start: each in processes of its own, one after the other.
3. A report in the terminal, the same as JSON, and whether the targets are met.
"""

import json
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.engines import NATIONAL, engines
from tests.bench.options import Options, read
from tests.bench.report import sections
from tests.bench.stages import Bench
from tests.bench.tables import as_text
from tests.bench.targets import is_well, targets


def main(arguments: list[str] | None = None) -> int:
    """The exit status: 0, or with --check 1 unless every target is met. 1 as well where a part failed."""
    options = read(arguments)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # servers and files go on the way out
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folder = Path(place)
        folder.chmod(0o755)
        with engines(list(options.databases), folder) as (found, missing):
            bench = Bench(options, found, folder)
            if options.profile:
                return profile(bench)
            return tell(bench.run() | {"missing": missing}, options)


def tell(found: dict[str, Any], options: Options) -> int:
    """Print and keep what was found."""
    found["targets"] = targets(found)
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    say(as_text(sections(found)))
    say(f"\nAs JSON: {options.json}. For docs/performance.md: .venv/bin/python -m tests.bench.document {options.json}")
    is_right = is_well(found) if options.is_check else not found["failed"]
    return 0 if is_right else 1


def profile(bench: Bench) -> int:
    """Where the time of one page goes."""
    bench.make_databases()
    name, requests = bench.options.profile, bench.options.requests
    for engine in bench.engines:
        say(bench.raising("profile", engine, NATIONAL.name, page=name, requests=requests))
    return 0


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
