"""What one entry of a calendar says, and on which days it stands. Pure rules, without the database.

A closing is a moment, written in UTC. It has no length: an hour before it would be wrong by an hour, and an hour after
it would reach into the next day. Everything else stands on whole days.

A window of up to a season is drawn from its first day to its last. A longer one (a year, a Parliament) would lie as a
bar over every other day, so it stands on its last day alone, and says so. "By" a day stands on that day, "from" a day
on that one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import TextChoices

from reforms.base.formatting import window_in_words

SPANNED_DAYS = 92
"""The longest window that is drawn whole, in days: a season."""
CLOSING_ALARMS = (7, 1)
"""Days before a closing on which a calendar reminds."""
SOURCES_NAMED = 3
UNTIL = "until"


class Kind(TextChoices):
    """What a date is of. The values are part of what identifies an entry for ever."""

    CONSULTATION_OPENS = "consultation-opens", "Consultation opens"
    CONSULTATION_CLOSES = "consultation-closes", "Consultation closes"
    PHASE_BEGINS = "phase-begins", "Phase begins"
    PHASE_ENDS = "phase-ends", "Phase ends"
    MILESTONE = "milestone", "Milestone"
    DEADLINE = "deadline", "Deadline"
    STEP = "step", "Step towards an answer"
    REVIEW = "review", "Review of a position"
    SNOOZED = "snoozed", "Flag to look at again"


@dataclass(frozen=True)
class Entry:
    """One date. `reference` is what it is of, as stable text; `last` the last of its whole days, itself included.

    `known_on` is the day from which what it says was known: it stands for the moment at which the entry was written.
    """

    kind: Kind
    reference: str
    title: str
    starts: date | datetime
    last: date | None
    path: str
    about: str
    known_on: date
    alarms: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """What makes it the same entry as one read before, on any day and whatever it says."""
        return f"{self.kind.value}-{self.reference}"

    @property
    def content_hash(self) -> str:
        """Of all that it says."""
        parts = (
            self.title, written(self.starts), written(self.last), self.path, self.about, written(self.known_on),
            self.alarms,
        )  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    @property
    def end(self) -> date | None:
        """The day after its last, as calendars write an end; none for one day alone or a moment, which need none."""
        if self.last is None or isinstance(self.starts, datetime) or self.last <= self.starts:
            return None
        return self.last + timedelta(days=1) if self.last < date.max else self.last

    @property
    def stamp(self) -> datetime:
        """The moment that is told as that of its writing: the same for as long as nothing changes."""
        return datetime.combine(self.known_on, time.min, tzinfo=UTC)

    @property
    def order(self) -> tuple[str, str]:
        return (written(self.starts), self.name)


def written(moment: date | datetime | None) -> str:
    """A day or a moment as text that sorts: a moment in UTC."""
    if moment is None:
        return ""
    return (moment.astimezone(UTC) if isinstance(moment, datetime) else moment).isoformat()


class Placed(NamedTuple):
    """The days on which a window stands, and what its title has to add."""

    first: date
    last: date
    note: str = ""


def placed(earliest: date | None, latest: date | None, *, words: str = "", role: str = "due") -> Placed | None:
    """Where a window stands; none where it has no date."""
    quoted = f" of “{words}”" if words else ""
    if latest is None:
        return Placed(earliest, earliest, f": from this day{f', “{words}”' if words else ''}") if earliest else None
    if earliest == latest:
        return Placed(latest, latest)
    if earliest is None or role == UNTIL or (latest - earliest).days >= SPANNED_DAYS:
        return Placed(latest, latest, f": last day{quoted}")
    return Placed(earliest, latest, f" (“{words}”)" if words else "")


def read_as(earliest: date | None, latest: date | None, *, words: str, role: str = "due") -> str:
    """How the published words were read, as a sentence; nothing where there are none."""
    return f"“{words}”, read as {window_in_words(earliest, latest, role=role)}." if words else ""


def sources_in_words(sources: Iterable[object]) -> str:
    """ "Source: LGA briefing, para 2; Lincolnshire report, bullet 1"; nothing for none."""
    named = list(dict.fromkeys(str(each) for each in sources))
    more = f" and {len(named) - SOURCES_NAMED} more" if len(named) > SOURCES_NAMED else ""
    return f"Source: {'; '.join(named[:SOURCES_NAMED])}{more}." if named else ""


def lines(*said: str) -> str:
    """What is said, a line each."""
    return "\n".join(each for each in said if each)
