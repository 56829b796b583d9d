"""What one national or regional body says, by what it speaks of and by stance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from consultations.carried import STANCES, Carried, carried
from councils.models import View
from pillars.models import Pillar, Programme

Home = Pillar | Programme


@dataclass(frozen=True)
class Said(Carried):
    """One view on the page of its body, where it has a place of its own."""

    anchor: str
    words: str


@dataclass(frozen=True)
class Subject:
    """What is said of one pillar, or of a programme as a whole, by stance."""

    title: str
    url: str
    stances: Sequence[tuple[str, Sequence[Said]]]

    @property
    def count(self) -> int:
        return sum(len(said) for _label, said in self.stances)


def subjects(views: Iterable[View], *, on: date) -> list[Subject]:
    """The views by pillar, in the order of the plan: what is said of a whole programme comes first."""
    pillars = {each.pk: each for each in Pillar.objects.known(on=on).select_related("programme")}
    programmes = {each.pk: each for each in Programme.objects.known(on=on)}
    placed = [(_home(view, pillars, programmes), view) for view in views]
    ordered = sorted(placed, key=lambda pair: (_order(pair[0]), STANCES.index(View.Stance(pair[1].stance))))
    groups = groupby(ordered, key=lambda pair: pair[0])
    return [_subject(home, [view for _, view in group], on=on) for home, group in groups]


def _home(view: View, pillars: Mapping[int, Pillar], programmes: Mapping[int, Programme]) -> Home | None:
    """Where a view belongs: the whole that it names, else the place of the first thing it speaks of."""
    if view.pillar_id:
        return pillars.get(view.pillar_id)
    if view.mission:
        return pillars.get(view.mission.pillar_id or 0) or programmes.get(view.mission.programme_id)
    if view.programme_id:
        return programmes.get(view.programme_id)
    about = sorted(view.known_about, key=lambda each: _order(programmes.get(each.programme_id)))  # type: ignore[attr-defined]
    return next((pillars.get(each.pillar_id or 0) or programmes.get(each.programme_id) for each in about), None)


def _order(home: Home | None) -> tuple[int, int]:
    """A programme before its pillars; what has no place known by the day comes last."""
    if home is None:
        return (1_000_000, 0)
    return (home.programme.number, home.number) if isinstance(home, Pillar) else (home.number, 0)


def _subject(home: Home | None, views: Sequence[View], *, on: date) -> Subject:
    by_stance = groupby(views, key=lambda view: view.get_stance_display())
    stances = [(label, [_said(view, on=on) for view in group]) for label, group in by_stance]
    title = str(home) if isinstance(home, Pillar) else f"{home.title} as a whole" if home else "Other"
    return Subject(title, home.get_absolute_url() if home else "", stances)


def _said(view: View, *, on: date) -> Said:
    shown = carried(view, on=on)
    return Said(**vars(shown), anchor=view.anchor_name, words=view.words)
