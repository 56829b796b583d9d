"""Pages measured: processor time, queries, size."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from statistics import median
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.national import counts
from tests.bench.pages import BARE, Measured, measured_pages
from tests.bench.stopwatch import Taken, middle, taken_by
from tests.bench.surroundings import HOST

PATIENCE = 2.5
"""Seconds spent on one page after which it is not asked for again."""


@dataclass(frozen=True)
class PageMeasure:
    """`ms` and `database_ms` are medians; `ratio` is how many times the bare view's time, both together."""

    id: str
    ms: float
    database_ms: float
    ratio: float
    queries: int
    kilobytes: float
    compressed_kilobytes: float
    requests: int


def measure_pages(*, requests: int) -> dict[str, Any]:
    """Every page with the data there is, and the bare view beside them. `failed` names the pages that do not answer."""
    import_module("reforms.wsgi")  # everything is loaded, and the garbage collector set, as in a worker
    client = Client(HTTP_HOST=HOST, raise_request_exception=False)
    pages = [Measured("bare", BARE), *measured_pages()]
    told = {page.id: tell(client, page.address) for page in pages}
    failed = {name: status for name, (status, *_) in told.items() if status != 200}
    times = time_all(client, [page for page in pages if page.id not in failed], requests=requests)
    bare = middle(times.pop("bare"))
    found = [_measure(name, takes, bare, told[name][1:]) for name, takes in times.items()]
    measures = [asdict(measure) for measure in found]
    return {"counts": counts(), "bare": bare.milliseconds, "pages": measures, "failed": failed}


def time_all(client: Client, pages: Sequence[Measured], *, requests: int) -> dict[str, list[Taken]]:
    """Every page in turn, again and again, so that a bad moment of the machine falls on all alike."""
    times: dict[str, list[Taken]] = {page.id: [] for page in pages}
    for _ in range(requests):
        for page in pages:
            if sum(take.total for take in times[page.id]) < PATIENCE:
                times[page.id].append(time_one(client, page.address))
    return times


def time_one(client: Client, address: str) -> Taken:
    """One answer. Nothing that was kept from an earlier one helps."""
    for cache in caches.all():
        cache.clear()
    return taken_by(lambda: client.get(address, secure=True))


def tell(client: Client, address: str) -> tuple[int, int, float, float]:
    """Its status, how many queries a page asks, and its kilobytes before and after compression by a proxy."""
    client.get(address, secure=True)  # what is read once in the life of a process is read now
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, secure=True)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, len(captured), len(body) / 1000, len(gzip.compress(body, 6)) / 1000


def queries_of(client: Client, address: str) -> int:
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as captured:
        client.get(address, secure=True)
    return len(captured)


def _measure(name: str, takes: Sequence[Taken], bare: Taken, told: Sequence[float]) -> PageMeasure:
    taken, total = middle(takes), median(take.total for take in takes)
    queries, *sizes = told
    return PageMeasure(name, *taken.milliseconds.values(), total / bare.total, int(queries), *sizes, len(takes))
