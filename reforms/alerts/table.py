"""The table of what was raised, brought into line with what is due.

What concerns the whole country is compared at once: it is a few dozen flags. What organisations have of their own may
be a hundred thousand, so it is compared for some organisations at a time, and no more than theirs is held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from reforms.alerts.due import wide_flags_due, wide_watches
from reforms.alerts.flag_due import FlagDue, Key
from reforms.alerts.kinds import FlagKind
from reforms.alerts.models import Flag

ORGANISATIONS_AT_A_TIME = 20
ROWS_AT_A_TIME = 500
"""Rows in one statement: databases limit how many values it may have."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Tally:
    """How many flags of a kind are due, were raised now, and were cleared now."""

    due: int = 0
    raised: int = 0
    cleared: int = 0


Tallies = dict[str, Tally]
"""By kind of flag."""


# Flags about the whole country


def bring_into_line(
    due: Sequence[FlagDue], *, on: date, now: datetime, baseline: Collection[str]
) -> tuple[list[FlagDue], list[Flag]]:
    """Clear what is no longer due, then raise what is not open yet; answers what was raised and what was cleared.

    What is raised about the sorts of record in `baseline` is old news.
    """
    open_flags = {key_of(flag): flag for flag in national_open()}
    raised, cleared = _differing(due, open_flags)
    clear([flag.pk for flag in cleared], now=now)
    insert([flag for flag in raised if flag.subject_type in baseline], on=on, now=now, is_baseline=True)
    insert([flag for flag in raised if flag.subject_type not in baseline], on=on, now=now, is_baseline=False)
    return raised, cleared


def national_open() -> Iterable[Flag]:
    """The open flags about the whole country."""
    return Flag.objects.open().filter(organisation="")


def key_of(flag: Flag) -> Key:
    return (flag.kind, flag.subject, flag.organisation, flag.due_on, flag.threshold)


# Flags that organisations have of their own


def bring_own_into_line(*, on: date, now: datetime, baseline: Collection[FlagKind]) -> Tallies:
    """The same, for some organisations at a time. What is raised of the kinds in `baseline` is old news."""
    tallies = _no_tallies()
    for organisations in in_batches(_holders(on), ORGANISATIONS_AT_A_TIME):
        due = list(wide_flags_due(on=on, organisations=organisations, are_private=True))
        open_flags = _own_open(organisations)
        raised, cleared = _differing(due, open_flags)
        clear(cleared, now=now)
        insert([flag for flag in raised if flag.kind in baseline], on=on, now=now, is_baseline=True)
        insert([flag for flag in raised if flag.kind not in baseline], on=on, now=now, is_baseline=False)
        kind_of = {key: kind for (kind, *_rest), key in open_flags.items()}
        _add(tallies, "due", (flag.kind for flag in due))
        _add(tallies, "raised", (flag.kind for flag in raised))
        _add(tallies, "cleared", (kind_of[key] for key in cleared))
    return tallies


def tally_own(*, on: date) -> Tallies:
    """How many flags organisations have of their own on the day. Nothing is written, and no flag is kept."""
    tallies = _no_tallies()
    _add(tallies, "due", (flag.kind for flag in wide_flags_due(on=on, are_private=True)))
    return tallies


def _no_tallies() -> Tallies:
    return {kind.value: Tally() for watch in wide_watches() for kind in watch.kinds}


def _add(tallies: Tallies, column: str, kinds: Iterable[str]) -> None:
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[str(kind)] = counts.get(str(kind), 0) + 1
    for kind, count in counts.items():
        tally = tallies.get(kind, Tally())
        tallies[kind] = replace(tally, **{column: getattr(tally, column) + count})


def _holders(on: date) -> list[str]:
    """Every organisation that may have flags due, or has some open."""
    may_have = {slug for watch in wide_watches() for slug in watch.holders(on)}
    have = Flag.objects.open().exclude(organisation="").order_by().values_list("organisation", flat=True).distinct()
    return sorted({*may_have, *have})


def _own_open(organisations: Collection[str]) -> dict[Key, int]:
    """The open flags of these organisations, each with its id."""
    columns = ("kind", "subject", "organisation", "due_on", "threshold", "pk")
    rows = Flag.objects.open().filter(organisation__in=organisations).order_by().values_list(*columns)
    return {(kind, subject, organisation, day, days): key for kind, subject, organisation, day, days, key in rows}


# Both


def _differing(due: Iterable[FlagDue], open_flags: Mapping[Key, Item]) -> tuple[list[FlagDue], list[Item]]:
    """What is due and not open, and what is open and not due."""
    by_key = {flag.key: flag for flag in due}
    raised = [flag for key, flag in by_key.items() if key not in open_flags]
    return raised, [item for key, item in open_flags.items() if key not in by_key]


def clear(keys: Sequence[int], *, now: datetime) -> None:
    """Clear flags, by their ids, that are still open."""
    for some in in_batches(keys, ROWS_AT_A_TIME):
        Flag.objects.open().filter(pk__in=some).update(cleared_at=now)


def insert(flags: Iterable[FlagDue], *, on: date, now: datetime, is_baseline: bool) -> None:
    """Raise flags; those that are open already stay as they are, even if another machine raised them a moment ago."""
    rows = [
        Flag(
            kind=flag.kind.value,
            subject=flag.subject,
            organisation=flag.organisation,
            due_on=flag.due_on,
            threshold=flag.threshold,
            reason=flag.reason,
            raised_for=on,
            raised_at=now,
            is_baseline=is_baseline,
        )
        for flag in flags
    ]
    Flag.objects.bulk_create(rows, batch_size=ROWS_AT_A_TIME, ignore_conflicts=True)


def in_batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in their order, so many at a time."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
