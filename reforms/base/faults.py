"""What failed on a civil day without anything being lost by it: for /readyz and for administrators."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F

from reforms.base.clock import civil_day
from reforms.base.models import FaultCount


def count_fault(part: str, error: BaseException, *, now: datetime) -> None:
    """One more failure of this part on the civil day. Two writers at the same moment are both counted.

    Only the name of the error is kept: its text may hold an address, a password or somebody's words.
    """
    today = FaultCount.objects.filter(part=part, day=civil_day(now))
    seen = {"last_at": now, "last_error": name_of(error)}
    if not today.update(count=F("count") + 1, **seen):
        first = FaultCount(part=part, day=civil_day(now), count=0, **seen)
        FaultCount.objects.bulk_create([first], ignore_conflicts=True)
        today.update(count=F("count") + 1, **seen)


def faults_on(day: date) -> dict[str, int]:
    """How often each part failed on the day; parts that did not are left out."""
    return dict(FaultCount.objects.filter(day=day).order_by("part").values_list("part", "count"))


def name_of(error: BaseException) -> str:
    """The name of an error's own class: libraries wrap one in another that says less."""
    return type(error.__cause__ or error).__name__[:100]
