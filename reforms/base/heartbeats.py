"""Signs of life: when each part of the service last did its work."""

from __future__ import annotations

from datetime import datetime

from reforms.base.models import Heartbeat


def beat(part: str, *, now: datetime) -> None:
    """This part has done its work now. The last to say so counts, so that a wrong clock is put right by the next."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(part=part, at=now)], update_conflicts=True, unique_fields=["part"], update_fields=["at"]
    )


def last_beats() -> dict[str, datetime]:
    """When each part last said so; parts that never did are left out."""
    return dict(Heartbeat.objects.values_list("part", "at"))
