"""The site as in production, by the commands of docs/operating.md, on a database of its own."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.serving import STYLES, free_port, stop
from tests.tooling.shell import ROOT, environ, manage

HOST = "reforms.example.org"
PRODUCTION = {
    "ALLOWED_HOSTS": HOST,
    "SECRET_KEY": "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY-zA_bC3dE5fG7hJ9kL1m",
    "WEB_CONCURRENCY": "1",
}
WEB_SERVER = ("-m", "gunicorn", "--config", "python:reforms.web", "reforms.wsgi")
SECONDS_TO_START = 60


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class ProductionSite:
    """A web server, and what it has said so far."""

    def __init__(self, port: int, words: Path) -> None:
        self.port = port
        self.words = words

    def ask(
        self, address: str, method: str = "GET", *, body: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer to a request for the site's own name, unless the headers name another."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, address, body=body or None, headers={"Host": HOST} | dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What it logged. Raises ValueError for a line that is no JSON."""
        return [json.loads(line) for line in self.words.read_text(encoding="utf-8").splitlines()]


def prepare(folder: Path) -> dict[str, str]:
    """An empty database with every table, and collected static files; the settings to use them."""
    if not STYLES.exists():
        raise AssertionError("The style sheet is not built. Type: ./run test")
    given = PRODUCTION | {"VAR_DIR": str(folder)}
    for command in (["migrate", "--verbosity=0"], ["collectstatic", "--noinput", "--verbosity=0"]):
        ended = manage(*command, **given)
        assert ended.returncode == 0, ended.stderr
    return given


@contextmanager
def web_server(folder: Path, *, command: Sequence[str] = WEB_SERVER, **given: str) -> Iterator[ProductionSite]:
    """A web server that answers, until the end."""
    port = free_port()
    words = folder / f"words-{port}"
    command = [sys.executable, *(part.replace("{port}", str(port)) for part in command)]
    with words.open("w") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environ(PORT=str(port), **given), stdout=stream, stderr=stream
        )
        try:
            site = ProductionSite(port, words)
            wait_until_answering(site, process)
            yield site
        finally:
            stop(process)


def wait_until_answering(site: ProductionSite, process: subprocess.Popen[bytes]) -> None:
    """Return once /livez answers. Raises AssertionError, with what the web server said, when it never does."""
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if site.ask("/livez").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The web server did not start:\n{site.words.read_text()}")
