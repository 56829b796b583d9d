"""What national and regional bodies say of one pillar, and who says how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db import connection

from councils.models import View
from councils.shown_views import STANCES, ShownView, asked_words, counted
from councils.speakers import OWN, ViewRow
from pillars.models import Pillar
from pillars.places import Places
from reforms.base.addresses import address
from reforms.base.sharing import put_together

FEW = 6
"""Views of the pillar as a whole that stand open; more are folded, stance by stance."""


@dataclass(frozen=True)
class Voice:
    """One body: how many views of it speak of the pillar, in all and by stance, each with the list of them."""

    name: str
    url: str
    count: str
    listed: str
    stances: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class OthersOnPillar:
    """`stances` has in full what is said of the pillar as a whole or of its missions; the rest is counted."""

    count: int
    voices: Sequence[Voice]
    stances: Sequence[tuple[str, Sequence[ShownView]]]

    @property
    def whole(self) -> int:
        return sum(len(views) for _stance, views in self.stances)

    @property
    def is_folded(self) -> bool:
        return self.whole > FEW


class Hearing:
    """The views that count for a pillar, before their places in documents are known."""

    def __init__(self, pillar: Pillar, rows: Sequence[ViewRow]) -> None:
        self.pillar = pillar
        self.database = connection.alias
        self.heard = list({row.id: row for row in rows}.values())
        whole = groupby((row for row in rows if row.is_whole), key=attrgetter("id"))
        self.whole = [list(own) for _id, own in whole]

    @property
    def in_full(self) -> list[View]:
        """What is said of the whole, which is shown in full and so needs its places."""
        return [self._view(own[0]) for own in self.whole]

    def shown(self, places: Places) -> OthersOnPillar:
        voices = [self._voice(list(own)) for _slug, own in groupby(self.heard, key=attrgetter("slug"))]
        by_stance: dict[str, list[ShownView]] = {stance: [] for stance in STANCES}
        for own in self.whole:
            by_stance[own[0].stance].append(self._shown(own, places))
        stances = [(View.Stance(stance).label, views) for stance, views in by_stance.items() if views]
        return OthersOnPillar(len(self.heard), voices, stances)

    def _voice(self, own: Sequence[ViewRow]) -> Voice:
        slug, counts = own[0].slug, Counter(row.stance for row in own)
        asked = f"programme={self.pillar.programme.slug}&pillar={self.pillar.number}&organisation={slug}"
        listed = f"{address('views')}?{asked}"
        stances = [(counted(counts[each], each), f"{listed}&stance={each}") for each in STANCES if counts[each]]
        count = f"{len(own)} view{'' if len(own) == 1 else 's'}"
        return Voice(own[0].body, address("organisation", slug), count, listed, stances)

    def _shown(self, own: Sequence[ViewRow], places: Places) -> ShownView:
        row, view = own[0], self._view(own[0])
        about = {row.reference: row.title or "" for row in own if row.reference}
        return ShownView(
            body=row.body,
            number=row.number,
            url=f"{address('organisation', row.slug)}#{view.anchor_name}",
            anchor=view.anchor_name,
            stance="",
            text=row.text,
            words=row.words,
            wholes=self._mission(row),
            about=[(reference, title, address("commitment", reference)) for reference, title in about.items()],
            asked=asked_words(dict.fromkeys(row.asked for row in own if row.asked), row.for_place),
            citations=places.of(view),
        )

    def _mission(self, row: ViewRow) -> list[tuple[str, str]]:
        if row.mission is None:
            return []
        return [
            (f"{row.mission_reference} {row.mission_title}", f"{self.pillar.get_absolute_url()}#mission-{row.mission}")
        ]

    def _view(self, row: ViewRow) -> View:
        return put_together(View, OWN, row[: len(OWN)], self.database)
