"""What views count for: one rule for the filters of their list, for the matrix of bodies and for pages.

A view counts for a programme, a pillar or a mission that it names as a whole, and for those of every commitment that
it names; so it may count for several.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, IntegerField, QuerySet, Value

from councils.models import View


class Place(NamedTuple):
    """Something in the plan that a view speaks of. Without a pillar: a programme as a whole, or outside any pillar."""

    view: int
    programme: str
    pillar: int | None
    mission: int | None


NO_PILLAR = (Value(None, IntegerField()), Value(None, DateField()))
NO_MISSION = NO_PILLAR
MISSION = ("mission__pillar__number", "mission__pillar__known_on", "mission__number", "mission__known_on")
ABOUT = (
    "view",
    "commitment__programme__slug",
    "commitment__pillar__number",
    "commitment__pillar__known_on",
    "commitment__mission__number",
    "commitment__mission__known_on",
)


def places_of_views(views: QuerySet[View], *, on: date) -> set[Place]:
    """Where each of the views counts, as known on the day. One query."""
    views = views.order_by()
    named: Any = View.about.through._default_manager
    about = named.filter(view__in=views, commitment__known_on__lte=on, commitment__merged_into=None)
    programmes = views.filter(programme__known_on__lte=on)
    pillars = views.filter(pillar__known_on__lte=on)
    missions = views.filter(mission__known_on__lte=on)
    # What has every column comes first: a database takes the kind of each column from there.
    rows = about.values_list(*ABOUT).union(
        programmes.values_list("pk", "programme__slug", *NO_PILLAR, *NO_MISSION),
        pillars.values_list("pk", "pillar__programme__slug", "pillar__number", "pillar__known_on", *NO_MISSION),
        missions.values_list("pk", "mission__programme__slug", *MISSION),
        all=True,
    )
    return {_place(*row, on=on) for row in rows}


def _place(
    view: int,
    programme: str,
    pillar: int | None,
    pillar_known_on: date | None,
    mission: int | None,
    mission_known_on: date | None,
    *,
    on: date,
) -> Place:
    return Place(view, programme, _known(pillar, pillar_known_on, on), _known(mission, mission_known_on, on))


def _known(number: int | None, known_on: date | None, on: date) -> int | None:
    return number if known_on is not None and known_on <= on else None


def counting(
    places: Iterable[Place],
    *,
    programmes: Collection[str],
    pillars: Collection[int | None] = (),
    missions: Collection[int] = (),
) -> set[int]:
    """The views that count for one of the programmes, and there for one of the pillars or missions where any are named.

    None among the pillars stands for no pillar.
    """
    return {
        place.view
        for place in places
        if place.programme in programmes
        and (not pillars or place.pillar in pillars)
        and (not missions or place.mission in missions)
    }
