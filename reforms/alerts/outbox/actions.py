"""What administrators do about letters, and what becomes of old ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from reforms.alerts.models import Letter
from reforms.alerts.outbox.letters import SEND
from reforms.base.audit import record_event
from reforms.base.hints import hint
from reforms.base.models import User

RETRY = "retry"
AT_A_TIME = 500


@transaction.atomic
def retry_letter(*, letter: Letter, by: User, now: datetime) -> bool:
    """Have a letter that failed tried again, as if it were new. False where it has not failed, or no longer."""
    failed = Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED)
    if not failed.update(**_as_new(now)):
        return False
    _record(f"letter:{letter.pk}", by=by, now=now)
    return True


@transaction.atomic
def retry_all_failed(*, by: User, now: datetime) -> int:
    """The same for all that failed; how many they are."""
    count = Letter.objects.filter(state=Letter.State.FAILED).update(**_as_new(now))
    if count:
        _record("letters", by=by, now=now, count=count)
    return count


def forget_letters(*, now: datetime) -> int:
    """Delete letters that ended longer than LETTER_DAYS ago; how many. What was told, and when, stays with notices."""
    old = Letter.objects.filter(ended_at__lt=now - timedelta(days=settings.LETTER_DAYS)).order_by("ended_at")
    forgotten = 0
    while numbers := list(old.values_list("pk", flat=True)[:AT_A_TIME]):
        with transaction.atomic():
            forgotten += Letter.objects.filter(pk__in=numbers).delete()[1].get(Letter._meta.label, 0)
    return forgotten


def _as_new(now: datetime) -> dict[str, Any]:
    return {"state": Letter.State.WAITING, "ended_at": None, "attempts": 0, "not_before": now}


def _record(subject: str, *, by: User, now: datetime, **details: Any) -> None:
    record_event(RETRY, subject, by=by, now=now, before=Letter.State.FAILED, after=Letter.State.WAITING, **details)
    hint(SEND)
