"""How the list of disagreements may be filtered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from pillars.filters import CHOICE, NO_NUMBER, UNNUMBERED, Choices, NumberedFacet, PlanFilters
from pillars.models import Source, Wording
from reforms.base.filters import Facet, ManyFacet, WordsFilter

TOPIC = ("commitment", "field", "topic")
"""What the readings of one thing have in common."""


def beside(*, on: date) -> QuerySet:
    """The readings of the same thing as the row's own, that among them, as known on the day."""
    return Wording.objects.known(on=on).filter(**{name: OuterRef(name) for name in TOPIC})


class ReadingsFilter(WordsFilter):
    """Things of which each word stands in one of the columns, or in a reading."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        for word in value.split():
            found = Q(Exists(beside(on=self.parent.on).filter(words__icontains=word)))
            for column in self.columns:
                found |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


class DocumentFacet(ManyFacet):
    """The documents that have a reading of it."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.filter(Exists(self._cited(beside(on=self.parent.on), slugs=value))) if value else queryset

    def pairs(self, queryset: QuerySet) -> Iterable[tuple[Any, Any]]:
        """One query: each reading with its document, beside the first reading of the same thing."""
        first = queryset.filter(**{name: OuterRef(name) for name in TOPIC}).order_by("number").values("pk")[:1]
        readings = self._cited(Wording.objects.known(on=self.parent.on).annotate(first=first).exclude(first=None))
        return readings.order_by().values_list("first", "citations__source__slug").distinct()

    def _cited(self, readings: QuerySet, slugs: Iterable[str] = ()) -> QuerySet:
        """The readings in documents that had come out; in these alone where some are named."""
        known: dict[str, Any] = {"citations__source__known_on__lte": self.parent.on}
        named = {"citations__source__slug__in": list(slugs)} if slugs else {}
        return readings.filter(**known, **named)


class ConflictFilters(PlanFilters):
    """Things that documents put differently. A pillar alone is one of the strategy."""

    q = ReadingsFilter(label="Words", columns=("commitment__reference", "commitment__title", "topic"))
    field = Facet("field", label="What differs", chip="{value}", choices=Wording.Field.choices)
    document = DocumentFacet(label="Document", hides_empty=True)
    pillar = NumberedFacet("commitment__pillar__number", label="Pillar", hides_empty=True)
    programme = Facet("commitment__programme__slug", label="Programme", hides_empty=True)

    @classmethod
    def other_rows(cls, *, on: date) -> Iterable[QuerySet]:
        """Documents."""
        sources = Source.objects.known(on=on).order_by().annotate(facet=Value("document"), **UNNUMBERED)
        yield sources.values_list(*CHOICE, "short_title", *NO_NUMBER, "published_on")

    def other_choices(self, rows: Iterable[Any]) -> dict[str, Choices]:
        """By their day."""
        found = ((day, slug, label) for facet, _number, slug, label, *_own, day in rows if facet == "document")
        return {"document": [(slug, label) for _day, slug, label in sorted(found, key=itemgetter(0, 1))]}
