"""What one national or regional body says, by what it speaks of and by stance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from councils.models import View
from councils.shown_views import STANCES, ShownView, count_stances, shown
from pillars.filters import USUAL_PROGRAMME
from pillars.models import Pillar, Programme
from reforms.base.addresses import address

Home = Pillar | Programme


@dataclass(frozen=True)
class Subject:
    """What is said of one pillar, or of a programme as a whole, by stance."""

    title: str
    url: str
    stances: Sequence[tuple[str, Sequence[ShownView]]]

    @property
    def count(self) -> int:
        return sum(len(said) for _label, said in self.stances)


@dataclass(frozen=True)
class ForPlace:
    """What is said for one part of the country alone, with the list of it."""

    name: str
    count: int
    stances: str
    url: str


def for_places(views: Sequence[View]) -> list[ForPlace]:
    """The parts of the country that one body speaks for, by name."""
    names = sorted({view.for_place for view in views if view.for_place})
    own = {name: [view for view in views if view.for_place == name] for name in names}
    return [ForPlace(name, len(own[name]), count_stances(own[name]), _listed(own[name][0], name)) for name in names]


def _listed(view: View, place: str) -> str:
    return f"{address('views')}?{urlencode({'organisation': view.organisation.slug, 'for_place': place})}"


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
    stances = [(label, [shown(view, on=on) for view in group]) for label, group in by_stance]
    return Subject(_title(home), home.get_absolute_url() if home else "", stances)


def _title(home: Home | None) -> str:
    """The pillars of the strategy go without its name: an area of the Review may be called the same."""
    if home is None:
        return "Other"
    if not isinstance(home, Pillar):
        return f"{home.title} as a whole"
    return str(home) if home.programme.slug == USUAL_PROGRAMME else f"{home.programme.title}: {home}"
