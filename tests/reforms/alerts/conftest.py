"""Things to watch that are not in the database: the job is tested through the same small interface every room uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest

from reforms.alerts import due
from reforms.alerts.consultation_rules import ConsultationRow, consultation_flags
from reforms.alerts.watched import Watch
from reforms.base.clock import civil_moment

LONG_AGO = date(2020, 1, 1)


def closing(slug: str, day: date, *, known_on: date = LONG_AGO) -> ConsultationRow:
    """A consultation that closes at the end of the day."""
    title = slug.replace("-", " ").capitalize()
    return ConsultationRow(slug, title, f"/consultations/{slug}/", known_on, closes_at=civil_moment(day))


def at(day: date, hour: int = 9) -> datetime:
    """A moment of the day."""
    return civil_moment(day, time(hour))


@pytest.fixture
def watch_only(monkeypatch) -> Callable[..., None]:
    """Watch only these consultations."""

    def watch(*rows: ConsultationRow) -> None:
        def load(until: date) -> Iterator[ConsultationRow]:
            return (row for row in rows if row.known_on <= until)

        monkeypatch.setattr(due, "watches", lambda: (Watch("consultation", "Consultations", load, consultation_flags),))

    return watch
