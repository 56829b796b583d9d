"""The geometry of "the window": where a vague date lies on a scale, ready for a template to print.

Every place and width is a percentage of the drawing's width, as text with one decimal ("30.2"); the template
adds the percent sign and nothing else. A window ends where its last day ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, Self

from pillars.timing import Timing

FIRST_YEAR, LAST_YEAR = 2023, 2027
"""The years a scale spans when nothing is drawn on it."""
LEAST_WIDTH = 1.2
"""Percent, so that one day can be seen on a scale of years."""


class HasWindow(Protocol):
    """Anything with the two ends of a window: a reading, a promise, a deadline."""

    @property
    def earliest(self) -> date | None: ...
    @property
    def latest(self) -> date | None: ...


@dataclass(frozen=True)
class YearLine:
    """A line where a year begins, with its label; the line at the end of the scale has none."""

    label: str
    x: str


@dataclass(frozen=True)
class Scale:
    """The days one drawing spans, both included."""

    first: date
    last: date

    @classmethod
    def for_windows(cls, windows: Iterable[HasWindow], on: date) -> Self:
        """The whole years that windows and the day span, or 2023 to 2027 when there are no dates."""
        ends = [day for window in windows for day in (window.earliest, window.latest) if day]
        years = [day.year for day in (*ends, on)] if ends else [FIRST_YEAR, LAST_YEAR]
        return cls(date(min(years), 1, 1), date(max(years), 12, 31))

    def percent(self, day: date) -> str:
        """Where a day begins, from 0.0 to 100.0."""
        return _text(self.start_of(day))

    def start_of(self, day: date) -> float:
        """Where a day begins, in percent, held inside the scale."""
        return self._at((day - self.first).days)

    def end_of(self, day: date) -> float:
        """Where a day ends, in percent, held inside the scale."""
        return self._at((day - self.first).days + 1)

    def holds(self, day: date) -> bool:
        """Whether a day lies on the scale."""
        return self.first <= day <= self.last

    def year_lines(self) -> tuple[YearLine, ...]:
        """A line for each 1 January, and one for the end."""
        years = range(self.first.year + (self.first != date(self.first.year, 1, 1)), self.last.year + 1)
        lines = [YearLine(str(year), self.percent(date(year, 1, 1))) for year in years]
        return (*lines, YearLine("", "100.0"))

    def _at(self, days: int) -> float:
        return min(100.0, max(0.0, 100 * days / ((self.last - self.first).days + 1)))


@dataclass(frozen=True)
class Drawing:
    """One window on its scale.

    `kind` is bar, by, from, diamond or none; `state` ends the CSS class. A bar runs from `x` for `width`. The
    others have a stop (or a diamond) at `x`, empty when that is off the scale, and a line from `line_from` to
    `line_to`. `done` is where the tick stands, once met; `today` is where the day falls; `is_crossed` says
    that the day's line crosses the bar and needs a halo.
    """

    kind: str
    state: str
    x: str = ""
    width: str = ""
    line_from: str = ""
    line_to: str = ""
    done: str | None = None
    today: str | None = None
    is_crossed: bool = False


def drawing(
    earliest: date | None,
    latest: date | None,
    role: str,
    timing: Timing,
    scale: Scale,
    on: date,
    met_on: date | None = None,
    *,
    edtf: str | None = None,
    said_on: date | None = None,
    is_conditional: bool = False,
) -> Drawing:
    """How to draw a window: by its ends and its role, in the state it is in.

    Words such as "from" draw a stop and a line onwards: the EDTF string ends in "/..", or where none is given the
    role is `start`. Role `phase` draws a quiet bar. A "by" line sets out from the day the promise was made, or from
    the edge where that is not given. A conditional promise that has a window is a diamond at its known end. No
    dates, or none on this scale, is no drawing.
    """
    is_onward = role == "start" if edtf is None else edtf.endswith("/..")
    shape = _shape(_kind(earliest, latest, is_onward), earliest, latest, scale, said_on)
    if (is_conditional or timing is Timing.CONDITIONAL) and shape.kind != "none":
        shape = _diamond(shape, scale, earliest, latest)
    return replace(
        shape,
        state=_state(shape.kind, role, timing),
        done=_done(timing, met_on, scale),
        today=scale.percent(on) if scale.holds(on) else None,
        is_crossed=shape.kind == "bar" and scale.holds(on) and _is_inside(scale.start_of(on), shape),
    )


def _diamond(shape: Drawing, scale: Scale, earliest: date | None, latest: date | None) -> Drawing:
    """A conditional window has dots and a diamond in place of its line and stop, or of its bar."""
    if shape.kind == "bar" and latest:
        shape = _up_to(scale, earliest, latest)
    return replace(shape, kind="diamond")


def _state(kind: str, role: str, timing: Timing) -> str:
    if kind == "diamond":
        return Timing.CONDITIONAL.css
    return "phase" if role == "phase" else timing.css


def _done(timing: Timing, met_on: date | None, scale: Scale) -> str | None:
    is_met = timing in (Timing.MET, Timing.MET_LATE)
    return scale.percent(met_on) if is_met and met_on and scale.holds(met_on) else None


def _is_inside(x: float, bar: Drawing) -> bool:
    return float(bar.x) <= x <= float(bar.x) + float(bar.width)


def _shape(kind: str, earliest: date | None, latest: date | None, scale: Scale, said_on: date | None) -> Drawing:
    """The lines and bars of a window, before its state."""
    is_before = latest is not None and latest < scale.first and kind != "from"
    is_after = earliest is not None and earliest > scale.last
    if kind == "none" or is_before or is_after:
        return Drawing("none", "")
    if kind == "from" and earliest:
        return _onward(scale, earliest)
    if kind == "bar" and earliest and latest:
        return _bar(scale, earliest, latest)
    return _up_to(scale, said_on, latest) if latest else Drawing("none", "")


def _kind(earliest: date | None, latest: date | None, is_onward: bool) -> str:
    if earliest is None:
        return "none" if latest is None else "by"
    return "from" if latest is None or is_onward else "bar"


def _bar(scale: Scale, earliest: date, latest: date) -> Drawing:
    """A bar from the first day's start to the last day's end, moved left where it would pass the edge."""
    start, end = round(scale.start_of(earliest), 1), round(scale.end_of(latest), 1)
    width = max(LEAST_WIDTH, end - start)
    return Drawing("bar", "", x=_text(min(start, 100 - width)), width=_text(width))


def _onward(scale: Scale, earliest: date) -> Drawing:
    """A stop on the first day and a dashed line onwards."""
    x = scale.percent(earliest)
    return Drawing("from", "", x=x if earliest >= scale.first else "", line_from=x, line_to="100.0")


def _up_to(scale: Scale, begin: date | None, latest: date) -> Drawing:
    """A dashed line up to a stop at the end of the last day."""
    line_from = scale.percent(begin) if begin and begin <= latest else "0.0"
    x = _text(scale.end_of(latest))
    return Drawing("by", "", x=x if latest <= scale.last else "", line_from=line_from, line_to=x)


def _text(x: float) -> str:
    return f"{x:.1f}"
