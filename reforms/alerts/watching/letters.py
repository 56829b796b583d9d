"""What is in the outbox: how much waits, for how long, and what could not be sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Min

from reforms.alerts.models import Letter
from reforms.alerts.watching.words import masked
from reforms.base.clock import civil_moment
from reforms.base.models import User

LONGEST_WAIT = timedelta(minutes=10)
"""A letter that is due goes within a minute; one that waits so long shows that nobody sends."""


@dataclass(frozen=True)
class LettersKept:
    """`oldest_age_seconds` is since the oldest of those that wait was made.

    A letter that a server has put off waits for its next time, and is late only after that.
    """

    waiting: int
    oldest_age_seconds: int | None
    failed: int
    late: bool

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def letters_kept(*, now: datetime) -> LettersKept:
    """Two queries, whatever has been sent."""
    found = Letter.objects.waiting().aggregate(count=Count("pk"), made=Min("made_at"), due=Min("not_before"))
    return LettersKept(
        waiting=found["count"],
        oldest_age_seconds=_seconds(found["made"], now=now),
        failed=Letter.objects.filter(state=Letter.State.FAILED).count(),
        late=found["due"] is not None and now - found["due"] > LONGEST_WAIT,
    )


def _seconds(since: datetime | None, *, now: datetime) -> int | None:
    return None if since is None else max(0, int((now - since).total_seconds()))


@dataclass(frozen=True)
class FailedLetter:
    """A letter that was given up. Whom it was for is said by name, or by an address that is mostly hidden."""

    letter: Letter

    @property
    def kind(self) -> str:
        return self.letter.get_kind_display()

    @property
    def person(self) -> User | None:
        return self.letter.recipient.person

    @property
    def address(self) -> str:
        return masked(self.letter.recipient.address)


def failed_letters(paging: slice) -> list[FailedLetter]:
    """The latest first. One query, which leaves out what the letters say."""
    failed = Letter.objects.filter(state=Letter.State.FAILED).order_by("-ended_at", "-pk")
    shown = failed.select_related("recipient__person").defer("subject", "text", "html", "unsubscribe_url")
    return [FailedLetter(letter) for letter in shown[paging]]


def sent_on(day: date) -> int:
    """How many letters were sent on the civil day."""
    begins, ends = (civil_moment(each, time()) for each in (day, day + timedelta(days=1)))
    return Letter.objects.filter(state=Letter.State.SENT, ended_at__gte=begins, ended_at__lt=ends).count()
