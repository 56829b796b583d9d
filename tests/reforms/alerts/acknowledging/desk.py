"""A day on which one consultation closes soon, for a council's desk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from reforms.alerts.due import flags_due
from reforms.alerts.flag_due import FlagDue
from tests.builders import make_consultation
from tests.reforms.alerts.conftest import at

# A year that no fixture speaks of.
DAY = date(2041, 4, 21)
CLOSES_ON = DAY + timedelta(days=14)
WHY = "The director answers it."


def now(days: int = 0) -> datetime:
    """A moment of the day, or of one so many days after it."""
    return at(DAY + timedelta(days=days))


def closing(closes_on: date = CLOSES_ON) -> FlagDue:
    """The flag of a consultation that was made for it."""
    found = make_consultation(closes_on=closes_on, known_on=date(2041, 1, 1))
    return next(flag for flag in flags_due(on=DAY) if flag.subject == f"consultation:{found.slug}")
