"""The bench from beginning to end: make the databases, measure part by part, gather what was found.

Databases are made side by side. Nothing is measured beside anything else.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.bench import machine
from tests.bench.engines import LEAN, NAMES, NATIONAL, TEN_TIMES, TENTH, Engine, Size
from tests.bench.options import Options, today
from tests.bench.parts import PartError, run_part
from tests.bench.surroundings import production

EMPTY, FIXTURES = "empty", "fixtures"
Found = dict[str, Any]


class Bench:
    """One run. What cannot be measured is left out and said under `failed`."""

    def __init__(self, options: Options, engines: list[Engine], folder: Path) -> None:
        self.options, self.engines, self.folder, self.on = options, engines, folder, today()
        self.failed: list[str] = []
        self.started = time.monotonic()

    def run(self) -> Found:
        """Everything that was asked for."""
        found: Found = {"made_on": self.on.isoformat(), "options": self.options.told(), "machine": machine.machine()}
        found["load_before"] = machine.load()
        self.say("Making the databases")
        self.make_databases()
        found["versions"] = {engine.name: self.part("versions", engine, EMPTY) for engine in self.engines}
        for name in self.options.parts:
            found[name] = self.measure(name)
        found |= {"load_after": machine.load(), "failed": self.failed}
        found["seconds"] = round(time.monotonic() - self.started)
        return found

    # Databases

    def make_databases(self) -> None:
        """An empty one and one with the fixtures, then a copy of that for each size. Raises PartError."""
        with ThreadPoolExecutor(max_workers=2) as hands:
            for done in [hands.submit(self.make_first, engine) for engine in self.engines]:
                done.result()
            wanted = [(engine, size) for size in reversed(self.options.sizes) for engine in self.engines]
            for done in [hands.submit(self.fill, engine, size) for engine, size in wanted]:
                done.result()

    def make_first(self, engine: Engine) -> None:
        engine.create(EMPTY)
        self.raising("migrate", engine, EMPTY)
        if engine is self.engines[0]:
            self.raising("collect", engine, EMPTY)
        engine.create(FIXTURES, template=EMPTY)
        self.raising("load", engine, FIXTURES)

    def fill(self, engine: Engine, size: Size) -> None:
        engine.create(size.name, template=FIXTURES)
        self.raising("fill", engine, size.name, on=self.on, **size.told())

    # Parts

    def environment(self, engine: Engine, database: str) -> dict[str, str]:
        return production(self.folder, engine.url(database))

    def raising(self, name: str, engine: Engine, database: str, **options: Any) -> Any:
        """A part that everything else rests on. Raises PartError."""
        return run_part(name, self.environment(engine, database), **options)

    def part(self, name: str, engine: Engine, database: str, **options: Any) -> Any:
        """A part in a process of its own; None, and a word about it, where it fails."""
        self.say(f"{NAMES[engine.name]}, {database}: {name}")
        return self.trying(lambda: self.raising(name, engine, database, **options))

    def trying(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except PartError as error:
            self.failed.append(str(error))
            self.say(str(error))
            return None

    def measure(self, name: str) -> Found:
        """One of the parts that can be asked for."""
        if name == "start":
            return self.measure_start()
        if name == "reports":
            return self.part("reports", self.engines[0], EMPTY, rounds=self.options.report_rounds) or {}
        measures: dict[str, Callable[[Engine], Any]] = {
            "pages": self.measure_pages,
            "rates": self.measure_rates,
            "flags": self.measure_flags,
            "loading": self.measure_loading,
            "letters": self.measure_letters,
        }
        return {engine.name: measures[name](engine) for engine in self.engines}

    def measure_pages(self, engine: Engine) -> Found:
        found = {}
        for size in (TENTH.name, NATIONAL.name):
            found[size] = self.part("pages", engine, size, requests=self.options.requests)
            for name, status in (found[size] or {}).get("failed", {}).items():
                self.failed.append(f"Page {name} answers {status} ({NAMES[engine.name]}, {size})")
        return found

    def measure_rates(self, engine: Engine) -> Any:
        from tests.bench.rates import measure_rates

        self.say(f"{NAMES[engine.name]}, {NATIONAL.name}: requests a second")
        environment = self.environment(engine, NATIONAL.name)
        given = self.options
        how_long = {"rounds": given.rounds, "seconds": given.seconds, "memory_seconds": given.memory_seconds}
        return self.trying(lambda: measure_rates(environment, self.folder, **how_long))

    def measure_flags(self, engine: Engine) -> Found:
        often = {"on": self.on, "repeats": self.options.scans}
        found = {NATIONAL.name: self.part("flags", engine, NATIONAL.name, one_in=self.options.one_in, **often)}
        for size in (LEAN.name, TEN_TIMES.name) if self.options.lean_sizes else ():
            found[size] = self.part("scan", engine, size, **often)
            found[f"{size}_memory"] = self.part("scan-memory", engine, size, on=self.on)
            found[f"{size}_job"] = self.part("job", engine, size, on=self.on)
        return found

    def measure_loading(self, engine: Engine) -> Found:
        files = self.folder / f"positions-{engine.name}"
        councils = self.options.loaded_councils
        self.part("write-fixtures", engine, FIXTURES, folder=files, councils=councils, on=self.on)
        repeats = self.options.loads
        found = {"fixtures": self.part("loading", engine, EMPTY, paths=[], repeats=repeats)}
        found["positions"] = self.part("loading", engine, FIXTURES, paths=[files], repeats=repeats)
        return found

    def measure_letters(self, engine: Engine) -> Any:
        from tests.engines.mail import running_mail

        self.say(f"{NAMES[engine.name]}, {EMPTY}: letters")
        options = {"letters": self.options.letters, "rounds": self.options.letter_rounds}
        with running_mail(self.folder / f"mail-{engine.name}", "safe") as server:
            environment = self.environment(engine, EMPTY) | {"EMAIL_URL": server.url}
            return self.trying(lambda: run_part("letters", environment, **options))

    def measure_start(self) -> Found:
        from tests.bench.starting import measure_start

        self.say("Starting")
        environment = self.environment(self.engines[0], EMPTY)
        options = self.options
        found = self.trying(
            lambda: measure_start(
                environment, self.folder, is_run=not options.is_quick, is_from_nothing=options.is_from_nothing
            )
        )
        return found or {}

    def say(self, words: str) -> None:
        """To whoever waits; the report goes elsewhere."""
        sys.stderr.write(f"{time.monotonic() - self.started:5.0f} s  {words}\n")
        sys.stderr.flush()
