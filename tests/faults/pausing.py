"""The project's Celery application, whose first task of raising flags stands still in the middle, to be killed there.

It stands still when the flags are in and the event that notices are made from is not, and leaves the file HALFWAY.
With WITHOUT=transaction, each of these is committed by itself.
"""

import os
import time
from pathlib import Path
from typing import Any

import django

from reforms.celery import app as app

django.setup()

from django.db.models import QuerySet  # noqa: E402

from reforms.alerts import actions  # noqa: E402

HALFWAY = Path(os.environ["HALFWAY"])
record_event = actions._record_event


def stand_still(*args: Any, **given: Any) -> None:
    """Once; whoever comes later goes on."""
    if not HALFWAY.exists():
        HALFWAY.touch()
        time.sleep(600)
    record_event(*args, **given)


actions._record_event = stand_still
if "transaction" in os.environ.get("WITHOUT", "").split():
    actions.raise_flags = actions.raise_flags.__wrapped__
    QuerySet.select_for_update = lambda self: self  # only a transaction can lock
