"""People who read and write on a real site, several at once, and how long each answer takes them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from statistics import quantiles
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.councils.writing.typing import fields_of

PATIENCE = 10
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
LOST = 0
"""The status of what never came."""


@dataclass
class Measured:
    """The status and seconds of each answer: of pages, and of forms that were sent."""

    pages: list[tuple[int, float]] = field(default_factory=list)
    saves: list[tuple[int, float]] = field(default_factory=list)

    def __add__(self, other: Measured) -> Measured:
        return Measured(self.pages + other.pages, self.saves + other.saves)


def slowest_twentieth(answers: list[tuple[int, float]]) -> float:
    """The 95th percentile, in seconds."""
    return quantiles((seconds for _status, seconds in answers), n=20)[-1]


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = build_opener(HTTPCookieProcessor())
        self.measured = Measured()

    def read(self, path: str) -> bytes:
        """Open a page, and note how long it took."""
        status, body, seconds = self._ask(path, None)
        self.measured.pages.append((status, seconds))
        return body

    def send(self, path: str, fields: dict[str, str]) -> bytes:
        """Send a form and see the page that it leads to; both are in the time that is noted."""
        status, body, seconds = self._ask(path, urlencode(fields, doseq=True).encode())
        self.measured.saves.append((status, seconds))
        return body

    def sign_in(self, email: str, password: str) -> None:
        path = "/accounts/sign-in/"
        token = TOKEN.findall(self.read(path).decode())
        self.send(path, {"csrfmiddlewaretoken": token[-1], "username": email, "password": password})

    def press(self, path: str, target: str) -> None:
        """A button of the page that sends nothing but itself."""
        token = TOKEN.findall(self.read(path).decode())
        self.send(target, {"csrfmiddlewaretoken": token[-1]})

    def write(self, path: str, words: str) -> None:
        """Open a draft, and save it with these words."""
        form = fields_of(SimpleNamespace(content=self.read(path)))
        if form:
            self.send(path, form | {"text": words})

    def _ask(self, path: str, data: bytes | None) -> tuple[int, bytes, float]:
        started = time.monotonic()
        try:
            with self.opener.open(self.address + path, data, timeout=PATIENCE) as said:
                status, body = said.status, said.read()
        except HTTPError as said:
            status, body = said.code, said.read()
            said.close()
        except OSError:
            status, body = LOST, b""
        return status, body, time.monotonic() - started


def all_at_once(visits: list[Callable[[int], None]], *, seconds: float) -> None:
    """Each of these over and over for so long, in a thread of its own; each is told how often it was done before.

    Between two visits everybody stops to think for half a second.
    """
    ends = time.monotonic() + seconds

    def go_on(visit: Callable[[int], None]) -> None:
        for number in rounds(ends):
            visit(number)
            time.sleep(0.5)

    with ThreadPoolExecutor(len(visits)) as pool:
        for done in [pool.submit(go_on, visit) for visit in visits]:
            done.result()


def rounds(ends: float) -> Iterator[int]:
    for number in count():
        if time.monotonic() > ends:
            return
        yield number
