"""The web server alone, as `./run` starts it, on a database that is there already."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.browser.serving import wait_until_answering
from tests.engines.processes import free_port, signal_all, stop_with_parent
from tests.tooling.processes import descendants
from tests.tooling.shell import ROOT, environ

PATIENCE = 30


class Answer(NamedTuple):
    """What the site said to one request, and after how long."""

    status: int
    body: str
    seconds: float
    retry_after: str | None

    @property
    def data(self) -> Any:
        return json.loads(self.body)


class Site(NamedTuple):
    """A site that runs."""

    address: str
    words: Path

    def get(self, path: str, *, patience: float = PATIENCE) -> Answer:
        """Ask for a page. Raises TimeoutError where nothing arrives for so many seconds."""
        started = time.monotonic()
        try:
            with urlopen(self.address + path, timeout=patience) as said:
                status, headers, body = said.status, said.headers, said.read()
        except HTTPError as said:
            status, headers, body = said.code, said.headers, said.read()
            said.close()
        return Answer(status, body.decode(), time.monotonic() - started, headers["Retry-After"])


@contextmanager
def web_server(folder: Path, *, threads: int = 1, **given: str) -> Iterator[Site]:
    """One process, so that a connection that was used before is used again. `given` are environment variables."""
    folder.mkdir(parents=True, exist_ok=True)
    port, words = free_port(), folder / "words"
    settings = {"VAR_DIR": str(folder), "PORT": str(port), "WEB_CONCURRENCY": "1"} | given
    with words.open("wb") as log:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "--config",
                "python:reforms.web",
                f"--threads={threads}",
                "reforms.wsgi",
            ],
            cwd=ROOT,
            env=environ(**settings),
            stdout=log,
            stderr=log,
            preexec_fn=stop_with_parent,
        )
    try:
        wait_until_answering(port, process, words)
        yield Site(f"http://127.0.0.1:{port}", words)
    finally:
        signal_all([process.pid, *descendants(process.pid)], signal.SIGKILL)
        process.wait()
