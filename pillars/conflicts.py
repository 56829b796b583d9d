"""The list of what documents put differently: a row for each thing, with all its readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pillars.conflict_filters import ConflictFilters
from pillars.differing import differ
from pillars.listed import pillar_words
from pillars.models import Commitment, Wording
from pillars.places import places_of
from pillars.readings import Reading, Topic, topics
from pillars.rows import citation_rows, known
from reforms.base.lists import ListPage, Sort
from reforms.base.lists.twins import Row

CONFLICT_COLUMNS = ("reference", "programme", "pillar", "field", "topic", "readings", "reason")


@dataclass(frozen=True)
class Group:
    """What documents differ on in one pillar, or in a programme outside its pillars."""

    title: str
    topics: Sequence[Topic]


@dataclass(frozen=True)
class FieldCount:
    """How many things documents put differently in one way, in how many readings."""

    field: str
    label: str
    topics: int
    readings: int


class ConflictList(ListPage):
    """Each thing about a commitment that documents known by the day put differently.

    A row is known by the first of its readings.
    """

    name = "conflicts"
    template = "pillars/conflicts.html"
    filters = ConflictFilters
    columns = CONFLICT_COLUMNS
    ties = ("commitment__programme__number", "commitment__reference", "number")
    sorts = (
        Sort(
            "reference",
            ("commitment__programme__number", "commitment__reference"),
            "reference",
            "reference, last first",
        ),
        Sort("field", ("field",), "what differs", "what differs, last first"),
    )
    offered = ("reference", "field")
    size = 50

    def everything(self) -> QuerySet:
        self.sizes = differing(on=self.day)
        return Wording.objects.filter(pk__in=self.sizes)

    def arranged(self) -> list[int]:
        """The things that pass the filters, in order; all of them are counted, whatever page is shown."""
        ordered: Any = self.chosen_sort.apply(self.filterset.narrowed(), self.ties)
        self.passing: list[tuple[int, str]] = list(ordered.values_list("pk", "field"))
        return [key for key, _field in self.passing]

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [conflict_row(each, on=self.day) for each in load_topics(keys, on=self.day)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        found, is_headed = load_topics(keys, on=self.day), self.chosen_sort.sort.name == "reference"
        return {
            "nav": "sources",
            "crumbs": [("Sources", reverse("sources"))],
            "groups": by_pillar(found, on=self.day) if is_headed else [Group("", found)],
            "fields": count_fields(self.passing, self.sizes),
            "readings": sum(self.sizes[key] for key, _field in self.passing),
        }


def differing(*, on: date) -> dict[int, int]:
    """The first reading of each thing that documents differ on by the day, and how many it has: one query."""
    said = Wording.objects.known(on=on).filter(
        commitment__known_on__lte=on, commitment__merged_into=None, citations__source__known_on__lte=on
    )
    rows = said.order_by("commitment", "number").values_list("pk", "commitment", "field", "topic", "words", "citations")
    found: dict[tuple[Any, ...], dict[int, tuple[str, list[int]]]] = {}
    for key, *topic, words, place in rows:
        found.setdefault(tuple(topic), {}).setdefault(key, (words, []))[1].append(place)
    return {next(iter(readings)): len(readings) for readings in found.values() if differ(readings.values())}


def load_topics(keys: Sequence[int], *, on: date) -> list[Topic]:
    """The things known by these readings, in this order, with all their readings: three queries."""
    first = {each.pk: each for each in Wording.objects.filter(pk__in=keys)}
    about = {each.commitment_id for each in first.values()}
    joined = ("commitment__programme", "commitment__pillar")
    wordings = list(Wording.objects.filter(commitment__in=about).select_related(*joined))
    found = topics(wordings, places_of([each for each in wordings if each.known_on <= on], on=on), on=on)
    by_key = {(each.commitment.pk, each.field, each.title): each for each in found}
    in_turn = (first[key] for key in keys)
    return [by_key[each.commitment_id, each.get_field_display(), each.topic] for each in in_turn]


def by_pillar(found: Iterable[Topic], *, on: date) -> list[Group]:
    """Things that are sorted by reference, with a head for each pillar."""
    groups = groupby(found, key=lambda topic: _head(topic.commitment, on=on))
    return [Group(title, list(group)) for title, group in groups]


def _head(commitment: Commitment, *, on: date) -> str:
    title, where = commitment.programme.title, pillar_words(commitment, on=on)
    return f"{title}: {where}" if where else title


def count_fields(passing: Iterable[tuple[int, str]], sizes: dict[int, int]) -> list[FieldCount]:
    """How many of each there are, in the order of the filter; none that there are none of."""
    things: Counter[str] = Counter()
    readings: Counter[str] = Counter()
    for key, field in passing:
        things[field] += 1
        readings[field] += sizes[key]
    labels = [(value, str(label)) for value, label in Wording.Field.choices if things[value]]
    return [FieldCount(value, label, things[value], readings[value]) for value, label in labels]


def conflict_row(topic: Topic, *, on: date) -> Row:
    """One thing as data."""
    commitment = topic.commitment
    pillar = known(commitment.pillar, on=on)
    values = (
        commitment.reference,
        commitment.programme.slug,
        pillar.number if pillar else None,
        topic.readings[0].wording.field,
        topic.title,
        [_reading_row(each) for each in topic.readings],
        topic.reason,
    )
    return dict(zip(CONFLICT_COLUMNS, values, strict=True))


def _reading_row(reading: Reading) -> Row:
    wording = reading.wording
    return {"words": wording.words, "is_used": wording.is_used, "citations": citation_rows(reading.citations)}
