"""Every date of the plan under one another: phases and milestones, then promises by where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from consultations.models import Consultation
from consultations.rows import without_later_moments
from pillars.drawing import Drawing, Scale, drawing
from pillars.ledger import Entry, entries, every
from pillars.models import Citation, Commitment, Programme
from pillars.outcomes import Outcome
from pillars.state_words import state_words
from pillars.timing import Timing, window_answer
from reforms.base.as_at import AsAt
from reforms.base.clock import civil_day
from reforms.base.formatting import window_in_words
from reforms.pages.schedule import points_of

PAST, MET, OPEN, CONDITIONAL = "Past its window, nothing reported", "Met", "Open now", "Conditional"
PAST_REPORTED = "Past its window, something reported"
FIXED_HEADS = {
    Timing.PASSED: PAST,
    Timing.MET: MET,
    Timing.MET_LATE: MET,
    Timing.OPEN: OPEN,
    Timing.CLOSING: OPEN,
    Timing.CONDITIONAL: CONDITIONAL,
}


@dataclass
class Promise:
    """A commitment, or a part of one, with dates of its own."""

    entry: Entry
    is_milestone: bool = False
    drawings: list[Drawing] = field(default_factory=list)

    title = property(lambda self: self.entry.title)
    url = property(lambda self: self.entry.url)
    words = property(lambda self: self.entry.words)
    means = property(lambda self: self.entry.means)
    state = property(lambda self: self.entry.state)
    timing = property(lambda self: self.entry.timing)
    citations = property(lambda self: self.entry.citations)
    windows = property(lambda self: self.entry.deadlines)
    differs = property(lambda self: "date" in self.entry.differing)

    @property
    def earliest(self) -> date | None:
        return self.entry.deciding.earliest if self.entry.deciding else None

    @property
    def latest(self) -> date | None:
        return self.entry.deciding.latest if self.entry.deciding else None

    @property
    def note(self) -> str:
        mark = "Milestone" if self.is_milestone else ""
        return ", ".join(text for text in (mark, self.entry.reference, self.words, self.state) if text)

    def draw(self, scale: Scale, *, on: date) -> None:
        self.entry.drawings = []
        own, self.entry.parts = self.entry.parts, []
        self.entry.draw(scale, on=on)
        self.drawings, self.entry.parts = self.entry.drawings, own


@dataclass(frozen=True)
class Span:
    """Two days with neither missing."""

    earliest: date | None
    latest: date | None


@dataclass
class Asking:
    """A consultation that is open, or promised for a window."""

    consultation: Consultation
    window: Span
    timing: Timing
    state: str
    words: str
    drawings: list[Drawing] = field(default_factory=list)

    title = property(lambda self: self.consultation.title)
    url = property(lambda self: self.consultation.get_absolute_url())
    earliest = property(lambda self: self.window.earliest)
    latest = property(lambda self: self.window.latest)

    @property
    def citations(self) -> list[Citation]:
        return list(self.consultation.citations.all())

    @property
    def means(self) -> str:
        return window_in_words(self.earliest, self.latest) if self.earliest or self.latest else ""

    @property
    def windows(self) -> list[Span]:
        return [self.window]

    @property
    def note(self) -> str:
        return ", ".join(text for text in ("Consultation", self.words or self.means, self.state) if text)

    def draw(self, scale: Scale, *, on: date) -> None:
        self.drawings = [drawing(self.earliest, self.latest, "due", self.timing, scale, on)]


@dataclass(frozen=True)
class Group:
    """The rows under one head."""

    title: str
    rows: Sequence[Any]


@dataclass(frozen=True)
class Timeline:
    """The groups on one scale, and how many promises have no date and are not drawn."""

    on: date
    scale: Scale
    groups: list[Group]
    undated: int

    @property
    def today(self) -> str | None:
        return self.scale.percent(self.on) if self.scale.holds(self.on) else None

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def timeline(
    programmes: QuerySet[Programme], commitments: QuerySet[Commitment], *, as_at: AsAt, is_whole: bool
) -> Timeline:
    """Every date of the commitments; with `is_whole`, those of the programmes themselves too."""
    on = as_at.day
    found = every(entries(commitments, on=on))
    points = points_of(programmes, on=on)
    marked = {point.commitment_id for point in points}
    promises = [Promise(entry, entry.commitment.pk in marked) for entry in found if entry.deadlines]
    askings = _askings(programmes, commitments, as_at=as_at)
    points = [point for point in points if is_whole and point.commitment_id is None]
    rows: list[Any] = [*promises, *askings, *points]
    scale = Scale.for_windows([window for row in rows for window in row.windows], on)
    for row in rows:
        row.draw(scale, on=on)
    head = [Group("Phases and milestones", points)] if points else []
    undated = sum(1 for entry in found if entry.timing is Timing.NO_DATE and not entry.parts)
    return Timeline(on, scale, [*head, *_grouped([*promises, *askings], on=on)], undated)


def _askings(programmes: QuerySet[Programme], commitments: QuerySet[Commitment], *, as_at: AsAt) -> list[Asking]:
    """Consultations that ask about the commitments; those that a commitment only promises stand as promises."""
    known = Consultation.objects.known(on=as_at.day).with_citations(on=as_at.day)
    about = known.filter(programme__in=programmes) | known.filter(about__in=commitments)
    found = [without_later_moments(each, as_at=as_at) for each in about.distinct()]
    return [_asking(each, on=as_at.day) for each in found if each.closes_at]


def _asking(consultation: Consultation, *, on: date) -> Asking:
    opens, closes = consultation.opens_at, consultation.closes_at
    window = Span(civil_day(opens) if opens else None, civil_day(closes) if closes else None)
    is_over = window.latest is not None and window.latest < on
    answer = window_answer(window.earliest, window.latest, on=on, met_on=window.latest if is_over else None)
    state = "Closed" if is_over else state_words(answer)
    return Asking(consultation, window, answer.timing, state, "")


def _grouped(rows: Sequence[Promise | Asking], *, on: date) -> list[Group]:
    """Past, met, open, then ahead year by year, each in order of time."""
    groups: dict[str, list[Promise | Asking]] = {}
    for row in sorted(rows, key=_in_time):
        groups.setdefault(_head(row), []).append(row)
    return [Group(title, groups[title]) for title in sorted(groups, key=_order_of_heads)]


def _head(row: Promise | Asking) -> str:
    if isinstance(row, Asking) and row.state == "Closed":
        return "Closed"
    if isinstance(row, Promise) and row.entry.outcome is Outcome.PASSED_REPORTED:
        return PAST_REPORTED
    if row.timing in FIXED_HEADS:
        return FIXED_HEADS[row.timing]
    end = row.latest or row.earliest
    return f"Ahead, {end.year}" if end else "No date given"


def _order_of_heads(title: str) -> tuple[int, str]:
    first = (PAST, PAST_REPORTED, OPEN)
    if title in first:
        return (first.index(title), "")
    return (2, title) if title.startswith("Ahead") else (3, title)


def _in_time(row: Promise | Asking) -> tuple[date, date, str]:
    ends: Iterable[date] = [day for day in (row.latest, row.earliest) if day]
    last, first = (max(ends), min(ends)) if ends else (date.max, date.max)
    return (last, first, row.title)
