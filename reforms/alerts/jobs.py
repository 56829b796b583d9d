"""The work that falls due by itself. Beat starts each job through a task; `run_due` does all of it at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from reforms.alerts import actions
from reforms.base.clock import civil_day


def raise_todays_flags(*, now: datetime) -> str:
    """Raise the flags of the civil day; answers what was done, in words."""
    outcome = actions.raise_flags(on=civil_day(now), now=now)
    return f"{len(outcome.raised)} raised, {len(outcome.cleared)} cleared, {len(outcome.due)} due"


JOBS: dict[str, Callable[..., str]] = {actions.JOB: raise_todays_flags}
