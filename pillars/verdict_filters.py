"""How the list of answers to recommendations may be filtered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from pillars.filters import USUAL_PROGRAMME, Choices, NumberedFacet, PlanFilters
from pillars.models import Pillar, Verdict
from reforms.base.filters import Facet, ManyFacet, WordsFilter

REVIEW = "independent-review"
NO_AREA = "0"
"""The number of what belongs to no one area, as in its references: IR-0-01."""
OUTSIDE, NOWHERE = "outside", "none"
"""Carried by the strategy outside its pillars; carried by nothing."""


class Checkbox(forms.CheckboxInput):
    """A single box whose value is read as it was given: Django's own takes any value for a tick."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name)

    def format_value(self, value: Any) -> None:
        """A browser sends “on”."""


class BoxField(forms.CharField):
    """A single box: on, or left out."""

    widget = Checkbox

    def to_python(self, value: Any) -> str:
        words = super().to_python(value)
        if words not in ("", "on"):
            raise ValidationError("Give “on”, or leave this out")
        return words


class PartsFilter(django_filters.Filter):
    """Whether parts are listed too: the list leaves them out of what it starts from."""

    field_class = BoxField

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset


class CarriedFacet(ManyFacet):
    """The pillars of the strategy in which an answer lives on, or that nothing carries it."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        if not value:
            return queryset
        wanted = Q(Exists(self._carrying().filter(self._placed(value)).filter(verdict=OuterRef("pk"))))
        if NOWHERE in value:
            wanted |= ~Q(Exists(self._carrying().filter(verdict=OuterRef("pk"))))
        return queryset.filter(wanted)

    def pairs(self, queryset: QuerySet) -> Iterable[tuple[Any, Any]]:
        names = ("programme__slug", "pillar__number", "known_on", "merged_into")
        found: dict[int, set[str]] = {}
        for key, *carrier in queryset.order_by().values_list("pk", *(f"carried_by__{name}" for name in names)):
            found.setdefault(key, set()).update(_places(*carrier, on=self.parent.on))
        return [(key, place) for key, places in found.items() for place in places or {NOWHERE}]

    def _carrying(self) -> QuerySet:
        through: Any = Verdict.carried_by.through
        return through.objects.filter(commitment__known_on__lte=self.parent.on, commitment__merged_into=None)

    @staticmethod
    def _placed(value: Iterable[str]) -> Q:
        numbers = [int(each) for each in value if each not in (OUTSIDE, NOWHERE)]
        placed = Q(commitment__pillar__number__in=numbers)
        if OUTSIDE in value:
            placed |= Q(commitment__pillar=None)
        return placed & Q(commitment__programme__slug=USUAL_PROGRAMME)


def _places(slug: str | None, number: int | None, known_on: date | None, merged_into: int | None, *, on: date) -> set:
    """The value under which one commitment that carries an answer is counted; an empty one is no value."""
    if known_on is None or known_on > on or merged_into:
        return set()
    if slug != USUAL_PROGRAMME:
        return {ELSEWHERE}
    return {OUTSIDE if number is None else str(number)}


ELSEWHERE = ""
"""Carried by another programme than the strategy: somewhere, and so under no value of the filter."""


class VerdictFilters(PlanFilters):
    """Answers. A pillar alone is an area of the Review: it asked nearly all that is answered."""

    usual = REVIEW

    q = WordsFilter(
        label="Words",
        columns=("recommendation__reference", "recommendation__title", "recommendation__summary", "words", "reason"),
    )
    parts = PartsFilter(label="List parts too")
    verdict = Facet("verdict", label="Answer", chip="{value}", choices=Verdict.Answer.choices)
    basis = Facet("basis", label="Basis", choices=Verdict.Basis.choices)
    pillar = NumberedFacet("area", label="Area")
    carried = CarriedFacet(label="Carried by", hides_empty=True)
    programme = Facet("recommendation__programme__slug", label="Asked by", hides_empty=True)
    by = Facet("programme__slug", label="Answered by", hides_empty=True)

    def choices(self) -> dict[str, Choices]:
        """Two queries."""
        found = super().choices()
        if found["pillar"]:
            found["pillar"] = [(NO_AREA, "No one area"), *found["pillar"]]
        return {**found, "by": found["programme"], "carried": self._carriers()}

    def _carriers(self) -> Choices:
        pillars = Pillar.objects.known(on=self.on).filter(programme__slug=USUAL_PROGRAMME).order_by("number")
        numbered = [(str(number), f"{number}. {title}") for number, title in pillars.values_list("number", "title")]
        return [*numbered, (OUTSIDE, "No one pillar"), (NOWHERE, "No commitment")]
