"""How the list of what bodies say may be filtered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value

from councils.models import View
from councils.subjects import Place, counting, places_of_views
from pillars.filters import CHOICE, NO_NUMBER, UNNUMBERED, Choices, PlanFilters
from pillars.models import Commitment, Organisation
from reforms.base.filters import Facet, FacetRows, ManyFacet, Mistakes, Values, WordsFilter

NO_PILLAR = "0"
"""The number of a whole programme and of what belongs to no one pillar, as in references: SH-0-03."""
_ALIKE = {"no_number": Value(0), **{name: value for name, value in UNNUMBERED.items() if name != "number"}}
"""A view has a number of its own, which a choice is not."""


class PlaceFacet(ManyFacet):
    """Something in the plan that views count for. All of these facets read the same places: one query."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.filter(pk__in=self._counting(value)) if value else queryset

    def _counting(self, value: list[str]) -> set[int]:
        raise NotImplementedError


class ProgrammeFacet(PlaceFacet):
    """Programmes, each counted with the pillars and missions that are chosen beside it."""

    def _counting(self, value: list[str]) -> set[int]:
        return counting(self.parent.places, programmes=value)

    def pairs(self, queryset: QuerySet) -> Iterable[tuple[Any, Any]]:
        return {(place.view, place.programme) for place in self.parent.places}

    def counted(self, rows: FacetRows, name: str) -> Sequence[Values]:
        """A number means another pillar in every programme."""
        counted = rows[name]
        for facet in self.parent.numbered:
            if wanted := self.parent.chosen.get(facet):
                counted = [_at_one_of(slugs, wanted, has) for slugs, has in zip(counted, rows[facet], strict=True)]
        return counted


class NumberFacet(PlaceFacet):
    """Pillars or missions, by their numbers in the programmes chosen."""

    def pairs(self, queryset: QuerySet) -> Iterable[tuple[Any, Any]]:
        """Each number as it is asked for, and with its programme."""
        found = set()
        for place in self.parent.places:
            number = self._number(place)
            found.add((place.view, _at(place.programme, number)))
            if place.programme in self.parent.programmes:
                found.add((place.view, number))
        return found

    def _number(self, place: Place) -> str:
        raise NotImplementedError


class PillarFacet(NumberFacet):
    def _counting(self, value: list[str]) -> set[int]:
        pillars = [None if each == NO_PILLAR else int(each) for each in value]
        return counting(self.parent.places, programmes=self.parent.programmes, pillars=pillars)

    def _number(self, place: Place) -> str:
        return NO_PILLAR if place.pillar is None else str(place.pillar)


class MissionFacet(NumberFacet):
    def _counting(self, value: list[str]) -> set[int]:
        return counting(self.parent.places, programmes=self.parent.programmes, missions=[int(each) for each in value])

    def _number(self, place: Place) -> str:
        return "" if place.mission is None else str(place.mission)


def _at_one_of(programmes: Values, numbers: Sequence[str], has: Values) -> Values:
    """The programmes in which the row has one of the numbers."""
    return tuple(each for each in programmes if any(_at(each, number) in has for number in numbers))


def _at(programme: str, number: str) -> str:
    return f"{programme} {number}"


def _named(*, on: date) -> QuerySet:
    """The commitments that a view names, as known on the day, each as a row that ties the two."""
    ties: Any = View.about.through._default_manager
    return ties.filter(view=OuterRef("pk"), commitment__known_on__lte=on, commitment__merged_into=None)


class AddressedFacet(ManyFacet):
    """Who should act."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        asked: Any = View.addressed_to.through._default_manager
        wanted = asked.filter(view=OuterRef("pk"), organisation__slug__in=value)
        return queryset.filter(Exists(wanted)) if value else queryset


class CommitmentFilter(django_filters.Filter):
    """Views of one commitment, named by its reference, and of its parts."""

    field_class = forms.CharField

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        family = Q(commitment=self.parent.named) | Q(commitment__parent=self.parent.named)
        return queryset.filter(Exists(_named(on=self.parent.on).filter(family)))


class SpokenFilter(WordsFilter):
    """Views in which each word stands, or in the title of something that they speak of."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        for word in value.split():
            found = Q(Exists(_named(on=self.parent.on).filter(commitment__title__icontains=word)))
            for column in self.columns:
                found |= Q(**{f"{column}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


class ViewFilters(PlanFilters):
    """What bodies say. A pillar or a mission alone is one of the strategy."""

    numbered = ("pillar", "mission")

    q = SpokenFilter(label="Words", columns=("text", "words"))
    commitment = CommitmentFilter(label="Commitment", help_text="For example, SH-4-04. Its parts count with it")
    stance = Facet("stance", label="Stance", chip="{value}", choices=View.Stance.choices)
    organisation = Facet("organisation__slug", label="Who says it", chip="{value}")
    for_place = Facet("for_place", label="For one place alone", chip="For {value} alone")
    pillar = PillarFacet(label="Pillar", hides_empty=True)
    mission = MissionFacet(label="Mission", hides_empty=True)
    programme = ProgrammeFacet(label="Programme", hides_empty=True)
    addressed_to = AddressedFacet("addressed_to__slug", label="Addressed to")

    @cached_property
    def places(self) -> set[Place]:
        """Where every view counts that was known by the day."""
        return places_of_views(View.objects.known(on=self.on), on=self.on)

    @cached_property
    def named(self) -> int | None:
        """The key of the commitment that is named, or of what it was merged into; nothing if nobody knew of it."""
        known = Commitment.objects.known(on=self.on).filter(reference=self.chosen.get("commitment", ""))
        found = known.values_list("pk", "merged_into").first()
        return found[1] or found[0] if found else None

    @property
    def mistakes(self) -> Mistakes:
        """A commitment that nobody knew of is refused too, beside what cannot be read."""
        found = super().mistakes
        reference = self.chosen.get("commitment")
        if not reference or self.named is not None:
            return found
        error = f"No commitment ‘{reference}’ was known by the day. Enter a reference like SH-4-04"
        return {**found, "commitment": [error]}

    def choices(self) -> dict[str, Choices]:
        """One query."""
        found = super().choices()
        return {**found, "pillar": [(NO_PILLAR, "The whole, or no one pillar"), *found["pillar"]]}

    def effective(self, without: str) -> dict[str, Any]:
        """Without a programme a number means nothing: a programme counts what has the number in it."""
        values = super().effective(without)
        dropped = self.numbered if without == "programme" else ()
        return {name: value for name, value in values.items() if name not in dropped}

    @classmethod
    def other_rows(cls, *, on: date) -> Iterator[QuerySet]:
        """Bodies that speak, bodies that are spoken to, and the parts of the country that are meant."""
        known, day = View.objects.known(on=on), Value(on, DateField())
        bodies = Organisation.objects.order_by().annotate(day=day, **UNNUMBERED)
        speaking = bodies.filter(Exists(known.filter(organisation=OuterRef("pk"))))
        asked = bodies.filter(Exists(known.filter(addressed_to=OuterRef("pk"))))
        for name, found in (("organisation", speaking), ("addressed_to", asked)):
            yield found.annotate(facet=Value(name)).values_list(*CHOICE, "name", *NO_NUMBER, "day")
        places = known.exclude(for_place="").order_by().annotate(facet=Value("for_place"), day=day, **_ALIKE)
        yield places.values_list("facet", "no_number", "for_place", "for_place", *NO_NUMBER, "day").distinct()

    def other_choices(self, rows: Iterable[Any]) -> dict[str, Choices]:
        """By name."""
        found: dict[str, set[tuple[str, str]]] = {"organisation": set(), "addressed_to": set(), "for_place": set()}
        for facet, _number, slug, label, *_rest in rows:
            if facet in found:
                found[facet].add((slug, label))
        return {name: sorted(pairs, key=lambda pair: pair[1]) for name, pairs in found.items()}
