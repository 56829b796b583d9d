"""The day a public page answers for: today, or `?as_at=` a day from 2020 to today.

As-at is about what the public could know, not about when we typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reforms.base.clock import civil_day

FIRST_DAY = date(2020, 1, 1)
PARAMETER = "as_at"
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_PLAIN = re.compile(r"[\w/.-]*(\?\w+=[\w.-]+(&\w+=[\w.-]+)*)?\Z", re.ASCII)
"""An address in which nothing needs a code, without a fragment."""


class AsAtError(ValueError):
    """The day asked for cannot be answered for; the message is for the reader."""


@dataclass(frozen=True)
class AsAt:
    """`now` is the moment the request was read; `day` the day the page answers for."""

    now: datetime
    day: date

    @cached_property
    def today(self) -> date:
        return civil_day(self.now)

    @cached_property
    def is_today(self) -> bool:
        return self.day == self.today

    def carry(self, url: str) -> str:
        """The same address, asking for the same day."""
        return url if self.is_today else with_day(url, self.day)


def with_day(url: str, day: date | None) -> str:
    """The address with `as_at` set to the day, or taken out."""
    if day is not None and _PLAIN.match(url) and PARAMETER not in url:
        return f"{url}{'&' if '?' in url else '?'}{PARAMETER}={day.isoformat()}"  # most links: not worth taking apart
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != PARAMETER]
    if day is not None:
        query.append((PARAMETER, day.isoformat()))
    return urlunsplit(parts._replace(query=urlencode(query)))


def for_another_day(url: str) -> str:
    """The address without a day, to be asked for another: the first page of a list, since it may have no more."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in (PARAMETER, "page")]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def read_day(values: list[str], *, now: datetime) -> AsAt:
    """The day the given values of `as_at` ask for; none means today. Raises AsAtError."""
    today = civil_day(now)
    if not values:
        return AsAt(now=now, day=today)
    if len(values) > 1:
        raise AsAtError("Give one day only")
    return AsAt(now=now, day=_checked(_parsed(values[0]), today=today))


def _parsed(value: str) -> date:
    if not _ISO_DAY.match(value):
        raise AsAtError("Enter a day as year, month and day, like 2023-04-21")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise AsAtError("Enter a real day, like 2023-04-21") from error


def _checked(day: date, *, today: date) -> date:
    if not FIRST_DAY <= day <= today:
        raise AsAtError("Enter a day from 1 January 2020 to today")
    return day
