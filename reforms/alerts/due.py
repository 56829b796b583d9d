"""What needs attention on a day: a pure, set-wise answer from data, for pages and for the job alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reforms.alerts.flag_due import FlagDue, Row
from reforms.alerts.watched import Watch, WideWatch, watches

NATIONAL: tuple[str, ...] = ()
"""No organisation: only flags about the whole country."""


@dataclass(frozen=True)
class Facts:
    """Everything watched, of the whole country's concern, that the public knew by a day.

    Answers for that day and for any before it, with no query.
    """

    rows: tuple[tuple[Watch, Row], ...]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def due(self, *, on: date) -> list[FlagDue]:
        """The flags due on the day, from what was known on it: by kind, the earliest date first."""
        known = [(watch, row) for watch, row in self.rows if row.known_on <= on]
        return in_order(flag for watch, row in known for flag in watch.due(row, on))


def facts_known(*, until: date) -> Facts:
    """Load what is watched: the same few queries whatever there is."""
    plain = [watch for watch in watches() if isinstance(watch, Watch)]
    return Facts(tuple((watch, row) for watch in plain for row in watch.load(until)))


def wide_watches() -> list[WideWatch]:
    """What organisations have flags of their own about."""
    return [watch for watch in watches() if isinstance(watch, WideWatch)]


def wide_flags_due(*, on: date, organisations: Collection[str] | None = None) -> Iterator[FlagDue]:
    """The flags that organisations have of their own on the day, in no order, made as they are asked for.

    Only those of some organisations, by slug, where any are given. One query for each sort of record.
    """
    return (flag for watch in wide_watches() for flag in watch.due_on(on, organisations))


def flags_due(*, on: date, organisations: Collection[str] | None = None) -> Iterator[FlagDue]:
    """The flags due on the day: those about the whole country by kind, the earliest first; then organisations' own.

    With `organisations`, by slug, only theirs of the latter; with NATIONAL none. They come in no order, as there may be
    a hundred thousand: see `in_order`.
    """
    yield from facts_known(until=on).due(on=on)
    if organisations is None or organisations:
        yield from wide_flags_due(on=on, organisations=organisations)


def in_order(flags: Iterable[FlagDue]) -> list[FlagDue]:
    """By kind, as kinds are listed, then the earliest date first."""
    return sorted(flags, key=lambda flag: flag.order)
