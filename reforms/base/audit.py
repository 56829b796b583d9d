"""Writing down what happened: one event for each change of state, in the transaction of the change."""

from __future__ import annotations

from datetime import datetime

from reforms.base.models import Event, User


def record_event(
    verb: str,
    subject: str,
    *,
    by: User | None,
    now: datetime,
    organisation: str = "",
    before: str = "",
    after: str = "",
    **details: object,
) -> Event:
    """Write the event. `details` are ids, counts and hashes: never what somebody wrote, nor a name."""
    return Event.objects.create(
        at=now,
        by=by,
        verb=verb,
        subject=subject,
        organisation=organisation,
        state_before=before,
        state_after=after,
        details=details,
    )
