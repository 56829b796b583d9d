"""What national and regional bodies say of one commitment, by stance."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from councils.models import View
from councils.shown_views import STANCES, ShownView, known_views, shown, stances_in_words
from pillars.models import Commitment
from reforms.base.addresses import address

FEW = 6
"""Views that stand open; more are folded, stance by stance."""


@dataclass(frozen=True)
class Voice:
    """One body: how many views of it there are, in words and by stance. `url` lists them."""

    name: str
    views: str
    stances: str
    url: str


@dataclass(frozen=True)
class OthersSay:
    """The views by stance, under the words of the stance; and whose they are."""

    stances: Sequence[tuple[str, Sequence[ShownView]]]
    voices: Sequence[Voice]
    url: str

    @property
    def count(self) -> int:
        return sum(len(views) for _stance, views in self.stances)

    @property
    def is_folded(self) -> bool:
        return self.count > FEW

    @property
    def words(self) -> str:
        """ "2 bodies speak of it"."""
        return "One body speaks of it" if len(self.voices) == 1 else f"{len(self.voices)} bodies speak of it"


def others_on(commitment: Commitment, ids: Collection[int], *, on: date) -> OthersSay:
    """The views that name the commitment or a part of it, all of them by their ids: four queries."""
    naming = View.about.through._default_manager.filter(commitment__in=ids)
    known = known_views(on=on).filter(pk__in=naming.values("view"))
    views = list(known.order_by("organisation__name", "organisation", "number"))
    by_body = groupby(views, key=lambda view: view.organisation)
    voices = [_voice(body.name, body.slug, list(own), commitment) for body, own in by_body]
    return OthersSay(by_stance(views, on=on), voices, _listed(commitment))


def by_stance(views: Iterable[View], *, on: date) -> list[tuple[str, list[ShownView]]]:
    """The views under the words of each stance, in the order of the stances."""
    views = list(views)
    grouped = [(stance, [view for view in views if view.stance == stance]) for stance in STANCES]
    return [(stance.label, [shown(view, on=on) for view in own]) for stance, own in grouped if own]


def _voice(name: str, slug: str, views: Sequence[View], commitment: Commitment) -> Voice:
    number = f"{len(views)} view{'' if len(views) == 1 else 's'}"
    return Voice(name, number, stances_in_words(view.stance for view in views), _listed(commitment, slug))


def _listed(commitment: Commitment, body: str = "") -> str:
    asked = [("commitment", commitment.reference), *([("organisation", body)] if body else [])]
    return f"{address('views')}?{urlencode(asked)}"
