"""How lists of the plan may be filtered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Value

from pillars.models import Commitment, FundingLine, Organisation, Programme, ProgressUpdate, Source
from pillars.outcomes import Reported
from pillars.querysets import NO_PILLAR, PART, WHOLE
from pillars.timing import LABELS, Timing
from reforms.base.filters import (
    DayFilter,
    Facet,
    FacetRows,
    ManyFacet,
    StrictFilterSet,
    StrictForm,
    Values,
    WordsFilter,
)
from reforms.base.prepared import Question

USUAL_PROGRAMME = "stable-homes"
"""What a pillar's number means when no programme is named."""
TIMINGS = (
    Timing.CLOSING,
    Timing.OPEN,
    Timing.PASSED,
    Timing.AHEAD,
    Timing.MET,
    Timing.MET_LATE,
    Timing.CONDITIONAL,
    Timing.NO_DATE,
)
"""In the order of the filter: what is pressing first."""
TIMING_WORDS = {**LABELS, Timing.PASSED: "Window passed"}
"""What has passed is of two sorts, which `reported` tells apart."""

CHOICE = ("facet", "number", "slug")
NO_NUMBER = ("number_of_its_own", "title_of_its_own")
UNNUMBERED = {"number": Value(0), "number_of_its_own": Value(0), "title_of_its_own": Value("")}
"""Rows of bodies and documents have no numbers: they stand in a union with rows that do."""

Choices = list[tuple[str, str]]


class NumberedFacet(Facet):
    """Pillars or missions by number, counted in the programmes chosen alone: several programmes have the number."""

    def counted(self, rows: FacetRows, name: str) -> Sequence[Values]:
        meant = set(self.parent.programmes)
        return [
            () if meant.isdisjoint(programmes) else values
            for values, programmes in zip(rows[name], rows["programme"], strict=True)
        ]


class SourceFacet(ManyFacet):
    """The documents that a commitment rests on."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.citing(value, on=self.parent.on) if value else queryset  # type: ignore[attr-defined]

    def pairs(self, queryset: QuerySet) -> Iterable[tuple[Any, Any]]:
        return super().pairs(queryset.filter(citations__source__known_on__lte=self.parent.on))


class DueFilter(DayFilter):
    """One end of a span of days. The filter set asks for both together: one deadline has to lie between them."""

    def filter(self, queryset: QuerySet, value: date | None) -> QuerySet:
        return queryset


class CommitmentForm(StrictForm):
    """Refuses a span that ends before it begins."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("due_from"), cleaned.get("due_to")
        if first and last and last < first:
            self.add_error("due_to", ValidationError("Due to must be the same day as due from, or later"))
        return cleaned


class PlanFilters(StrictFilterSet):
    """Without a programme a list covers all, except that a pillar or a mission alone means the usual one."""

    numbered: tuple[str, ...] = ("pillar",)
    """The filters whose values are numbers that several programmes have; a programme has one or more of each."""
    usual = USUAL_PROGRAMME
    """What a number means when no programme is named."""
    asked: Question
    """What all choices are made of: the same for everybody on a day."""

    class Meta:
        form = StrictForm

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.asked = Question(cls._choice_rows)

    def choices(self) -> dict[str, Choices]:
        """One query."""
        rows = self.asked.rows(on=self.on)
        titles = {(number, slug): title for name, number, slug, title, *_numbered in rows if name in self.numbered}
        self.programme_titles = {slug: titles[number, slug] for number, slug in sorted(titles)}
        numbered = {name: self._numbered_choices(row[2:] for row in rows if row[0] == name) for name in self.numbered}
        return {"programme": list(self.programme_titles.items()), **numbered, **self.other_choices(rows)}

    @classmethod
    def _choice_rows(cls, on: date) -> QuerySet[Any, Any]:
        first, *others = (*cls._numbered_rows(on=on), *cls.other_rows(on=on))
        return first.union(*others, all=True) if others else first

    @classmethod
    def _numbered_rows(cls, *, on: date) -> Iterator[QuerySet]:
        """Every programme, at least once for each numbered filter: a programme may have none of them."""
        known = Programme.objects.known(on=on).order_by()
        for name in cls.numbered:
            yield known.annotate(facet=Value(name)).values_list(
                "facet", "number", "slug", "title", f"{name}s__number", f"{name}s__title", f"{name}s__known_on"
            )

    @classmethod
    def other_rows(cls, *, on: date) -> Iterable[QuerySet]:
        """What else the choices of a list are made of, in rows of the same columns: asked for together."""
        return ()

    def other_choices(self, rows: Iterable[Any]) -> dict[str, Choices]:
        """The choices of the facets that `other_rows` are for, which stand among the rows."""
        return {}

    @property
    def programmes(self) -> list[str]:
        """The programmes whose pillars the numbers mean."""
        return [slug for slug in self.data.getlist("programme") if slug in self.programme_titles] or [self.usual]

    def _numbered_choices(self, rows: Iterable[tuple[str, str, int | None, str, date]]) -> Choices:
        """Those of the programmes that the numbers mean."""
        titles: dict[int, set[str]] = {}
        for programme, _programme_title, number, title, known_on in rows:
            if number is not None and known_on <= self.on and programme in self.programmes:
                titles.setdefault(number, set()).add(title)
        return [(str(number), _numbered_label(str(number), titles[number])) for number in sorted(titles)]

    def effective(self, without: str) -> dict[str, Any]:
        values = super().effective(without)
        if values.keys() & set(self.numbered) and without != "programme":
            values.setdefault("programme", [self.usual])
        return values


def _numbered_label(number: str, titles: set[str]) -> str:
    """ "4. A loving home"; the number alone where programmes call it by different names."""
    return f"{number}. {titles.copy().pop()}" if len(titles) == 1 else f"Number {number}"


class CommitmentFilters(PlanFilters):
    numbered = ("pillar", "mission")

    q = WordsFilter(label="Words", columns=("reference", "title", "summary"))
    timing = Facet("timing", label="Timing", chip="{value}", choices=[(each, TIMING_WORDS[each]) for each in TIMINGS])
    reported = Facet(
        "reported",
        label="Reports",
        chip="{value}",
        choices=[(Reported.SOMETHING, "Something reported"), (Reported.NOTHING, "Nothing reported")],
    )
    level = Facet(
        "level",
        label="Wholes and parts",
        chip="{value}",
        choices=[(WHOLE, "Whole commitments"), (PART, "Parts of a commitment")],
    )
    programme = Facet("programme__slug", label="Programme")
    pillar = NumberedFacet("area", label="Pillar")
    mission = NumberedFacet("mission__number", label="Mission", hides_empty=True)
    kind = Facet("kind", label="Kind", choices=Commitment.Kind.choices)
    strength = Facet("strength", label="Strength", choices=Commitment.Strength.choices)
    progress = Facet("progress", label="Progress reported", choices=ProgressUpdate.Status.choices)
    lead = Facet("lead__slug", label="Lead", hides_empty=True)
    source = SourceFacet("citations__source__slug", label="Source", hides_empty=True)
    due_from = DueFilter(label="Due from", help_text="For example, 2023-04-21")
    due_to = DueFilter(label="Due to", help_text="For example, 2023-12-31")

    class Meta:
        model = Commitment
        fields: tuple[str, ...] = ()
        form = CommitmentForm

    def choices(self) -> dict[str, Choices]:
        """One query. Where there are pillars, some commitments may belong to none."""
        found = super().choices()
        if found["pillar"]:
            found["pillar"] = [*found["pillar"], (str(NO_PILLAR), "No one pillar")]
        return found

    @classmethod
    def other_rows(cls, *, on: date) -> Iterable[QuerySet]:
        """Any body that is not a council, and councils that do lead something; documents."""
        leading = Commitment.objects.known(on=on).filter(lead=OuterRef("pk"))
        bodies = Organisation.objects.filter(~Q(kind=Organisation.Kind.COUNCIL) | Exists(leading)).order_by()
        sources = Source.objects.known(on=on).order_by()
        day = Value(on, DateField())
        return (
            bodies.annotate(facet=Value("lead"), day=day, **UNNUMBERED).values_list(*CHOICE, "name", *NO_NUMBER, "day"),
            sources.annotate(facet=Value("source"), **UNNUMBERED).values_list(
                *CHOICE, "short_title", *NO_NUMBER, "published_on"
            ),
        )

    def other_choices(self, rows: Iterable[Any]) -> dict[str, Choices]:
        """Bodies by name, documents by their day."""
        found: dict[str, list[tuple[date, str, str]]] = {"lead": [], "source": []}
        for facet, _number, slug, label, *_unnumbered, day in rows:
            if facet in found:
                found[facet].append((day, slug, label))
        return {
            "lead": [(slug, label) for _day, slug, label in sorted(found["lead"], key=itemgetter(2))],
            "source": [(slug, label) for _day, slug, label in sorted(found["source"])],
        }

    def narrowed(self, *, without: str = "") -> QuerySet:
        return self._due(super().narrowed(without=without))

    def besides_facets(self) -> QuerySet:
        return self._due(super().besides_facets())

    def _due(self, queryset: Any) -> QuerySet:
        first, last = self.chosen.get("due_from"), self.chosen.get("due_to")
        return queryset.due_between(first, last, on=self.on) if first or last else queryset


class FundingFilters(PlanFilters):
    """Lines of money. A part of a line is a line of its own."""

    q = WordsFilter(label="Words", columns=("reference", "title", "words"))
    role = Facet("role", label="Role", choices=FundingLine.Role.choices)
    shape = Facet("shape", label="Shape", choices=FundingLine.Shape.choices)
    programme = Facet("programme__slug", label="Programme", hides_empty=True)
    pillar = NumberedFacet("commitment__pillar__number", label="Pillar", hides_empty=True)


class SourceFilters(StrictFilterSet):
    """Documents of some kinds, or with some words in their titles."""

    q = WordsFilter(label="Words", columns=("title", "short_title", "official_title", "publisher__name"))
    kind = Facet("kind", label="Kind", choices=Source.Kind.choices, hides_empty=True)
