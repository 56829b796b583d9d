"""Requests a second through a real gunicorn with one worker, and what that worker holds in memory."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import client
from tests.bench.pages import BARE, measured_pages, page_of
from tests.bench.parts import PartError, last_words
from tests.bench.stopwatch import process_seconds
from tests.bench.surroundings import HOST, ROOT
from tests.tooling.processes import descendants

PAGE = "pillar"
CONNECTIONS = 4
"""As many as a worker has threads."""
SECONDS_TO_START = 60
MEMORY_REQUESTS = 200


@dataclass
class Server:
    """A gunicorn that answers, and its worker."""

    port: int
    worker: int

    def ask(self, addresses: Sequence[str], *, seconds: float, most: int = 0, **headers: str) -> dict[str, Any]:
        """What a visitor in another process was told, and the worker's processor time meanwhile."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        options = {"port": self.port, "host": HOST, "addresses": addresses, "headers": named}
        options |= {"seconds": seconds, "most": most, "threads": CONNECTIONS}
        before = process_seconds(self.worker)
        command = [sys.executable, "-m", "tests.bench.client", json.dumps(options)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            raise PartError(f"The visitor gave up:\n{last_words(done.stderr)}")
        return json.loads(done.stdout) | {"processor_seconds": process_seconds(self.worker) - before}

    def ask_once(self, address: str) -> tuple[int, dict[str, str]]:
        """Status and headers of one answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as connection:
            connection.sendall(client.written(HOST, address, {}))
            return client.read_answer(connection)


@dataclass
class Rate:
    """One kind of request, asked in several rounds."""

    addresses: Sequence[str]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    answered: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def add(self, told: dict[str, Any]) -> None:
        """Raises PartError for any answer but the one expected."""
        statuses = {int(status) for status in told["answers"]}
        if statuses != {self.status}:
            raise PartError(f"{self.addresses} answered {sorted(statuses)}, not {self.status}")
        answers = sum(told["answers"].values())
        self.answered.append(answers / told["seconds"])
        self.processor.append(told["processor_seconds"] / answers)

    @property
    def found(self) -> dict[str, float]:
        return {"a_second": median(self.answered), "processor_ms": median(self.processor) * 1000}


def measure_rates(
    environment: dict[str, str], folder: Path, *, rounds: int, seconds: float, memory_seconds: float
) -> dict[str, Any]:
    """The bare view, a page, and the page once more for somebody who has it: in turn, again and again."""
    with serving(environment, folder) as server:
        tag = server.ask_once(page_of(PAGE).address)[1].get("etag", "")
        rates = kinds_of_request(tag)
        for _ in range(rounds):
            for rate in rates.values():
                rate.add(server.ask(rate.addresses, seconds=seconds, **rate.headers))
        found = {name: rate.found for name, rate in rates.items()}
        return found | beside_bare(rates) | {"memory": measure_memory(server, memory_seconds)}


def kinds_of_request(tag: str) -> dict[str, Rate]:
    """Without a tag there is no asking whether the page has changed."""
    address = [page_of(PAGE).address]
    rates = {"bare": Rate([BARE]), "page": Rate(address)}
    if tag:
        rates["conditional"] = Rate(address, 304, {"If_None_Match": tag})
    return rates


def beside_bare(rates: dict[str, Rate]) -> dict[str, Any]:
    """How many are answered for each answer of the bare view, round by round: by the clock and by the processor."""
    bare = rates["bare"]
    found = {}
    for name, rate in rates.items():
        if rate is not bare:
            clock = [own / other for own, other in zip(rate.answered, bare.answered, strict=True)]
            processor = [other / own for own, other in zip(rate.processor, bare.processor, strict=True) if own]
            found[f"{name}_ratio"] = median(clock)
            found[f"{name}_processor_ratio"] = median(processor) if processor else None
    return found


def measure_memory(server: Server, seconds: float) -> dict[str, Any]:
    """What the worker holds after 200 requests for all pages in turn, or as many as the time allows."""
    addresses = [page.address for page in measured_pages()]
    told = server.ask(addresses, seconds=seconds, most=MEMORY_REQUESTS)
    return {"requests": sum(told["answers"].values())} | memory_of(server.worker)


def memory_of(pid: int) -> dict[str, float]:
    """MB: `resident` with what is shared, `own` with a fair share of that. Empty where the system does not say."""
    path = Path(f"/proc/{pid}/smaps_rollup")
    lines = path.read_text().splitlines()[1:] if path.exists() else []
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return {"resident_mb": sizes["Rss"], "own_mb": sizes["Pss"]} if sizes else {}


@contextmanager
def serving(environment: dict[str, str], folder: Path) -> Iterator[Server]:
    """Gunicorn with the settings of production and one worker, until the end."""
    port = free_port()
    given = environment | {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "1"}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:reforms.web", "tests.bench.wsgi"]
    log = folder / "gunicorn.log"
    with log.open("w") as words:
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=words, stderr=words)
        try:
            wait_until_answering(port, process, log)
            yield Server(port, descendants(process.pid)[-1])
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_until_answering(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once it answers. Raises PartError, with what it said, when it never does."""
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            Server(port, 0).ask_once(BARE)
            return
        except OSError:
            time.sleep(0.05)
    raise PartError(f"Gunicorn did not answer:\n{last_words(log.read_text())}")


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
