"""Consultations that close soon, grouped by the moment at which they close together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Q

from consultations.models import Consultation
from reforms.alerts.consultation_rules import THRESHOLDS, ConsultationRow, consultation_flags
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.base.clock import civil_moment
from reforms.base.formatting import moment_in_words

ALL = Q()
COUNTS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}


@dataclass(frozen=True)
class Closing:
    """What closes at one moment. `flags` are the consultations' own."""

    closes_at: datetime
    days: int
    flags: list[FlagDue]

    @property
    def words(self) -> str:
        """What closes together, and when."""
        number = len(self.flags)
        subject = "It closes" if number == 1 else f"All {COUNTS.get(number, number)} close"
        return f"{subject} {moment_in_words(self.closes_at)}"


def closings(flags: Iterable[FlagDue]) -> list[Closing]:
    """The closing moments ahead, the next one first: one query."""
    closing = {flag.subject: flag for flag in flags if flag.kind == FlagKind.CONSULTATION_CLOSING}
    slugs = [subject.removeprefix("consultation:") for subject in closing]
    found = Consultation.objects.filter(slug__in=slugs).order_by("closes_at", "title")
    groups = groupby(found.values_list("closes_at", "slug"), key=lambda pair: pair[0])
    each = ((moment, [closing[f"consultation:{slug}"] for _moment, slug in group]) for moment, group in groups)
    return [Closing(moment, own[0].days, own) for moment, own in each if moment is not None]


def closing_soon(about: Q = ALL, *, on: date) -> list[FlagDue]:
    """The flags of consultations that close soon, all or only some: one query, and nothing else that is flagged."""
    # From the end of the day before, and a day more: which of them are due is for the rule to say.
    ends = [civil_moment(on + timedelta(days=days)) for days in (-1, max(THRESHOLDS) + 1)]
    found = Consultation.objects.known(on=on).filter(about, closes_at__range=ends).order_by("closes_at", "slug")
    flags = [flag for each in found.distinct() for flag in consultation_flags(_row(each), on)]
    return sorted((flag for flag in flags if flag.kind == FlagKind.CONSULTATION_CLOSING), key=lambda flag: flag.order)


def _row(found: Consultation) -> ConsultationRow:
    """As the rule reads it."""
    return ConsultationRow(
        slug=found.slug,
        title=found.title,
        url=found.get_absolute_url(),
        known_on=found.known_on,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        opens_earliest=found.opens_earliest,
        opens_latest=found.opens_latest,
        opens_words=found.opens_words,
    )
