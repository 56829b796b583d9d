"""Questions asked of consultations: the rule of status.py in SQL. Tested against it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Case, CharField, IntegerField, Q, QuerySet, Value, When

from consultations.models import Consultation
from consultations.status import Status
from pillars.timing import CLOSING_DAYS
from reforms.base.clock import civil_day, civil_moment

ORDER = (Status.CLOSING, Status.OPEN, Status.PROMISED, Status.WINDOW_PASSED, Status.CLOSED)
"""What can still be answered first."""


def with_status(consultations: QuerySet[Consultation], *, at: datetime) -> QuerySet[Consultation]:
    """Add `status` at the moment, and its place in `ORDER`."""
    day = civil_day(at)
    opened = Q(opens_at__lt=_days_on(day, 1)) | Q(opens_at__isnull=True, closes_at__isnull=False)
    return consultations.annotate(
        status=Case(
            When(~opened & Q(opens_latest__lt=day), then=_said(Status.WINDOW_PASSED)),
            When(~opened, then=_said(Status.PROMISED)),
            When(closes_at__lte=at, then=_said(Status.CLOSED)),
            When(closes_at__lt=_days_on(day, CLOSING_DAYS + 1), then=_said(Status.CLOSING)),
            default=_said(Status.OPEN),
        ),
        status_order=Case(
            *(When(status=status, then=Value(place)) for place, status in enumerate(ORDER)),
            output_field=IntegerField(),
        ),
    )


def closing_within(consultations: QuerySet, days: int, *, at: datetime) -> QuerySet:
    """Those open at the moment that close within so many days, the last of them included. Needs `with_status`."""
    is_open = [Status.OPEN, Status.CLOSING]
    return consultations.filter(status__in=is_open, closes_at__lt=_days_on(civil_day(at), days + 1))


def _days_on(day: date, days: int) -> datetime:
    """The first moment of a day that many days later."""
    return civil_moment(day + timedelta(days=days), time.min)


def _said(status: Status) -> Value:
    return Value(status.value, output_field=CharField())
