"""How lists of the plan may be filtered."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from pillars.models import Commitment, Organisation, Pillar, Programme, ProgressUpdate, Source
from pillars.timing import LABELS, Timing
from reforms.base.filters import DayFilter, Facet, ManyFacet, StrictFilterSet, StrictForm, WordsFilter

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

Choices = list[tuple[str, str]]


class PillarFacet(ManyFacet):
    """Pillars by number, in the programmes chosen. Counted apart: the same number stands in several programmes."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.filter(pillar__number__in=value) if value else queryset

    def tally(self, queryset: QuerySet) -> Counter[str]:
        return super().tally(queryset.filter(programme__slug__in=self.parent.programmes))


class SourceFacet(ManyFacet):
    """The documents that a commitment rests on."""

    def filter(self, queryset: QuerySet, value: list[str]) -> QuerySet:
        return queryset.citing(value, on=self.parent.on) if value else queryset  # type: ignore[attr-defined]

    def tally(self, queryset: QuerySet) -> Counter[str]:
        return super().tally(queryset.filter(citations__source__known_on__lte=self.parent.on))


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
        programmes = Programme.objects.known(on=self.on)
        self.programme_titles = dict(programmes.values_list("slug", "title"))
        sources = Source.objects.known(on=self.on).values_list("slug", "short_title")
        return {
            "programme": list(self.programme_titles.items()),
            "pillar": self._pillar_choices(),
            "lead": self._lead_choices(),
            "source": list(sources),
        }

    @property
    def programmes(self) -> list[str]:
        """The programmes whose pillars the numbers mean."""
        return [slug for slug in self.data.getlist("programme") if slug in self.programme_titles] or [USUAL_PROGRAMME]

    def _lead_choices(self) -> Choices:
        """Any body that is not a council, and councils that do lead something."""
        leading = Commitment.objects.known(on=self.on).filter(lead=OuterRef("pk"))
        bodies = Organisation.objects.filter(~Q(kind=Organisation.Kind.COUNCIL) | Exists(leading))
        return list(bodies.values_list("slug", "name"))

    def _pillar_choices(self) -> Choices:
        known = Pillar.objects.known(on=self.on).filter(programme__slug__in=self.programmes)
        titles: dict[str, set[str]] = {}
        for number, title in known.order_by("number").values_list("number", "title"):
            titles.setdefault(str(number), set()).add(title)
        return [(number, _pillar_label(number, found)) for number, found in titles.items()]

    def effective(self, without: str) -> dict[str, Any]:
        values = super().effective(without)
        if ("pillar" in values or "mission" in values) and without != "programme":
            values.setdefault("programme", [USUAL_PROGRAMME])
        return values

    def narrowed(self, *, without: str = "") -> QuerySet:
        queryset: Any = super().narrowed(without=without)
        first, last = self.chosen.get("due_from"), self.chosen.get("due_to")
        return queryset.due_between(first, last, on=self.on) if first or last else queryset


def _pillar_label(number: str, titles: set[str]) -> str:
    """ "4. A loving home"; the number alone where programmes call it by different names."""
    return f"{number}. {titles.copy().pop()}" if len(titles) == 1 else f"Number {number}"


class SourceFilters(StrictFilterSet):
    """Documents of some kinds, or with some words in their titles."""

    q = WordsFilter(label="Words", columns=("title", "short_title", "official_title", "publisher__name"))
    kind = Facet("kind", label="Kind", choices=Source.Kind.choices, hides_empty=True)
