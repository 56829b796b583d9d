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


def facts_known(*, until: date, about: Collection[str] | None = None) -> Facts:
    """Load what is watched, or only the sorts of record asked about: the same few queries whatever there is."""
    asked = [watch for watch in _plain_watches() if about is None or watch.subjects in about]
    return Facts(tuple((watch, row) for watch in asked for row in watch.load(until)))


def plain_subjects() -> list[str]:
    """The sorts of record that flags about the whole country speak of."""
    return [watch.subjects for watch in _plain_watches()]


def _plain_watches() -> list[Watch]:
    return [watch for watch in watches() if isinstance(watch, Watch)]


def wide_watches() -> list[WideWatch]:
    """What organisations have flags of their own about."""
    return [watch for watch in watches() if isinstance(watch, WideWatch)]


def wide_flags_due(
    *, on: date, organisations: Collection[str] | None = None, are_private: bool = False
) -> Iterator[FlagDue]:
    """The flags that organisations have of their own on the day, in no order, made as they are asked for.

    Only those of some organisations, by slug, where any are given. Those of what an organisation keeps to itself only
    with `are_private`, which is for the job, and for a person's own organisations. One query for each sort of record.
    """
    found = (flag for watch in wide_watches() for flag in watch.due_on(on, organisations))
    return found if are_private else (flag for flag in found if not flag.is_private)


def flags_due(
    *,
    on: date,
    organisations: Collection[str] | None = None,
    are_private: bool = False,
    about: Collection[str] | None = None,
) -> Iterator[FlagDue]:
    """The flags due on the day: those about the whole country by kind, the earliest first; then organisations' own.

    With `organisations`, by slug, only theirs of the latter; with NATIONAL none. They come in no order, as there may be
    a hundred thousand: see `in_order`. About `are_private` see `wide_flags_due`. `about` names the sorts of record of
    the whole country's concern that are asked for, where not all are.
    """
    yield from facts_known(until=on, about=about).due(on=on)
    if organisations is None or organisations:
        yield from wide_flags_due(on=on, organisations=organisations, are_private=are_private)


def in_order(flags: Iterable[FlagDue]) -> list[FlagDue]:
    """By kind, as kinds are listed, then the earliest date first."""
    return sorted(flags, key=lambda flag: flag.order)
