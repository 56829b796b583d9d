"""Which of a commitment's dates its milestones go by: the first, or what has replaced it by a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Published words for a date, with the day they became known."""

    @property
    def known_on(self) -> date: ...


class Window(Dated, Protocol):
    @property
    def latest(self) -> date | None: ...


Found = TypeVar("Found", bound=Dated)


def first_date(dates: Iterable[Found], *, on: date, keys: Callable[[Found], tuple[int, int | None]]) -> Found | None:
    """The first of the dates known on the day, followed through everything that had replaced it by then.

    `keys` answers the key of a date, and the key of the one that it replaces.
    """
    known = [each for each in dates if each.known_on <= on]
    own = {keys(each)[0] for each in known}
    found = next((each for each in known if keys(each)[1] not in own), None)
    replaced_by = {keys(each)[1]: each for each in known}
    while found and keys(found)[0] in replaced_by:
        found = replaced_by.pop(keys(found)[0])
    return found


def reported_on(window: Window) -> date | None:
    """The day it took place, at the latest: a source that names a day which is over reports it."""
    return window.latest if window.latest is not None and window.latest <= window.known_on else None
