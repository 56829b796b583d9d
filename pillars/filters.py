"""How lists of the plan may be filtered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value

from pillars.models import Commitment, Organisation, Programme, ProgressUpdate, Source
from pillars.timing import LABELS, Timing
from reforms.base.filters import DayFilter, Facet, FacetRow, ManyFacet, StrictFilterSet, StrictForm, WordsFilter

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

CHOICE = ("facet", "day", "slug")

Choices = list[tuple[str, str]]


class PillarFacet(Facet):
    """Pillars by number, counted in the programmes chosen alone: the same number stands in several programmes."""

    def counted(self, row: FacetRow, name: str) -> Iterable[str]:
        return row[name] if set(row["programme"]) & set(self.parent.programmes) else ()


class SourceFacet(ManyFacet):
    """The documents that a commitment rests on."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.citing(value, on=self.parent.on) if value else queryset  # type: ignore[attr-defined]

    def pairs(self, queryset: QuerySet) -> QuerySet:
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


class CommitmentFilters(StrictFilterSet):
    """Without a programme a list covers all, except that a pillar or a mission alone means the usual one."""

    q = WordsFilter(label="Words", columns=("reference", "title", "summary"))
    timing = Facet("timing", label="Timing", chip="{value}", choices=[(each.value, LABELS[each]) for each in TIMINGS])
    programme = Facet("programme__slug", label="Programme")
    pillar = PillarFacet("pillar__number", label="Pillar")
    mission = Facet("pk", label="Mission")
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
        """Two queries."""
        known = Programme.objects.known(on=self.on).order_by("number", "slug", "pillars__number")
        rows: list[Any] = list(
            known.values_list("slug", "title", "pillars__number", "pillars__title", "pillars__known_on")
        )
        self.programme_titles = {slug: title for slug, title, *_pillar in rows}
        return {
            "programme": list(self.programme_titles.items()),
            "pillar": self._pillar_choices((slug, *pillar) for slug, _title, *pillar in rows),
            **self._body_and_source_choices(),
        }

    @property
    def programmes(self) -> list[str]:
        """The programmes whose pillars the numbers mean."""
        return [slug for slug in self.data.getlist("programme") if slug in self.programme_titles] or [USUAL_PROGRAMME]

    def _pillar_choices(self, pillars: Iterable[tuple[str, int | None, str, date]]) -> Choices:
        """Those of the programmes that the numbers mean; a programme may have none."""
        titles: dict[int, set[str]] = {}
        for programme, number, title, known_on in pillars:
            if number is not None and known_on <= self.on and programme in self.programmes:
                titles.setdefault(number, set()).add(title)
        return [(str(number), _pillar_label(str(number), titles[number])) for number in sorted(titles)]

    def _body_and_source_choices(self) -> dict[str, Choices]:
        """Any body that is not a council, and councils that do lead something, by name; documents by their day."""
        leading = Commitment.objects.known(on=self.on).filter(lead=OuterRef("pk"))
        bodies = Organisation.objects.filter(~Q(kind=Organisation.Kind.COUNCIL) | Exists(leading)).order_by()
        sources = Source.objects.known(on=self.on).order_by()
        found: dict[str, list[tuple[date, str, str]]] = {"lead": [], "source": []}
        named = (
            bodies.annotate(facet=Value("lead"), day=Value(self.on, DateField())).values_list(*CHOICE, "name"),
            sources.annotate(facet=Value("source"), day=F("published_on")).values_list(*CHOICE, "short_title"),
        )
        for facet, day, slug, label in named[0].union(named[1], all=True):
            found[facet].append((day, slug, label))
        return {
            "lead": [(slug, label) for _day, slug, label in sorted(found["lead"], key=itemgetter(2))],
            "source": [(slug, label) for _day, slug, label in sorted(found["source"])],
        }

    def effective(self, without: str) -> dict[str, Any]:
        values = super().effective(without)
        if ("pillar" in values or "mission" in values) and without != "programme":
            values.setdefault("programme", [USUAL_PROGRAMME])
        return values

    def narrowed(self, *, without: str = "") -> QuerySet:
        return self._due(super().narrowed(without=without))

    def besides_facets(self) -> QuerySet:
        return self._due(super().besides_facets())

    def _due(self, queryset: Any) -> QuerySet:
        first, last = self.chosen.get("due_from"), self.chosen.get("due_to")
        return queryset.due_between(first, last, on=self.on) if first or last else queryset


def _pillar_label(number: str, titles: set[str]) -> str:
    """ "4. A loving home"; the number alone where programmes call it by different names."""
    return f"{number}. {titles.copy().pop()}" if len(titles) == 1 else f"Number {number}"


class SourceFilters(StrictFilterSet):
    """Documents of some kinds, or with some words in their titles."""

    q = WordsFilter(label="Words", columns=("title", "short_title", "official_title", "publisher__name"))
    kind = Facet("kind", label="Kind", choices=Source.Kind.choices, hides_empty=True)
