"""One page measured: processor time, queries, size.

Never the clock on the wall: what else the machine does would count too.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.surroundings import HOST
from tests.browser.pages import COMMITTEE_DAY, PAGES, Page
from tests.tooling.shell import ROOT

BARE = "/livez"
START = "from reforms.wsgi import application"


@dataclass(frozen=True)
class Measure:
    """`milliseconds`: median processor time of one answer. `ratio`: how many times that of the bare view."""

    id: str
    milliseconds: float
    ratio: float
    queries: int
    kilobytes: float


def measured_pages() -> list[Page]:
    """The best example of each kind of page."""
    return [page for page in PAGES if page.is_main]


def measure_all(pages: Iterable[Page], *, requests: int) -> list[Measure]:
    """Every page in turn, again and again, so that a bad moment of the machine falls on all alike."""
    client = Client(HTTP_HOST=HOST, raise_request_exception=True)
    addresses = {page.id: page.on(COMMITTEE_DAY) for page in pages}
    told = {name: tell(client, address) for name, address in addresses.items()}
    times: dict[str, list[float]] = {name: [] for name in (BARE, *addresses)}
    for _ in range(requests):
        for name, address in {BARE: BARE, **addresses}.items():
            times[name].append(milliseconds(lambda address=address: client.get(address, secure=True)))
    bare = median(times[BARE])
    return [Measure(name, median(times[name]), median(times[name]) / bare, *told[name]) for name in addresses]


def tell(client: Client, address: str) -> tuple[int, float]:
    """How many queries a page asks, and how many kilobytes it answers before compression."""
    size = len(client.get(address, secure=True).content) / 1000
    return queries_of(client, address), size


def queries_of(client: Client, address: str) -> int:
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address, secure=True)
    return len(captured)


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of this process. What earlier work left behind is cleared first."""
    gc.collect(0)
    before = process_time()
    work()
    return (process_time() - before) * 1000


def seconds_to_start(*, times: int = 3) -> float:
    """Median time on the clock from starting Python to a site that can answer."""
    taken = []
    for _ in range(times):
        before = perf_counter()
        subprocess.run([sys.executable, "-c", START], cwd=ROOT, env=dict(os.environ), check=True)
        taken.append(perf_counter() - before)
    return median(taken)
