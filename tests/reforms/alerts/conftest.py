"""Things to watch that are not in the database: the job is tested through the same small interface every room uses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

import pytest

from reforms.alerts import due
from reforms.alerts.consultation_rules import ConsultationRow, consultation_flags
from reforms.alerts.flag_due import FlagDue
from reforms.alerts.kinds import FlagKind
from reforms.alerts.watched import Watch, WideWatch
from reforms.base.clock import civil_moment

LONG_AGO = date(2020, 1, 1)
NEVER = date(2100, 1, 1)


def closing(slug: str, day: date, *, known_on: date = LONG_AGO) -> ConsultationRow:
    """A consultation that closes at the end of the day."""
    title = slug.replace("-", " ").capitalize()
    return ConsultationRow(slug, title, f"/consultations/{slug}/", known_on, closes_at=civil_moment(day))


def at(day: date, hour: int = 9) -> datetime:
    """A moment of the day."""
    return civil_moment(day, time(hour))


@dataclass(frozen=True)
class Stale:
    """A position of an organisation that is stale from one day, until it is replaced on another."""

    organisation: str
    since: date
    until: date = NEVER
    reference: str = "SH-1"


@pytest.fixture
def watch_only(monkeypatch) -> Callable[..., None]:
    """Watch only these consultations, and these positions where there are any."""

    def watch(*rows: ConsultationRow, positions: list[Stale] | None = None) -> None:
        def load(until: date) -> Iterator[ConsultationRow]:
            return (row for row in rows if row.known_on <= until)

        watches: list[Watch | WideWatch] = [Watch("consultation", "Consultations", load, consultation_flags)]
        if positions is not None:
            watches.append(wide_watch(positions))
        monkeypatch.setattr(due, "watches", lambda: tuple(watches))

    return watch


def wide_watch(positions: list[Stale]) -> WideWatch:
    """What would find these positions in a database."""

    def due_on(day: date, organisations: Collection[str] | None) -> Iterator[FlagDue]:
        return (
            FlagDue(
                kind=FlagKind.POSITION_STALE,
                subject=f"position:{each.organisation}/{each.reference}",
                due_on=each.since,
                threshold=0,
                days=(day - each.since).days,
                reason="Review was due",
                title=f"{each.organisation.capitalize()}: Family help",
                url=f"/councils/{each.organisation}/",
                organisation=each.organisation,
            )
            for each in positions
            if each.since <= day < each.until and (organisations is None or each.organisation in organisations)
        )

    def lapsed(after: date, until: date) -> Iterator[date]:
        return (each.since for each in positions if after < each.since < each.until <= until)

    def holders(day: date) -> set[str]:
        return {each.organisation for each in positions}

    return WideWatch("position", "Positions", (FlagKind.POSITION_STALE,), due_on, holders, lapsed)
