"""Phases and milestones on one scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from django.db.models import Prefetch, QuerySet

from pillars.dating import first_date, reported_on
from pillars.drawing import Drawing, Scale, drawing
from pillars.ledger import last_of, met_on, report_words
from pillars.models import Citation, Deadline, FuzzyWindow, Milestone, Phase, Programme, ProgressUpdate
from pillars.state_words import state_words
from pillars.timing import Answer, Timing, window_answer
from reforms.base.formatting import date_in_words, window_in_words


@dataclass
class Point:
    """A phase or a milestone: its words, the window they mean, its state and its drawing."""

    fact: Phase | Milestone
    window: FuzzyWindow
    answer: Answer
    met_on: date | None
    report: ProgressUpdate | None = None
    """What was last reported of the commitment that dates a milestone."""
    drawings: list[Drawing] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.fact.title

    @property
    def citations(self) -> list[Citation]:
        return list(self.fact.citations.all())

    @property
    def url(self) -> str:
        """A milestone that a commitment dates leads to the commitment."""
        dated_by = getattr(self.fact, "commitment", None)
        return dated_by.get_absolute_url() if dated_by else ""

    @property
    def note(self) -> str:
        """The published words, the window they mean and the state."""
        return ", ".join(text for text in (self.words, self.means, self.state) if text)

    @property
    def commitment_id(self) -> int | None:
        """The commitment that dates a milestone; None where it has words of its own."""
        return getattr(self.fact, "commitment_id", None)

    @property
    def is_phase(self) -> bool:
        return isinstance(self.fact, Phase)

    @property
    def timing(self) -> Timing:
        return self.answer.timing

    @property
    def means(self) -> str:
        return window_in_words(self.window.earliest, self.window.latest, role=self.window.role)

    @property
    def state(self) -> str:
        if self.is_phase:
            return ""
        if self.met_on and not self.commitment_id:
            # Nobody promised it, so nobody kept or missed it.
            is_one_day = self.window.earliest == self.window.latest
            return f"Took place {date_in_words(self.met_on)}" if is_one_day else "Took place"
        return state_words(self.answer, met_on=self.met_on, reported=report_words(self.report))

    @property
    def windows(self) -> list[FuzzyWindow]:
        return [self.window]

    @property
    def words(self) -> str:
        return f"“{self.window.words}”" if self.window.words else ""

    def draw(self, scale: Scale, *, on: date) -> None:
        """Place its window on a scale."""
        window, role = self.window, "phase" if self.is_phase else self.window.role
        timing, edtf = self.answer.timing, window.edtf
        self.drawings = [drawing(window.earliest, window.latest, role, timing, scale, on, self.met_on, edtf=edtf)]


@dataclass(frozen=True)
class Schedule:
    """Every phase and milestone, on one scale, as the timeline component shows them."""

    on: date
    scale: Scale
    phases: list[Point]
    milestones: list[Point]

    @property
    def today(self) -> str:
        return self.scale.percent(self.on)

    @property
    def groups(self) -> list[dict[str, object]]:
        named = (("Phases", self.phases), ("Milestones", self.milestones))
        return [{"title": title, "rows": points} for title, points in named if points]


def schedule(programmes: QuerySet[Programme], *, on: date, most: int | None = None) -> Schedule:
    """The phases and milestones of the programmes, in order of time: a fixed number of queries.

    With `most`, only so many milestones, those first whose window has not passed.
    """
    points = points_of(programmes, on=on)
    phases = [point for point in points if point.is_phase]
    milestones = [point for point in points if not point.is_phase]
    if most is not None:
        milestones = [point for point in milestones if point.timing is not Timing.PASSED][:most]
    points = [*phases, *milestones]
    scale = Scale.for_windows([point.window for point in points], on)
    for point in points:
        point.draw(scale, on=on)
    return Schedule(on, scale, phases, milestones)


def points_of(programmes: QuerySet[Programme], *, on: date) -> list[Point]:
    """The phases, then the milestones in order of time: a fixed number of queries. None is drawn yet."""
    phases = [_phase(each, on=on) for each in _phases(programmes, on=on)]
    milestones = [point for each in _milestones(programmes, on=on) if (point := _milestone(each, on=on))]
    return [*phases, *sorted(milestones, key=_in_time)]


def _phases(programmes: QuerySet[Programme], *, on: date) -> Iterable[Phase]:
    return Phase.objects.known(on=on).filter(programme__in=programmes).with_citations(on=on)


def _milestones(programmes: QuerySet[Programme], *, on: date) -> Iterable[Milestone]:
    promised = Deadline.objects.known(on=on).filter(commitment__known_on__lte=on)
    deadlines = Prefetch("commitment__deadlines", promised)
    updates = Prefetch("commitment__progress_updates", ProgressUpdate.objects.known(on=on))
    known = Milestone.objects.known(on=on).filter(programme__in=programmes)
    return known.select_related("commitment").prefetch_related(deadlines, updates).with_citations(on=on)


def _phase(phase: Phase, *, on: date) -> Point:
    return Point(phase, phase, window_answer(phase.earliest, phase.latest, on=on), None)


def _milestone(milestone: Milestone, *, on: date) -> Point | None:
    """None while the commitment that dates it, or its date, is not known on the day."""
    if milestone.commitment is None:
        day = reported_on(milestone)
        return Point(milestone, milestone, window_answer(milestone.earliest, milestone.latest, on=on, met_on=day), day)
    deadline = first_date(milestone.commitment.deadlines.all(), on=on, keys=attrgetter("pk", "replaces_id"))
    if deadline is None:
        return None
    updates = milestone.commitment.progress_updates.all()
    met = met_on(updates, deadline)
    answer = window_answer(deadline.earliest, deadline.latest, on=on, met_on=met)
    return Point(milestone, deadline, answer, met, last_of(updates))


def _in_time(point: Point) -> tuple[date, date]:
    ends = [day for day in (point.window.latest, point.window.earliest) if day]
    return (ends[0], ends[-1]) if ends else (date.max, date.max)
