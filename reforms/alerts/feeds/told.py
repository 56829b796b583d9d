"""What the news of a feed is made of: the values, apart from where they are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeAlias

from django.db.models import QuerySet, TextChoices

from consultations.status import moment_of
from reforms.base.as_at import AsAt
from reforms.base.clock import civil_day, civil_moment


class ChangeKind(TextChoices):
    PROGRAMME = "programme", "Programme published"
    SOURCE = "source", "Document published"
    MET = "met", "Commitment met"
    PASSED = "passed", "Window passed"
    DEADLINE = "deadline", "Date moved"
    REWORDED = "reworded", "Worded anew by government"
    PROGRESS = "progress", "Progress reported"
    ANNOUNCED = "consultation-announced", "Consultation announced"
    OPENED = "consultation-opened", "Consultation opened"
    CLOSED = "consultation-closed", "Consultation closed"
    OUTCOME = "consultation-outcome", "Outcome of a consultation"
    ANSWERED = "consultation-answered", "Consultation answered"
    POSITION = "position", "Position published"
    REPLACED = "position-replaced", "Position replaced by a new version"
    WITHDRAWN = "position-withdrawn", "Position withdrawn"
    STALE = "position-stale", "Position gone stale"
    VIEWS = "views", "Views published"


@dataclass(frozen=True)
class Change:
    """One thing that became known. `reference` and the kind make it the same for ever; `path` leads to its page."""

    kind: ChangeKind
    reference: str
    at: datetime
    title: str
    summary: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.kind.value}/{self.reference}"

    @property
    def day(self) -> date:
        return civil_day(self.at)


@dataclass(frozen=True)
class Asked:
    """What the changes are to be about; empty for whatever there is. Pillars are those of the programme named.

    `council` is the slug of any organisation that has positions, answers or views of its own.
    """

    programme: str = ""
    pillars: tuple[int, ...] = ()
    council: str = ""
    consultation: str = ""

    @property
    def of_the_plan(self) -> bool:
        """Whether what is of no one council or consultation is asked for too."""
        return not (self.council or self.consultation)


EVERYTHING = Asked()


@dataclass(frozen=True)
class Window:
    """The days that are asked for: those after `since`, where it is given, up to `day`."""

    day: date
    moment: datetime
    since: date | None = None

    @classmethod
    def until(cls, as_at: AsAt, *, since: date | None) -> Window:
        return cls(as_at.day, moment_of(as_at), since)

    def newest(self, rows: QuerySet[Any], *order: str) -> QuerySet[Any]:
        """The rows that became known in it, the newest first."""
        known = rows.filter(known_on__lte=self.day)
        if self.since is not None:
            known = known.filter(known_on__gt=self.since)
        return known.order_by("-known_on", *order)

    def has(self, day: date) -> bool:
        return day <= self.day and (self.since is None or day > self.since)


Rows: TypeAlias = QuerySet[Any] | Sequence[Change]


@dataclass(frozen=True)
class Stream:
    """News of one sort: the rows it comes from, newest first, and how one of them is told.

    Rows that nobody has asked the database for can be counted, or asked for a few at a time.
    """

    rows: Callable[[Asked, Window], Rows]
    tell: Callable[[Any], Change]


def start_of(day: date) -> datetime:
    """The first moment of the day: most of what becomes known has a day and no time."""
    return civil_moment(day, time.min).astimezone(UTC)


def newest_first(changes: Sequence[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.at, change.name), reverse=True)


def change_of(kind: ChangeKind, reference: str, day: date, title: str, said: str, owner: Any) -> Change:
    """Something that became known on a day, about what has a page."""
    return Change(kind, reference, start_of(day), title, said, owner.get_absolute_url())
