"""What sources reported last of the promises of a programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pillars.ledger import Entry, every
from pillars.models import Citation, ProgressUpdate
from pillars.places import places_of


@dataclass(frozen=True)
class Report:
    """One report, of one commitment or a part of it."""

    entry: Entry
    update: ProgressUpdate
    citations: Sequence[Citation]

    @property
    def words(self) -> str:
        """ "Under way, 22 June 2026"."""
        return f"{self.update.get_status_display()}, {self.update.day_in_words}"


def last_reported(rows: Iterable[Entry], *, on: date, most: int) -> list[Report]:
    """The newest reports of the rows and their parts, the newest first: one query, or none without any."""
    told = [(update, entry) for entry in every(rows) for update in entry.updates]
    newest = sorted(told, key=lambda pair: (pair[0].happened_on, pair[0].known_on), reverse=True)[:most]
    places = places_of([update for update, _entry in newest], on=on)
    return [Report(entry, update, places.of(update)) for update, entry in newest]
