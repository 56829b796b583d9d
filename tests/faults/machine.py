"""A process that does a piece of work with a protection off, or stands still in the middle of it.

`python -m tests.faults.machine WORK ARGUMENTS`. Where it stands still it says "halfway" and waits for a line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any
from unittest.mock import Mock, patch

import django
from django.core.management import CommandError


def load_and_wait_for_the_broker(path: str) -> None:
    """Load, with a hint that waits as long as the broker makes it."""
    from django.core.management import call_command

    from reforms.base import hints

    with patch.object(hints, "within", lambda seconds, work: work()):
        call_command("load_reforms", path)


def load_halfway() -> None:
    """Load everything, and stand still when the last row has been written and nothing is committed."""
    from django.core.management import call_command

    from reforms.base.loading import engine

    record = engine._record

    def record_later(*args: Any, **given: Any) -> None:
        halfway()
        record(*args, **given)

    with patch.object(engine, "_record", record_later):
        call_command("load_reforms")


def load_halfway_without_a_transaction() -> None:
    """The same, where each row is committed by itself."""
    from django.db.models import QuerySet

    from reforms.base.loading import engine

    with (
        patch.object(engine, "transaction", Mock(atomic=nullcontext)),
        patch.object(QuerySet, "select_for_update", lambda self: self),  # only a transaction can lock
    ):
        load_halfway()


def raise_flags_halfway() -> None:
    """The job of the day, which stands still when the flags are in, and what is to be told of them is not."""
    from reforms.alerts import actions, jobs
    from reforms.base import clock

    record_event = actions._record_event

    def record_later(*args: Any, **given: Any) -> None:
        halfway()
        record_event(*args, **given)

    with patch.object(actions, "_record_event", record_later):
        jobs.do("raise_flags", now=clock.now())


def raise_flags_halfway_without_a_transaction() -> None:
    """The same, where each statement is committed by itself."""
    from django.db.models import QuerySet

    from reforms.alerts import actions

    with (
        patch.object(actions, "raise_flags", actions.raise_flags.__wrapped__),
        patch.object(QuerySet, "select_for_update", lambda self: self),  # only a transaction can lock
    ):
        raise_flags_halfway()


def count_faults(number: str) -> None:
    """Count so many faults, one after another."""
    from reforms.base import clock
    from reforms.base.faults import count_fault

    halfway()
    for _number in range(int(number)):
        count_fault("broker", TimeoutError(), now=clock.now())


def count_a_fault_from_what_was_read() -> None:
    """As a program would that adds in its own memory, and looked before another had written."""
    from reforms.base.models import FaultCount

    fault = FaultCount.objects.get()
    halfway()
    fault.count += 1
    fault.save()


def halfway(*_: Any) -> None:
    """Say so, and wait for the word."""
    sys.stdout.write("halfway\n")
    sys.stdout.flush()
    sys.stdin.readline()


WORK: dict[str, Callable[..., None]] = {
    work.__name__: work
    for work in (
        load_and_wait_for_the_broker,
        load_halfway,
        load_halfway_without_a_transaction,
        raise_flags_halfway,
        raise_flags_halfway_without_a_transaction,
        count_faults,
        count_a_fault_from_what_was_read,
    )
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")
    django.setup()
    try:
        WORK[sys.argv[1]](*sys.argv[2:])
    except CommandError as error:
        sys.exit(str(error))
