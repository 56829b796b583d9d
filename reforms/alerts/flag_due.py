"""One flag that is due on a day, and how its dates are put into words. No database here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from reforms.alerts.kinds import FlagKind
from reforms.base.formatting import date_in_words, days_in_words

LOOK_BACK_DAYS = 28
"""A flag about something that has happened is due for this many days, its first day included.

One about something that lasts, as a position that is stale, is due for as long as that lasts.
"""

Key = tuple[str, str, str, date, int]

_PLACES = {kind: place for place, kind in enumerate(FlagKind)}


@dataclass(frozen=True)
class FlagDue:
    """What needs attention on the day that was asked about.

    `subject` is stable text such as `consultation:agency-social-work`; `organisation` is empty for a national flag.
    `threshold` is a number of days before `due_on`, or 0 for a flag that looks back. `days` is how many are left
    (threshold above 0) or past (threshold 0).
    """

    kind: FlagKind
    subject: str
    due_on: date
    threshold: int
    days: int
    reason: str
    title: str
    url: str
    organisation: str = ""
    is_private: bool = False
    """Whether it is of something that the organisation keeps to itself: on no public page."""

    @property
    def key(self) -> Key:
        """What makes it the same flag as one raised before."""
        return (self.kind.value, self.subject, self.organisation, self.due_on, self.threshold)

    @property
    def subject_type(self) -> str:
        """The sort of record it is about: "consultation"."""
        return self.subject.partition(":")[0]

    @property
    def days_in_words(self) -> str:
        """ "20 days left", "today" or "3 days ago"."""
        if self.days == 0:
            return "today"
        return f"{days_in_words(self.days)} {'left' if self.threshold else 'ago'}"

    @property
    def order(self) -> tuple[int, date, str, int]:
        """Sorts flags: by kind as the kinds are listed, then the earliest date first."""
        return (_PLACES[self.kind], self.due_on, self.subject, self.threshold)


class Row(Protocol):
    """What flags can speak of: plain facts, with the day from which the public knew them."""

    @property
    def subject(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def known_on(self) -> date: ...


def flag(row: Row, kind: FlagKind, *, due_on: date, on: date, reason: str, threshold: int = 0) -> FlagDue:
    """A flag about the row. A threshold above 0 is for what is ahead."""
    days = abs((due_on - on).days)
    return FlagDue(kind, row.subject, due_on, threshold, days, reason, row.title, row.url)


def has_just_begun(first: date, on: date) -> bool:
    """Whether the day is one of the 28 that start with `first`."""
    return 0 <= (on - first).days < LOOK_BACK_DAYS


def has_just_ended(last: date, on: date) -> bool:
    """Whether the day is one of the 28 that follow `last`."""
    return 0 < (on - last).days <= LOOK_BACK_DAYS


def ahead_in_words(day: date, on: date) -> str:
    """ "in 20 days, on 11 May 2023"."""
    return f"in {days_in_words((day - on).days)}, on {date_in_words(day)}"


def past_in_words(day: date, on: date) -> str:
    """ "today, 11 May 2023" or "3 days ago, on 11 May 2023"."""
    if day == on:
        return f"today, {date_in_words(day)}"
    return f"{days_in_words((on - day).days)} ago, on {date_in_words(day)}"


def quoted(words: str, *, most: int = 200) -> str:
    """The published words in brackets, to stand after the date they were read as; nothing for no words."""
    shown = words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
    return f" (“{shown}”)" if words else ""
