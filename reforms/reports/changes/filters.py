"""What the page of changes may be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Value

from councils.models import Council
from pillars.filters import CHOICE, NO_NUMBER, UNNUMBERED, Choices, PlanFilters
from pillars.models import Organisation
from reforms.alerts.feeds.told import Asked, ChangeKind
from reforms.base.filters import DayFilter, Facet, Mistakes, OneOfMany
from reforms.base.formatting import date_in_words
from reforms.reports.changes.kinds import HEADINGS, ORDER, USUAL_DAYS
from reforms.reports.changes.news import News

UNKNOWN = {"invalid_choice": "‘%(value)s’ is not one of the choices. Choose from the list"}


class OneFacet(Facet):
    """One of a long list, or any."""

    field_class = OneOfMany  # type: ignore[assignment]


class ChangeFilters(PlanFilters):
    """Since when, and of what. A pillar alone is one of the strategy, as everywhere."""

    since = DayFilter(label="Since", help_text=f"After this day, like 2023-04-21. Left empty: {USUAL_DAYS} days")
    kind = Facet(
        "kind",
        label="Kind of change",
        chip="{value}",
        choices=[(kind.value, HEADINGS[kind]) for kind in ORDER],
        hides_empty=True,
    )
    programme = OneFacet("programme", label="Programme", chip="{value}", error_messages=UNKNOWN)
    pillar = Facet("pillar", label="Pillar")
    council = OneFacet("council", label="Council", chip="{value}", error_messages=UNKNOWN)

    def choices(self) -> dict[str, Choices]:
        """One query."""
        found = super().choices()
        return {**found, "programme": [("", "All"), *found["programme"]]}

    @classmethod
    def other_rows(cls, *, on: date) -> Iterator[QuerySet]:
        """The councils."""
        bodies = Organisation.objects.order_by().annotate(
            day=Value(on, DateField()), facet=Value("council"), **UNNUMBERED
        )
        known = Council.objects.known(on=on).filter(organisation=OuterRef("pk"))
        yield bodies.filter(Exists(known)).values_list(*CHOICE, "name", *NO_NUMBER, "day")

    def other_choices(self, rows: Iterable[Any]) -> dict[str, Choices]:
        """By name."""
        councils = {(slug, name) for facet, _number, slug, name, *_rest in rows if facet == "council"}
        return {"council": [("", "All"), *sorted(councils, key=lambda pair: pair[1])]}

    @property
    def mistakes(self) -> Mistakes:
        """A day to come has no changes since, beside what cannot be read."""
        found = super().mistakes
        since = self.chosen.get("since")
        if since is None or since <= self.on:
            return found
        return {**found, "since": [f"Enter a day that is not after {date_in_words(self.on)}"]}

    @property
    def first_day(self) -> date:
        """The day after which changes are told."""
        since: date | None = self.chosen.get("since")
        return since or self.on - timedelta(days=USUAL_DAYS)

    @property
    def about(self) -> Asked:
        chosen = self.chosen
        pillars = tuple(map(int, chosen.get("pillar", ())))
        programme = chosen.get("programme") or (self.usual if pillars else "")
        return Asked(programme, pillars, chosen.get("council", ""))

    @cached_property
    def news(self) -> News:
        """Of every kind, whichever are chosen, as far as that is told. To be asked for where nothing is wrong."""
        with_stale = ChangeKind.STALE.value in self.chosen.get("kind", ())
        return News(as_at=self.as_at, asked=self.about, since=self.first_day, with_stale=with_stale)

    @property
    def kinds(self) -> list[ChangeKind]:
        """The kinds that are chosen, or all of them, in order."""
        chosen = self.chosen.get("kind")
        return [kind for kind in self.news.kinds if not chosen or kind.value in chosen]

    def counts(self) -> dict[str, Counter[str]]:
        return {"kind": Counter({kind.value: count for kind, count in self.news.counts.items()})}
