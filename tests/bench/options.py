"""What one run of the bench does."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.engines import LEAN, NAMES, NATIONAL, TEN_TIMES, TENTH, Size
from tests.bench.surroundings import ROOT

PARTS = ("pages", "rates", "flags", "loading", "letters", "reports", "start")


@dataclass(frozen=True)
class Options:
    """`one_in`: how many positions there are for each that the row-by-row scan is timed on."""

    parts: tuple[str, ...] = PARTS
    databases: tuple[str, ...] = tuple(NAMES)
    is_quick: bool = False
    councils: int = NATIONAL.councils
    commitments: int = NATIONAL.commitments
    versions: int = NATIONAL.versions
    requests: int = 11
    rounds: int = 5
    seconds: float = 1.0
    memory_seconds: float = 30.0
    scans: int = 7
    one_in: int = 20
    loads: int = 3
    loaded_councils: int = 6
    letters: int = 10_000
    letter_rounds: int = 5
    report_rounds: int = 5
    is_from_nothing: bool = False
    profile: str = ""
    is_check: bool = False
    json: Path = ROOT / "var" / "bench.json"

    @property
    def sizes(self) -> list[Size]:
        """The data sets that the parts need."""
        national = self.sized(NATIONAL, self.councils, versions=self.versions)
        tenth = self.sized(TENTH, max(1, self.councils // 10), versions=self.versions)
        if self.profile:
            return [national]
        sizes = [tenth] if "pages" in self.parts else []
        sizes += [national] if {"pages", "rates", "flags"} & set(self.parts) else []
        return [*sizes, *self.lean_sizes]

    @property
    def lean_sizes(self) -> list[Size]:
        """The two that show whether the scan is linear; the larger takes too long to make for a quick run."""
        if "flags" not in self.parts or self.is_quick:
            return []
        return [self.sized(LEAN, self.councils), self.sized(TEN_TIMES, self.councils * 10)]

    def sized(self, size: Size, councils: int, **more: int) -> Size:
        """A data set with as many as were asked for."""
        return replace(size, councils=councils, commitments=self.commitments, **more)

    def told(self) -> dict[str, Any]:
        """For the report: all but where it goes."""
        return {name: value for name, value in asdict(self).items() if name not in ("json", "is_check", "profile")}


QUICK = Options(
    is_quick=True,
    requests=2,
    rounds=2,
    seconds=0.5,
    memory_seconds=3.0,
    scans=3,
    one_in=100,
    loads=3,
    loaded_councils=2,
    letters=300,
    letter_rounds=2,
    report_rounds=2,
)


def read(arguments: list[str] | None = None) -> Options:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="./run bench", description="How fast Reform Tracker is, at national size.")
    parser.add_argument("--quick", action="store_true", help="under a minute: fewer repeats, no scan at ten times")
    parser.add_argument("--only", type=_parts, help=f"some of the parts, with commas: {', '.join(PARTS)}")
    parser.add_argument("--database", choices=NAMES, help="one of the two (both)")
    parser.add_argument("--councils", type=_number, help=f"how many hold positions ({NATIONAL.councils})")
    parser.add_argument("--commitments", type=_number, help=f"parts included ({NATIONAL.commitments})")
    parser.add_argument("--versions", type=_number, help=f"published of each position ({NATIONAL.versions})")
    parser.add_argument("--requests", type=_number, help="how often each page is asked for (11)")
    parser.add_argument("--profile", metavar="PAGE", help="where the time of one page goes; a name of the table")
    parser.add_argument("--from-nothing", action="store_true", help="also ./run in a fresh copy; needs the network")
    parser.add_argument("--json", type=Path, help="where the figures go (var/bench.json)")
    parser.add_argument("--check", action="store_true", help="exit 1 unless every target is met")
    return chosen(parser.parse_args(arguments))


def chosen(given: argparse.Namespace) -> Options:
    """The usual options, with what was given in their place."""
    usual = QUICK if given.quick else Options()
    folder = os.environ.get("VAR_DIR")
    return replace(
        usual,
        parts=given.only or usual.parts,
        databases=_databases(given, usual),
        councils=given.councils or usual.councils,
        commitments=given.commitments or usual.commitments,
        versions=given.versions or usual.versions,
        requests=given.requests or usual.requests,
        is_from_nothing=given.from_nothing,
        profile=given.profile or "",
        is_check=given.check,
        json=given.json or (Path(folder) / "bench.json" if folder else usual.json),
    )


def _databases(given: argparse.Namespace, usual: Options) -> tuple[str, ...]:
    """Both, unless one was named; one profile is enough to read."""
    if given.database:
        return (given.database,)
    return ("sqlite",) if given.profile else usual.databases


def today() -> date:
    """The civil day, without Django: the data is made for it, so that a third of the positions are due for review."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/London")).date()


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    if unknown := set(parts) - set(PARTS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not one of {', '.join(PARTS)}")
    return parts


def _number(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1")
    return int(text)
