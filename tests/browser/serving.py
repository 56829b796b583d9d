"""The real thing, on a free port and with a database of its own.

Not the live server of pytest-django: that one flushes the database after each test, and it serves static files
under names that production does not use. This starts what `./run` starts, from an empty folder.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.engines.processes import free_port, stop_with_parent
from tests.tooling.shell import ROOT, environ, manage

STYLES = ROOT / "static" / "build" / "app.css"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15


@contextmanager
def running_site(folder: Path, *, more: Sequence[Path] = (), **given: str) -> Iterator[str]:
    """The address of a site with every fixture and the demo people, and then `more` fixtures, until the end.

    `given` are further settings: DATABASE_URL and REDIS_URL, where it is to run on servers.
    """
    if not STYLES.exists():
        raise AssertionError("The style sheet is not built. Type: ./run test")
    port = free_port()
    settings = {"VAR_DIR": str(folder), "PORT": str(port), "WEB_CONCURRENCY": "1"} | given
    with (folder / "words").open("w+") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "reforms.serve", "--demo"],
            cwd=ROOT,
            env=environ(**settings),
            stdout=words,
            stderr=words,
            preexec_fn=stop_with_parent,
        )
        try:
            wait_until_answering(port, process, folder / "words")
            load(more, settings)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(process)


def wait_until_answering(port: int, process: subprocess.Popen[bytes], words: Path) -> None:
    """Return once /livez answers. Raises AssertionError, with what the site said, when it never does."""
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/livez", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"The site did not start:\n{words.read_text()}")


def load(fixtures: Sequence[Path], settings: dict[str, str]) -> None:
    """Load fixtures of the tests' own into the running site."""
    if fixtures:
        result = manage("load_reforms", *map(str, fixtures), **settings)
        assert result.returncode == 0, result.stdout + result.stderr


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the site, which ends everything it started."""
    process.terminate()
    try:
        process.wait(timeout=SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def chromium_path() -> str:
    """The system's Chromium, as `./run` looks for it. Raises AssertionError: without a browser nothing is tested."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (found := shutil.which(name)):
            return found
    raise AssertionError("There is no Chromium here. Type: ./run test")
