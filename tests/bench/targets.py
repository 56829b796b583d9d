"""What the figures have to be, and whether they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.engines import LEAN, NAMES, NATIONAL, TEN_TIMES, TENTH
from tests.bench.pages import QUERIES, TARGETS

MET, MISSED, UNKNOWN = "met", "missed", "not measured"
Found = dict[str, Any]

CONDITIONAL_RATIO = 0.4
SCAN_RATIO = 50
SCAN_GROWTH = 13
"""Ten times the positions, in so many times the time: linear, with room for a cache that is too small by then."""
MEMORY_GROWTH_MB = 32
"""How much more the scan may hold at ten times the positions."""
WRITTEN_A_SECOND = 5000
LETTERS_RATIO = 3
"""To a mail server on the same machine, on one connection. One across a network takes several times as long."""
REPORT_SECONDS = 3
"""For six pillars and every commitment, about sixty pages."""
REPORT_FORMATS = {"html": "HTML", "docx": "a Word document", "pdf": "PDF"}
SECOND_START, FIRST_START = 10, 90


@dataclass(frozen=True)
class Target:
    """`limit` is the most the figure may be, or the least where `is_least`. No figure: it was not measured."""

    name: str
    figure: float | None
    limit: float
    is_least: bool = False
    unit: str = ""

    @property
    def verdict(self) -> str:
        if self.figure is None:
            return UNKNOWN
        is_met = self.figure >= self.limit if self.is_least else self.figure <= self.limit
        return MET if is_met else MISSED


def targets(found: Found) -> list[dict[str, Any]]:
    """Every target of the parts that were asked for, ratios first."""
    every = [*_ratios(found), *_pages(found), *_memory(found), *_loading(found)]
    every += [*_reports(found), *_start(found)]
    return [asdict(target) | {"verdict": target.verdict} for target in every]


def is_well(found: Found) -> bool:
    """Whether every target is met and nothing failed."""
    return not found["failed"] and all(target["verdict"] == MET for target in found["targets"])


def dig(found: Any, *names: str) -> Any:
    """What stands under these names, one inside the other; None where one is missing."""
    for name in names:
        if not isinstance(found, dict):
            return None
        found = found.get(name)
    return found


def measured_engines(found: Found) -> list[tuple[str, str]]:
    """The databases that were asked for, also those that could not be had."""
    return [(name, NAMES[name]) for name in found["options"]["databases"]]


def _ratios(found: Found) -> Iterator[Target]:
    engines = measured_engines(found)
    if "rates" in found:
        for engine, name in engines:
            ratio = dig(found, "rates", engine, "conditional_ratio")
            yield Target(f"Conditional requests beside the bare view, {name}", ratio, CONDITIONAL_RATIO, is_least=True)
    if "flags" in found:
        for engine, name in engines:
            ratio = dig(found, "flags", engine, NATIONAL.name, "ratio")
            yield Target(f"Flag scan, times faster than row by row, {name}", ratio, SCAN_RATIO, is_least=True)
    if "letters" in found:
        for engine, name in engines:
            ratio = dig(found, "letters", engine, "ratio")
            yield Target(f"Sending letters, times as long as a loop of smtplib, {name}", ratio, LETTERS_RATIO)
    for engine, name in engines if _has_ten_times(found) else ():
        yield Target(f"Flag scan, time at ten times the positions, {name}", _growth(found, engine), SCAN_GROWTH)


def _has_ten_times(found: Found) -> bool:
    """Whether the scan was asked for at ten times the positions."""
    return "flags" in found and not found["options"]["is_quick"]


def _growth(found: Found, engine: str) -> float | None:
    small, large = (dig(found, "flags", engine, size, "seconds") for size in (LEAN.name, TEN_TIMES.name))
    return large / small if small and large else None


def _memory(found: Found) -> Iterator[Target]:
    for engine, name in measured_engines(found) if _has_ten_times(found) else ():
        words = f"Flag scan, memory at ten times the positions, {name}"
        yield Target(words, memory_growth(found, engine), MEMORY_GROWTH_MB, unit="MB more")


def memory_growth(found: Found, engine: str) -> float | None:
    """How many MB more the scan needs for ten times the positions."""
    sizes = [dig(found, "flags", engine, f"{size}_memory") for size in (LEAN.name, TEN_TIMES.name)]
    if None in sizes:
        return None
    small, large = (size["peak_mb"] - size["before_mb"] for size in sizes)
    return large - small


def _pages(found: Found) -> Iterator[Target]:
    for engine, name in measured_engines(found) if "pages" in found else ():
        measures = page_measures(found, engine, NATIONAL.name)
        for page, limit in TARGETS.items():
            measure = measures.get(page, {})
            yield Target(f"Page {page}, {name}", measure.get("ms"), limit, unit="ms")
        asked = [measures[page]["queries"] if page in measures else None for page in TARGETS]
        most = None if None in asked else max(asked)
        yield Target(f"Most queries of these pages, {name}", most, QUERIES)
        yield Target(f"Pages whose queries grow, {name}", _growing(found, engine), 0)


def page_measures(found: Found, engine: str, size: str) -> dict[str, dict[str, Any]]:
    """The measures of a database and size, by page."""
    return {page["id"]: page for page in dig(found, "pages", engine, size, "pages") or ()}


def _growing(found: Found, engine: str) -> int | None:
    """How many pages ask more with ten times the positions."""
    small, large = (page_measures(found, engine, size) for size in (TENTH.name, NATIONAL.name))
    if not small or not large:
        return None
    return sum(large[page]["queries"] > small[page]["queries"] for page in small.keys() & large.keys())


def _loading(found: Found) -> Iterator[Target]:
    for engine, name in measured_engines(found) if "loading" in found else ():
        for files in ("fixtures", "positions"):
            rate = dig(found, "loading", engine, files, "written_a_second")
            words = f"Records written a second, {files}, {name}"
            yield Target(words, rate, WRITTEN_A_SECOND, is_least=True)


def _reports(found: Found) -> Iterator[Target]:
    for name, words in REPORT_FORMATS.items() if "reports" in found else ():
        figure = dig(found, "reports", f"{name}_seconds")
        yield Target(f"A report of sixty pages as {words}", figure, REPORT_SECONDS, unit="s")


def _start(found: Found) -> Iterator[Target]:
    if "start" not in found:
        return
    if not found["options"]["is_quick"]:
        yield Target("./run the second time", dig(found, "start", "second_seconds"), SECOND_START, unit="s")
    if found["options"]["is_from_nothing"]:
        yield Target("./run from nothing", dig(found, "start", "nothing_seconds"), FIRST_START, unit="s")
