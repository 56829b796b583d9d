"""The list of recommendations with the answer to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from pillars.answers import Answered, answered_all
from pillars.models import Citation, Commitment, Verdict
from pillars.places import Places, places_of
from pillars.replies import Reply, reply_of
from pillars.rows import citation_rows, known
from pillars.tallies import Tally, tally
from pillars.verdict_filters import VerdictFilters
from reforms.base.lists import ListPage, Sort
from reforms.base.lists.twins import Row

VERDICT_COLUMNS = (
    "reference",
    "title",
    "programme",
    "pillar",
    "by",
    "verdict",
    "basis",
    "words",
    "reason",
    "carried_by",
    "known_on",
    "citations",
)


@dataclass(frozen=True)
class VerdictRow:
    """One answer, as the ledger shows it under its recommendation."""

    answered: Answered
    on: date
    citations: Sequence[Citation] = ()

    words = means = money = ""
    parts = drawings = ()
    was = None
    differs = False
    """What documents differ on is told at the recommendation."""

    @property
    def recommendation(self) -> Commitment:
        return self.answered.verdict.recommendation

    @property
    def reference(self) -> str:
        return self.recommendation.reference

    @property
    def title(self) -> str:
        return self.recommendation.title

    @property
    def url(self) -> str:
        return self.recommendation.get_absolute_url()

    @property
    def meta(self) -> str:
        """Who asked, and in which area."""
        programme, pillar = self.recommendation.programme, known(self.recommendation.pillar, on=self.on)
        return f"{programme.title}, {programme.pillar_noun} {pillar}" if pillar else programme.title

    @property
    def reply(self) -> Reply:
        return reply_of(self.answered, by=self.answered.verdict.programme.title)


class VerdictList(ListPage):
    """Each answer to a recommendation. One that two programmes answer stands here twice."""

    name = "verdicts"
    template = "pillars/verdicts.html"
    filters = VerdictFilters
    columns = VERDICT_COLUMNS
    ties = ("recommendation__programme__number", "recommendation__reference", "programme__number", "pk")
    sorts = (
        Sort(
            "reference",
            ("recommendation__programme__number", "recommendation__reference"),
            "reference",
            "reference, last first",
        ),
        Sort("verdict", ("verdict_order",), "answer, taken up first", "answer, passed over first"),
        Sort("by", ("programme__number",), "who answered", "who answered, last first"),
    )
    offered = ("reference", "verdict", "-verdict")
    size = 100

    def everything(self) -> QuerySet:
        known = Verdict.objects.known(on=self.day).filter(
            programme__known_on__lte=self.day,
            recommendation__known_on__lte=self.day,
            recommendation__merged_into=None,
        )
        if "on" not in self.request.GET.getlist("parts"):
            known = known.filter(recommendation__parent=None)
        orders = [When(verdict=value, then=number) for number, value in enumerate(Verdict.Answer.values)]
        area = Coalesce("recommendation__pillar__number", Value(0), output_field=IntegerField())
        return known.annotate(verdict_order=Case(*orders), area=area)

    def arranged(self) -> list[int]:
        """The answers that pass the filters, in order; all of them are counted, whatever page is shown."""
        ordered: Any = self.chosen_sort.apply(self.filterset.narrowed(), self.ties)
        self.passing = list(ordered.only("verdict", "basis", "recommendation"))
        return [verdict.pk for verdict in self.passing]

    def rows(self, keys: Sequence[int]) -> list[Row]:
        found, places = self._load(keys)
        return [verdict_row(each, places, on=self.day) for each in found]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        found, places = self._load(keys)
        return {
            "nav": "plan",
            "crumbs": [("Plan", reverse("programmes"))],
            "rows": [VerdictRow(each, self.day, places.of(each.verdict)) for each in found],
            "tally": self.tally,
            "asked": len({verdict.recommendation_id for verdict in self.passing}),
        }

    @property
    def tally(self) -> Tally:
        return tally(self.passing)

    def _load(self, keys: Sequence[int]) -> tuple[list[Answered], Places]:
        verdicts = Verdict.objects.filter(pk__in=keys)
        found = {each.verdict.pk: each for each in answered_all(verdicts, on=self.day)}
        in_turn = [found[key] for key in keys]
        return in_turn, places_of([each.verdict for each in in_turn], on=self.day)


def verdict_row(answered: Answered, places: Places, *, on: date) -> Row:
    """One answer as data."""
    verdict, recommendation = answered.verdict, answered.verdict.recommendation
    pillar = known(recommendation.pillar, on=on)
    values = (
        recommendation.reference,
        recommendation.title,
        recommendation.programme.slug,
        pillar.number if pillar else None,
        verdict.programme.slug,
        verdict.verdict,
        verdict.basis,
        verdict.words,
        verdict.reason,
        [each.reference for each in answered.carried_by],
        verdict.known_on.isoformat(),
        citation_rows(places.of(verdict)),
    )
    return dict(zip(VERDICT_COLUMNS, values, strict=True))
