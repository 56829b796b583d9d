"""All that changed between two days: how much of each kind, and any few of it.

Kinds that can be many are counted by the database and asked for a page at a time. What time did, and the turns of
consultations, are worked out whole: there are dozens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, groupby
from typing import Any

from django.db.models import Count, QuerySet

from pillars.models import ProgressUpdate
from reforms.alerts.feeds import consultation_changes, plan_changes, position_changes
from reforms.alerts.feeds.told import Asked, Change, ChangeKind, Stream, Window
from reforms.base.as_at import AsAt
from reforms.reports.changes.kinds import ORDER
from reforms.reports.changes.stale import gone_stale, stale_change
from reforms.reports.changes.turned import turned

STREAMS: dict[ChangeKind, Stream] = {
    ChangeKind.PROGRAMME: plan_changes.PROGRAMMES,
    ChangeKind.DEADLINE: plan_changes.MOVED,
    ChangeKind.REWORDED: plan_changes.REWORDED,
    ChangeKind.PROGRESS: plan_changes.PROGRESS,
    ChangeKind.ANSWERED: consultation_changes.RESPONSES,
    ChangeKind.POSITION: position_changes.FIRST_POSITIONS,
    ChangeKind.REPLACED: position_changes.NEW_VERSIONS,
    ChangeKind.WITHDRAWN: position_changes.WITHDRAWALS,
    ChangeKind.VIEWS: position_changes.VIEWS,
    ChangeKind.SOURCE: plan_changes.SOURCES,
}
TURNS_OF_CONSULTATIONS = (ChangeKind.ANNOUNCED, ChangeKind.OPENED, ChangeKind.CLOSED, ChangeKind.OUTCOME)
VERSIONS = (ChangeKind.POSITION, ChangeKind.REPLACED)


@dataclass(frozen=True)
class Part:
    """One kind: how many, and what tells of some of them."""

    count: int
    rows: Sequence[Any] | QuerySet[Any]
    tell: Callable[[Any], Change]

    def between(self, first: int, last: int) -> list[Change]:
        """The changes at these places, the newest at 0. A query, where there are any."""
        last = min(last, self.count)
        return [self.tell(row) for row in self.rows[first:last]] if first < last else []


class News:
    """What changed after `since` and by the page's day, of what is asked.

    Positions that went stale are told of one council, or of all `with_stale`: as with flags, what concerns the whole
    country would drown among those of 150 councils, and to look through all of them takes a while.
    """

    def __init__(
        self, *, as_at: AsAt, asked: Asked, since: date, kinds: Iterable[ChangeKind] = ORDER, with_stale: bool = False
    ) -> None:
        self.asked = asked
        self.window = Window.until(as_at, since=since)
        is_told = with_stale or bool(asked.council)
        self.kinds = tuple(kind for kind in kinds if is_told or kind is not ChangeKind.STALE)

    @cached_property
    def parts(self) -> dict[ChangeKind, Part]:
        """Each kind, in order: a fixed number of queries."""
        return {kind: self._part(kind) for kind in self.kinds}

    def _part(self, kind: ChangeKind) -> Part:
        if kind in STREAMS:
            rows = self._not_yet_told(kind, STREAMS[kind].rows(self.asked, self.window))
            return Part(self._versions[kind] if kind in VERSIONS else rows.count(), rows, STREAMS[kind].tell)
        if kind is ChangeKind.STALE:
            stale = gone_stale(self.asked, self.window)
            return Part(len(stale), stale, stale_change)
        of_kind = (self._consultations if kind in TURNS_OF_CONSULTATIONS else self._turned)[kind]
        return Part(len(of_kind), of_kind, _itself)

    def _not_yet_told(self, kind: ChangeKind, rows: Any) -> Any:
        """A report that something is met is told once: where it made the whole commitment met, it stands there."""
        if kind is not ChangeKind.PROGRESS:
            return rows
        met = [change.reference for change in self._turned[ChangeKind.MET]]
        return rows.exclude(status=ProgressUpdate.Status.MET, commitment__reference__in=met) if met else rows

    @cached_property
    def _versions(self) -> dict[ChangeKind, int]:
        """How many positions are new and how many were changed: one look at all of them."""
        rows: Any = position_changes.POSITIONS.rows(self.asked, self.window)
        counts = dict(rows.order_by().values_list("is_another").annotate(count=Count("pk")))
        return {kind: counts.get(kind is ChangeKind.REPLACED, 0) for kind in VERSIONS}

    @cached_property
    def _turned(self) -> dict[ChangeKind, list[Change]]:
        return _by_kind(turned(self.asked, self.window))

    @cached_property
    def _consultations(self) -> dict[ChangeKind, list[Change]]:
        turns: Any = consultation_changes.TURNS.rows(self.asked, self.window)
        return _by_kind(turns)

    @property
    def counts(self) -> dict[ChangeKind, int]:
        return {kind: part.count for kind, part in self.parts.items()}

    def newest(self, kind: ChangeKind, most: int) -> list[Change]:
        return self.parts[kind].between(0, most)

    def at(self, places: Sequence[int], kinds: Sequence[ChangeKind]) -> list[Change]:
        """The changes at these places, counted through the kinds in their order: a query for each kind among them."""
        found: list[Change] = []
        for kind, own in groupby(self._placed(places, kinds), key=lambda pair: pair[0]):
            inside = [place for _kind, place in own]
            first = min(inside)
            told = self.parts[kind].between(first, max(inside) + 1)
            found += [told[place - first] for place in inside]
        return found

    def _placed(self, places: Sequence[int], kinds: Sequence[ChangeKind]) -> Iterator[tuple[ChangeKind, int]]:
        ends = list(accumulate(self.parts[kind].count for kind in kinds))
        for place in places:
            number = next(number for number, end in enumerate(ends) if place < end)
            yield kinds[number], place - (ends[number] - self.parts[kinds[number]].count)


def _itself(change: Change) -> Change:
    return change


def _by_kind(changes: Sequence[Change]) -> dict[ChangeKind, list[Change]]:
    found: defaultdict[ChangeKind, list[Change]] = defaultdict(list)
    for each in changes:
        found[each.kind].append(each)
    return found
