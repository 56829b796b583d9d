"""What time did: commitments that came to be met, and windows that passed, between two days.

Nobody publishes that a window has passed. It follows from the rules of pillars/timing.py, asked for both days. What the
review asked for was promised by nobody, so its dates neither pass nor are met here, as with flags. A part speaks for
itself: a whole that goes by the date of a part is not told a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from pillars import timing_in_sql
from pillars.models import Commitment, Deadline, ProgressUpdate
from pillars.timing import Timing
from reforms.alerts.feeds.plan_changes import dated
from reforms.alerts.feeds.told import Asked, Change, ChangeKind, Window, change_of, newest_first

MET = frozenset({Timing.MET, Timing.MET_LATE})
ASKED_FOR = Commitment.Kind.RECOMMENDATION


@dataclass(frozen=True)
class Turn:
    """Where a commitment stands on the day, and before; and the deadline that decides it now."""

    key: int
    now: str
    before: str
    deciding: int | None

    @property
    def is_met(self) -> bool:
        return self.now in MET and self.before not in MET


def turned(asked: Asked, window: Window) -> list[Change]:
    """Commitments met and windows passed, the newest first: five queries at most, whatever there is."""
    if not asked.of_the_plan or window.since is None:
        return []
    turns = _turns(asked, window.day, window.since)
    known = Commitment.objects.in_bulk([each.key for each in turns])
    met = _met([known[each.key] for each in turns if each.is_met], window)
    passed = _passed({each.deciding: known[each.key] for each in turns if not each.is_met}, window)
    return newest_first([*met, *passed])


def _turns(asked: Asked, day: date, since: date) -> list[Turn]:
    found = Commitment.objects.known(on=day).standing().exclude(kind=ASKED_FOR).order_by()
    if asked.programme:
        found = found.filter(programme__slug=asked.programme)
    if asked.pillars:
        found = found.filter(pillar__number__in=asked.pillars)
    rows = found.annotate(
        now=timing_in_sql.timing(day), before=timing_in_sql.timing(since), deciding=timing_in_sql.deciding("id", day)
    ).values_list("pk", "now", "before", "deciding")
    turns = [Turn(*row) for row in rows]
    return [each for each in turns if each.is_met or (each.now == Timing.PASSED and each.deciding is not None)]


def _met(commitments: list[Commitment], window: Window) -> Iterator[Change]:
    """Each with the report that made it so: the last to become known, of it or of a part of it."""
    by_key = {each.pk: each for each in commitments}
    reports: dict[int, ProgressUpdate] = {}
    for update in _reports(by_key, window.day):
        for key in (update.commitment_id, update.commitment.parent_id):
            if key in by_key:
                reports[key] = update
    for key, update in reports.items():
        commitment = by_key[key]
        said = f"{update.day_in_words}: {update.summary}"
        day = min(max(update.known_on, update.happened_on), window.day)
        yield change_of(ChangeKind.MET, commitment.reference, day, str(commitment), said, commitment)


def _reports(keys: Iterable[int], day: date) -> list[ProgressUpdate]:
    """Reports that something was met, of these commitments and of their parts, in the order in which they counted."""
    theirs = Q(commitment__in=list(keys)) | Q(commitment__parent__in=list(keys))
    found = ProgressUpdate.objects.known(on=day).filter(theirs, status="met", happened_on__lte=day)
    rows = found.select_related("commitment")
    return sorted(rows, key=lambda each: (max(each.known_on, each.happened_on), each.number))


def _passed(commitments: dict[int | None, Commitment], window: Window) -> Iterator[Change]:
    """By the deadline that decides: a window that had passed when it became known passes on the day it did."""
    last = _last_reported([each.pk for each in commitments.values()], window.day)
    for deadline in Deadline.objects.filter(pk__in=[key for key in commitments if key is not None]):
        commitment = commitments[deadline.pk]
        if deadline.commitment_id != commitment.pk or deadline.latest is None:
            continue
        day = max(deadline.latest + timedelta(days=1), deadline.known_on, commitment.known_on)
        if window.has(day):
            said = f"{dated(deadline)}. {_outcome(last.get(commitment.pk))}"
            reference = f"{commitment.reference}/{deadline.number}"
            yield change_of(ChangeKind.PASSED, reference, day, str(commitment), said, commitment)


def _last_reported(keys: list[int], day: date) -> dict[int, ProgressUpdate]:
    found = ProgressUpdate.objects.known(on=day).filter(commitment__in=keys).order_by("happened_on", "number")
    return {each.commitment_id: each for each in found}


def _outcome(last: ProgressUpdate | None) -> str:
    """Silence is said only of what is silent."""
    if last is None:
        return "No source recorded here says what became of it."
    return f"Last reported: {last.get_status_display().lower()}, {last.day_in_words}."
