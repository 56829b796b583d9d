"""What the bench found, for people and for machines."""

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.measure import Measure

LIMIT = 60
"""Milliseconds of processor time that no page should need with the data of the fixtures."""


@dataclass(frozen=True)
class Loading:
    """What it took to fill an empty database, and to load the same again."""

    seconds: float
    again_seconds: float
    records: int

    @property
    def records_a_second(self) -> float:
        return self.records / self.seconds


@dataclass(frozen=True)
class Report:
    """`grown` are the same pages with `times` the data; empty where that was not asked for."""

    start_seconds: float
    loading: Loading
    counts: dict[str, int]
    pages: Sequence[Measure]
    times: int
    grown_counts: dict[str, int]
    grown: Sequence[Measure]

    def lines(self) -> Iterator[str]:
        """The terminal's report: ratios first, since they compare between machines."""
        yield self.heading()
        for page, big in self.pairs():
            yield row(page, big)
        yield ""
        yield f"×: times the processor time of /livez, which asks nothing. >: over {LIMIT} ms."
        yield f"Now: {said(self.counts)}."
        if self.grown:
            yield f"With ×{self.times}: {said(self.grown_counts)}."
        yield (
            f"load_reforms: {self.loading.seconds:.2f} s, {self.loading.records_a_second:.0f} records a second; "
            f"again, with nothing to do: {self.loading.again_seconds:.2f} s. Start: {self.start_seconds:.2f} s."
        )

    def heading(self) -> str:
        grown = f"{f'with ×{self.times}':>12} {'ms':>7} {'queries':>8} {'kB':>6} {'growth':>7}" if self.grown else ""
        return f"{'page':<16} {'×':>6} {'ms':>7} {'queries':>8} {'kB':>6} {grown}"

    def pairs(self) -> Iterator[tuple[Measure, Measure | None]]:
        """Each page with its grown self, the slowest first."""
        grown = {measure.id: measure for measure in self.grown}
        for page in sorted(self.pages, key=lambda measure: -measure.ratio):
            yield page, grown.get(page.id)

    def write(self, path: Path) -> None:
        """The same, as JSON."""
        machine = {"python": platform.python_version(), "system": platform.platform()}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"machine": machine, **asdict(self)}, indent=2) + "\n", encoding="utf-8")


def row(page: Measure, big: Measure | None) -> str:
    """One page in figures, and beside them those of its grown self."""
    mark = ">" if page.milliseconds > LIMIT else " "
    own = f"{page.ratio:>6.0f} {mark}{page.milliseconds:>6.1f} {page.queries:>8} {page.kilobytes:>6.0f}"
    if big is None:
        return f"{page.id:<16} {own}"
    growth = f"×{big.milliseconds / page.milliseconds:.1f}"
    queries = f"{big.queries}{'!' if big.queries != page.queries else ''}"
    grown = f"{big.ratio:>12.0f} {big.milliseconds:>7.1f} {queries:>8} {big.kilobytes:>6.0f} {growth:>7}"
    return f"{page.id:<16} {own} {grown}"


def said(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())
