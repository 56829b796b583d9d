"""The lists of the plan: commitments, money and sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, QuerySet, When

from pillars.filters import USUAL_PROGRAMME, CommitmentFilters, FundingFilters, SourceFilters
from pillars.funding import by_years, disputed_money, known_lines, picture, shares_of_pillars
from pillars.funding_words import cautions
from pillars.listed import Group, by_pillar, draw, listed, span_words
from pillars.models import Commitment, FundingLine, Pillar, Source
from pillars.rows import (
    COMMITMENT_COLUMNS,
    FUNDING_COLUMNS,
    SOURCE_COLUMNS,
    Row,
    commitment_rows,
    funding_line_row,
    source_row,
)
from reforms.base.lists import ListPage, Sort, in_order

HEADED = ("reference", "pillar")
"""Orders that keep the commitments of a pillar together: each pillar has a head."""
WORKED_OUT = ("due", "money", "changed")
"""Orders by what is not a column: asked for only then, since it takes time."""
DAYS_KEPT = 64
"""Most readers ask for today."""


@lru_cache(DAYS_KEPT)
def _judged(day: date) -> QuerySet:
    """Every commitment as known on the day. It is only written down here, and asked by those who narrow it."""
    known = Commitment.objects.known(on=day).standing()
    return known.with_timing(on=day).with_progress(on=day).with_reported(on=day).with_place(on=day)


class CommitmentList(ListPage):
    name = "commitments"
    template = "pillars/commitments.html"
    filters = CommitmentFilters
    columns = COMMITMENT_COLUMNS
    ties = ("programme__number", "reference")
    sorts = (
        Sort("reference", ("programme__number", "reference"), "reference", "reference, last first"),
        Sort("pillar", ("programme__number", "programme__slug", "pillar__number"), "pillar", "pillar, last first"),
        Sort("due", ("next_latest",), "next date first", "last date first"),
        Sort("title", ("title",), "title", "title, last first"),
        Sort("money", ("money",), "least money first", "most money first"),
        Sort("changed", ("changed_on",), "unchanged longest first", "last changed first"),
    )
    offered = ("reference", "pillar", "due", "title", "-money", "-changed")
    size = 100

    def everything(self) -> QuerySet:
        return _judged(self.day).all()

    def arranged(self) -> list[int]:
        """In order, with each part straight after what it is part of where both pass the filters."""
        passing: Any = self.filterset.narrowed()
        if self.chosen_sort.sort.name in WORKED_OUT:
            passing = passing.with_sort_keys(on=self.day)
        ordered = self.chosen_sort.apply(passing, self.ties)
        return parts_after_their_own(list(ordered.values_list("pk", "parent_id", "reference")))

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return commitment_rows(keys, on=self.day)

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        rows = listed(keys, on=self.day)
        scale = draw(rows, on=self.day)
        return {
            "groups": by_pillar(rows) if self.chosen_sort.sort.name in HEADED else [Group("", rows)],
            "scale": scale,
            "today": scale.percent(self.day) if scale.holds(self.day) else None,
            "span": f"Bars run {span_words(scale)}",
        }


class FundingList(ListPage):
    """Every line of money, wholes before their parts. The picture over it is of all lines, whatever the filters."""

    name = "funding"
    template = "pillars/funding.html"
    filters = FundingFilters
    columns = FUNDING_COLUMNS
    ties = ("programme__number", "reference")
    sorts = (
        Sort("role", ("role_order",), "role", "role, last first"),
        Sort("amount", ("amount",), "least first", "most first"),
        Sort("reference", ("programme__number", "reference"), "reference", "reference, last first"),
    )
    offered = ("role", "-amount", "reference")
    size = 200

    def everything(self) -> QuerySet:
        orders = [When(role=role, then=number) for number, role in enumerate(FundingLine.Role.values)]
        return FundingLine.objects.known(on=self.day).annotate(role_order=Case(*orders))

    def arranged(self) -> list[int]:
        ordered: Any = self.chosen_sort.apply(self.filterset.narrowed(), self.ties)
        rows = list(ordered.values_list("pk", "part_of_id", "reference"))
        return parts_after_their_own(rows) if self.chosen_sort.sort.name != "amount" else [row[0] for row in rows]

    def rows(self, keys: Sequence[int]) -> list[Row]:
        lines = known_lines(on=self.day)
        wholes = {line.pk: line.reference for line in lines}
        return [funding_line_row(line, wholes, on=self.day) for line in in_order(lines, keys)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        lines = known_lines(on=self.day)
        drawn, disputed = picture(lines), disputed_money(lines, on=self.day)
        pillars = Pillar.objects.known(on=self.day).filter(programme__slug=USUAL_PROGRAMME).select_related("programme")
        return {
            "lines": [(line, disputed.get(line.pk)) for line in in_order(lines, keys)],
            "picture": drawn,
            "cautions": cautions(drawn),
            "shares": shares_of_pillars(lines, pillars),
            "years": by_years(lines),
        }


class SourceList(ListPage):
    """Every document that had come out, the newest first."""

    name = "sources"
    template = "pillars/sources.html"
    filters = SourceFilters
    columns = SOURCE_COLUMNS
    ties = ("slug",)
    sorts = (
        Sort("published", ("published_on",), "oldest first", "newest first"),
        Sort("title", ("title",), "title", "title, last first"),
    )
    offered = ("-published", "published", "title")
    size = 100

    def everything(self) -> QuerySet:
        return Source.objects.known(on=self.day)

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [source_row(source) for source in self._load(keys)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        return {"sources": self._load(keys)}

    def _load(self, keys: Sequence[int]) -> list[Source]:
        return in_order(Source.objects.filter(pk__in=keys).select_related("publisher"), keys)


def parts_after_their_own(passing: Sequence[tuple[int, int | None, str]]) -> list[int]:
    """The ids of commitments, given with the id of what they are part of and a reference, in order.

    A part whose own is there too stands straight after it, parts by reference.
    """
    keys = {key for key, _parent, _reference in passing}
    parts: dict[int, list[tuple[str, int]]] = {}
    for key, parent, reference in passing:
        if parent in keys:
            parts.setdefault(parent, []).append((reference, key))
    wholes = [key for key, parent, _reference in passing if parent not in keys]
    return [each for key in wholes for each in (key, *(part for _, part in sorted(parts.get(key, []))))]
