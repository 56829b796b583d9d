"""Questions asked of commitments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Case, CharField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from pillars import outcomes_in_sql, timing_in_sql
from pillars.models.sources import CitedFactQuerySet
from pillars.timing import Timing

WHOLE, PART = "whole", "part"
NO_PILLAR = 0
"""The number of what belongs to no one pillar, as in its references: SH-0-03."""


class CommitmentQuerySet(CitedFactQuerySet):
    def standing(self) -> Self:
        """Leave out records that were found to be part of another."""
        return self.filter(merged_into__isnull=True)

    def whole(self) -> Self:
        """Commitments that are not a part of another."""
        return self.filter(parent__isnull=True)

    def with_timing(self, *, on: date) -> Self:
        """Add `timing` on the day, and the id and window of the deadline that decides it."""
        return self.annotate(
            timing=timing_in_sql.timing(on),
            deciding_id=timing_in_sql.deciding("id", on),
            deciding_earliest=timing_in_sql.deciding("earliest", on),
            deciding_latest=timing_in_sql.deciding("latest", on),
        )

    def with_progress(self, *, on: date) -> Self:
        """Add `progress`: the latest status that a source reported by the day, or null."""
        updates = _facts("ProgressUpdate", on=on).filter(commitment=OuterRef("pk"))
        latest = updates.order_by("-happened_on", "-number").values("status")[:1]
        return self.annotate(progress=Subquery(latest))

    def with_reported(self, *, on: date) -> Self:
        """Add `reported`: whether a source had reported anything by the day, of it or of the part that decides."""
        return self.annotate(reported=outcomes_in_sql.reported(on))

    def with_place(self, *, on: date) -> Self:
        """Add `area`, the number of its pillar or 0, and `level`: a part stands for itself where its whole does not."""
        return self.annotate(
            area=Case(
                When(pillar__known_on__lte=on, then=F("pillar__number")),
                default=Value(NO_PILLAR),
                output_field=IntegerField(),
            ),
            level=Case(
                When(parent__known_on__lte=on, parent__merged_into=None, then=Value(PART)),
                default=Value(WHOLE),
                output_field=CharField(),
            ),
        )

    def with_sort_keys(self, *, on: date) -> Self:
        """Add what lists sort by: `next_latest` of what is not met yet, its largest sum of `money`, `changed_on`.

        Needs `with_timing`. Sums are not added up: a commitment may have some of unlike kinds. It changed when the
        last fact about its dates, money or progress became known.
        """
        is_met = Q(timing__in=[Timing.MET, Timing.MET_LATE])
        sums = _facts("FundingLine", on=on).filter(commitment=OuterRef("pk"), shape="sum").exclude(role="context")
        return self.annotate(
            next_latest=Case(When(is_met, then=None), default=F("deciding_latest")),
            money=Subquery(sums.order_by("-amount").values("amount")[:1]),
            changed_on=Greatest(
                "known_on", *(_last_known(model, on=on) for model in ("Deadline", "FundingLine", "ProgressUpdate"))
            ),
        )

    def due_between(self, first: date | None, last: date | None, *, on: date) -> Self:
        """Those with a deadline, of any role and not since replaced, whose latest day lies between the two."""
        deadlines = apps.get_model("pillars", "Deadline").objects.current(on=on)
        if first:
            deadlines = deadlines.filter(latest__gte=first)
        if last:
            deadlines = deadlines.filter(latest__lte=last)
        return self.filter(Exists(deadlines.filter(commitment=OuterRef("pk"), latest__isnull=False)))

    def citing(self, sources: Sequence[str], *, on: date) -> Self:
        """Those that rest on one of the sources, by slug, that had come out by the day."""
        places: Any = self.model._meta.get_field("citations")
        citing = places.remote_field.through.objects.filter(
            commitment=OuterRef("pk"), citation__source__slug__in=sources, citation__source__known_on__lte=on
        )
        return self.filter(Exists(citing))


def _last_known(model: str, *, on: date) -> Coalesce:
    """The day the last fact of a kind about a commitment became known, or else the commitment itself."""
    facts = _facts(model, on=on).filter(commitment=OuterRef("pk"))
    return Coalesce(Subquery(facts.order_by("-known_on").values("known_on")[:1]), F("known_on"))


def _facts(model: str, *, on: date) -> Any:
    """Known facts of a model above, asked for by its name because its module imports this one."""
    return apps.get_model("pillars", model).objects.known(on=on).order_by()
