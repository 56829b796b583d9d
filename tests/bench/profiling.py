"""Where the time of one page goes: templates, the database and its objects, or our own code."""

import cProfile
import io
import pstats
from pathlib import PurePath

from django.test import Client

from tests.bench.pages import page_of
from tests.bench.surroundings import HOST, ROOT

ROOMS = {
    "templates": ("django/template", "django/utils/html", "django/utils/safestring"),
    "database": ("django/db", "sqlite3", "psycopg"),
    "addresses": ("django/urls", "urllib"),
    "other Django": ("django",),
}


def profile(*, page: str, requests: int, most: int = 25) -> str:
    """A table of rooms with their share of the time, then the functions that take most with what they call."""
    address = page_of(page).address
    client = Client(HTTP_HOST=HOST)
    client.get(address, secure=True)
    profiler = cProfile.Profile()
    with profiler:
        for _ in range(requests):
            client.get(address, secure=True)
    words = io.StringIO()
    stats = pstats.Stats(profiler, stream=words)
    words.write("\n".join(shares(stats, requests)) + "\n")
    stats.sort_stats("cumulative").print_stats(str(ROOT) + "/(?!\\.venv)", most)
    stats.sort_stats("tottime").print_stats(most)
    return words.getvalue().replace(f"{ROOT}/.venv/lib/", "").replace(f"{ROOT}/", "")


def shares(stats: pstats.Stats, requests: int) -> list[str]:
    """Each room's own time in milliseconds a request, under the profiler (which makes everything slower)."""
    rooms: dict[str, float] = {}
    for (path, _, function), (_, _, own, _, _) in stats.stats.items():  # type: ignore[attr-defined]
        name = room(path, function)
        rooms[name] = rooms.get(name, 0) + own
    ordered = sorted(rooms.items(), key=lambda item: -item[1])
    return [f"{name:<16} {own * 1000 / requests:>8.1f} ms" for name, own in ordered]


def room(path: str, function: str) -> str:
    """Where a function belongs."""
    if path == "~":
        return "database" if "sqlite3" in function else "Python itself"
    if PurePath(path).is_relative_to(ROOT) and ".venv" not in path:
        return "our own code"
    return next((name for name, parts in ROOMS.items() if any(part in path for part in parts)), "Python itself")
