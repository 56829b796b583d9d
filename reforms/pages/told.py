"""What sources report of promises, beside the words that promised them: met late, met in time, slipped, moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pillars.ledger import Entry, every
from pillars.models import Citation, Deadline, Programme, ProgressUpdate
from pillars.outcomes import Outcome
from pillars.places import Places, places_of
from reforms.base.formatting import date_in_words, days_in_words
from reforms.pages.outcome import finest

Status = ProgressUpdate.Status
TURNS = (Status.SLIPPED, Status.CHANGED, Status.DROPPED)
"""Reports that a promise went another way than it was made."""


@dataclass(frozen=True)
class Kept:
    """A promise, or a part of one, that a source reports as met: its words, and the report."""

    entry: Entry
    report: ProgressUpdate | None
    promised_in: Sequence[Citation]
    reported_in: Sequence[Citation]

    @property
    def promised(self) -> str:
        """ "“Spring 2023”: 1 March to 31 May 2023"; empty where no date was given."""
        deciding = self.entry.deciding
        return f"“{deciding.words}”: {self.entry.means}" if deciding else ""

    @property
    def reported(self) -> str:
        """ "Met on 21 June 2023, 21 days after the last day of its window"."""
        met_on = self.entry.met_on
        said = f"Met on {date_in_words(met_on)}" if met_on else "Met"
        if self.report and self.report.date_basis == "inferred":
            said += " (day inferred by us)"
        return f"{said}, {self.by} after the last day of its window" if self.is_late else said

    @property
    def by(self) -> str:
        """How late, in days; empty where it is not."""
        return days_in_words(self.entry.answer.days or 0) if self.is_late else ""

    @property
    def is_late(self) -> bool:
        return self.entry.outcome is Outcome.MET_LATE


@dataclass(frozen=True)
class Turn:
    """One report that promises slipped, were changed or dropped: one event may tell it of several."""

    update: ProgressUpdate
    entries: list[Entry]
    citations: Sequence[Citation]

    @property
    def day(self) -> str:
        return self.update.day_in_words


@dataclass(frozen=True)
class Moved:
    """A date that a later one replaced."""

    entry: Entry
    before: str
    after: str
    citations: Sequence[Citation]


@dataclass(frozen=True)
class Told:
    """All that the page lists, each once."""

    late: Sequence[Kept] = ()
    in_time: Sequence[Kept] = ()
    undated: Sequence[Kept] = ()
    turns: Sequence[tuple[Status, Sequence[Turn]]] = ()
    moved: Sequence[Moved] = field(default_factory=list)

    @property
    def late_parts(self) -> int:
        """How many of those met late are parts, which are counted with their whole."""
        return sum(each.entry.commitment.parent_id is not None for each in self.late)


def told(programme: Programme, rows: Sequence[Entry], *, on: date) -> Told:
    """What is reported of the rows and their parts by the day: two queries."""
    replaced = _replaced(programme, on=on)
    met = finest(rows, Outcome.MET, Outcome.MET_LATE)
    reports = {entry.commitment.pk: _report(entry) for entry in met}
    shown = [update for row in every(rows) for update in row.updates]
    places = places_of(shown, _deadlines(met, replaced), on=on)
    kept = [_kept(entry, reports[entry.commitment.pk], places) for entry in met]
    punctual = [each for each in kept if not each.is_late]
    return Told(
        late=[each for each in kept if each.is_late],
        in_time=[each for each in punctual if each.entry.deciding and each.entry.deciding.latest],
        undated=[each for each in punctual if not (each.entry.deciding and each.entry.deciding.latest)],
        turns=_turns(rows, places),
        moved=_moved(rows, replaced, places),
    )


def _replaced(programme: Programme, *, on: date) -> list[Deadline]:
    """Dates in use that have replaced others: one query."""
    current = Deadline.objects.current(on=on).filter(commitment__programme=programme, replaces__isnull=False)
    return list(current.select_related("replaces").order_by("commitment__reference", "number"))


def _deadlines(met: Iterable[Entry], replaced: Sequence[Deadline]) -> list[Deadline]:
    return [*(entry.deciding for entry in met if entry.deciding), *replaced]


def _report(entry: Entry) -> ProgressUpdate | None:
    """The report by which it is met: its own, or of the part by whose date it stands."""
    deciding = entry.deciding
    decides = {entry.commitment.pk, deciding.commitment_id if deciding else 0}
    updates = (update for each in every([entry]) if each.commitment.pk in decides for update in each.updates)
    met = (update for update in updates if update.status == Status.MET and update.happened_on == entry.met_on)
    return next(met, None)


def _kept(entry: Entry, report: ProgressUpdate | None, places: Places) -> Kept:
    promised_in = places.of(entry.deciding) if entry.deciding else []
    return Kept(entry, report, promised_in, places.of(report) if report else [])


def _turns(rows: Sequence[Entry], places: Places) -> list[tuple[Status, list[Turn]]]:
    """By what they tell, in order of time; what one event tells of several promises stands once."""
    found: dict[tuple[str, date, str], Turn] = {}
    for entry in every(rows):
        for update in entry.updates:
            key = (update.status, update.happened_on, update.summary)
            if update.status in TURNS:
                found.setdefault(key, Turn(update, [], places.of(update))).entries.append(entry)
    in_time = sorted(found.values(), key=lambda turn: turn.update.happened_on)
    grouped = [(status, [turn for turn in in_time if turn.update.status == status]) for status in TURNS]
    return [(status, turns) for status, turns in grouped if turns]


def _moved(rows: Sequence[Entry], replaced: Iterable[Deadline], places: Places) -> list[Moved]:
    by_key = {entry.commitment.pk: entry for entry in every(rows)}
    return [
        Moved(by_key[each.commitment_id], each.replaces.words, each.words, places.of(each))
        for each in replaced
        if each.replaces and each.commitment_id in by_key
    ]
