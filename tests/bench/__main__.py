"""Measure the site: `./run bench [--requests N] [--profile PAGE] [--times N]`.

1. An empty database with the settings of production; load every fixture, twice.
2. Each kind of page by itself, with the bare view beside it in the same run.
3. The same pages with ten times the commitments, councils and positions.
"""

import argparse
import os
import sys
from pathlib import Path
from time import perf_counter

from tests.bench.surroundings import production_like
from tests.tooling.shell import ROOT

OUTPUT = ROOT / "var" / "bench.json"


def main(arguments: list[str] | None = None) -> None:
    """Print what was found, and write it as JSON."""
    options = read(arguments)
    output = Path(os.environ.get("VAR_DIR") or OUTPUT.parent) / OUTPUT.name
    with production_like():
        if options.profile:
            say(profiled(options))
            return
        found = report(options)
    found.write(output)
    say("\n".join(found.lines()))


def read(arguments: list[str] | None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="./run bench", description="How fast the pages are.")
    parser.add_argument("--requests", type=int, default=15, help="how often each page is asked for (15)")
    parser.add_argument("--times", type=int, default=10, help="how much the data grows; 1: not at all (10)")
    parser.add_argument("--profile", metavar="PAGE", help="where the time of one page goes; a name of the table")
    return parser.parse_args(arguments)


def report(options: argparse.Namespace):
    """Load, measure, grow, measure again."""
    from tests.bench import growth, measure
    from tests.bench.report import Report

    loading = load_twice()
    pages, counts = measure.measured_pages(), growth.counts()
    small = measure.measure_all(pages, requests=options.requests)
    grown = []
    if options.times > 1:
        growth.grow(options.times)
        grown = measure.measure_all(pages, requests=max(3, options.requests // 3))
    return Report(
        measure.seconds_to_start(), loading, counts, small, options.times, growth.counts() if grown else {}, grown
    )


def load_twice():
    """Load every fixture into the empty database, and again."""
    from reforms.base import clock
    from reforms.base.loading import load
    from tests.bench.report import Loading

    before = perf_counter()
    result = load(now=clock.now())
    between = perf_counter()
    load(now=clock.now())
    return Loading(between - before, perf_counter() - between, result.created)


def profiled(options: argparse.Namespace) -> str:
    """Where the time of one page goes, at the size that was asked for."""
    from tests.bench import growth
    from tests.bench.profiling import profile
    from tests.browser.pages import BY_ID, COMMITTEE_DAY

    load_twice()
    if options.times > 1:
        growth.grow(options.times)
    return profile(BY_ID[options.profile].on(COMMITTEE_DAY), requests=options.requests)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    main()
