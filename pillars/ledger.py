"""Commitments as rows of a ledger: each with its dates, state, money, sources and parts, as known on a day.

A commitment with no date of its own stands by the dates of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from pillars.answers import (
    Answered,
    Carrying,
    answers_to,
    carried_unasked,
    carried_with_timing,
    main_answers,
)
from pillars.drawing import Drawing, Scale, drawing
from pillars.models import Citation, Commitment, Deadline, FundingLine, ProgressUpdate
from pillars.money_words import money_words
from pillars.outcomes import Outcome, outcome_of
from pillars.places import Places, places_of
from pillars.replies import Reply, reply_of
from pillars.state_words import state_words
from pillars.timing import UNDATED_PART, Answer, Promise, Timing, commitment_timing, window_timing
from reforms.base.formatting import date_in_words, span_in_words, window_in_words
from reforms.base.prepared import Prepared
from reforms.base.sharing import shared

STRENGTHS: dict[str, str] = dict(Commitment.Strength.choices)
"""The words of each value: a page prints hundreds, and the model's own way of finding them is slow."""
LAST_REPORTED: dict[str, str] = {
    **{value: str(label).lower() for value, label in ProgressUpdate.Status.choices},
    ProgressUpdate.Status.MET: "one of its dates met",
}
"""What was last reported of a promise whose window has passed: where a date of it is met, another is not."""
UNDATED = {
    is_conditional: commitment_timing([], on=date.max, met_on=None, is_conditional=is_conditional)
    for is_conditional in (False, True)
}
"""What the rule says on any day of a commitment without a date of which nothing is reported: most have none."""
DEADLINES: Prepared[Deadline] = Prepared(
    lambda on, keys: Deadline.objects.current(on=on).filter(commitment__in=keys).order_by("number")
)
UPDATES: Prepared[ProgressUpdate] = Prepared(
    lambda on, keys: ProgressUpdate.objects.known(on=on).filter(commitment__in=keys).order_by("happened_on", "number")
)
FUNDING: Prepared[FundingLine] = Prepared(
    lambda on, keys: (
        FundingLine.objects.known(on=on).filter(commitment__in=keys).order_by("programme__number", "reference")
    )
)
JOINED = ("lead", "programme", "pillar")
"""What a row says of its commitment besides its own columns. A page that says less names fewer."""
UNSAID = ("known_on", "official_title", "summary")
"""Columns of a commitment that no row says."""
OF_PROGRAMME: Prepared[Commitment] = Prepared(
    lambda on, programmes: _standing(on).filter(programme__in=programmes).defer(*UNSAID)
)
OF_PILLAR: Prepared[Commitment] = Prepared(
    lambda on, pillars: _standing(on).filter(pillar__in=pillars).defer(*UNSAID), names=("lead", "mission")
)
WITH_PARTS: Prepared[Commitment] = Prepared(
    lambda on, keys: _standing(on).filter(Q(pk__in=keys) | Q(parent__in=keys)).order_by("reference").defer(*UNSAID),
    names=JOINED,
)
"""Some commitments and all their parts."""


@dataclass
class Entry:
    """One commitment as it stood on a day."""

    commitment: Commitment
    deadlines: Sequence[Deadline]
    updates: Sequence[ProgressUpdate]
    funding: Sequence[FundingLine]
    answer: Answer = UNDATED[False]
    deciding: Deadline | None = None
    parts: list[Entry] = field(default_factory=list)
    is_dated_by_parts: bool = False
    drawings: Sequence[Drawing] = ()
    citations: Sequence[Citation] = ()
    differing: Set[str] = frozenset()
    """What documents put differently about it: the fields of their readings."""
    was: Drawing | None = None
    answered: Answered | None = None
    """What became of a recommendation; see `give_answers`."""
    reply: Reply | None = None
    """The same in words, on a page that says it in place of dates; see `give_replies`."""

    @property
    def timing(self) -> Timing:
        return self.answer.timing

    @property
    def met_on(self) -> date | None:
        """The day it was met; where it stands by its parts, the day that the part was whose date decides."""
        own = met_on(self.updates, self.deciding)
        return own or min(filter(None, (part.met_on for part in self._deciding_parts)), default=None)

    @property
    def _deciding_parts(self) -> list[Entry]:
        decided_by = self.deciding.commitment_id if self.deciding else None
        return [part for part in self.parts if part.commitment.id == decided_by]

    @property
    def state(self) -> str:
        """The words beside the glyph."""
        if self.is_met_in_part:
            return "Met in part, the rest has no date"
        last = self.last_report if self.timing is Timing.PASSED else None
        return state_words(
            self.answer, met_on=self.met_on, condition=self.commitment.condition, reported=report_words(last)
        )

    @property
    def is_met_in_part(self) -> bool:
        """Whether its parts with a date are met, and those without are not."""
        is_undecided = self.is_dated_by_parts and self.timing is Timing.NO_DATE
        return is_undecided and any(part.timing in (Timing.MET, Timing.MET_LATE) for part in self.parts)

    @property
    def last_report(self) -> ProgressUpdate | None:
        """What was last reported of it, or of the part by whose date it stands."""
        return last_of(update for each in (self, *self._deciding_parts) for update in each.updates)

    @property
    def outcome(self) -> Outcome:
        """Where it stands, with what has passed in silence told from what has not; the name of its glyph."""
        timing = self.answer.timing
        return outcome_of(timing, is_reported=timing is Timing.PASSED and self.last_report is not None)

    mark = outcome

    @property
    def latest_update(self) -> ProgressUpdate | None:
        return self.updates[-1] if self.updates else None

    @property
    def differs(self) -> bool:
        return bool(self.differing)

    @property
    def reference(self) -> str:
        return self.commitment.reference

    @property
    def title(self) -> str:
        return self.commitment.title

    @property
    def url(self) -> str:
        return self.commitment.get_absolute_url()

    @property
    def meta(self) -> str:
        """How firmly it was promised and who leads."""
        lead = self.commitment.lead
        strength = STRENGTHS[self.commitment.strength]
        return f"{strength}, {lead.known_as}" if lead else strength

    @property
    def words(self) -> str:
        """The published words of its dates, in quotes; those of its parts where it has none."""
        dated = self.deadlines or [deadline for part in self.parts for deadline in part.deadlines]
        return ", ".join(f"“{words}”" for words in dict.fromkeys(deadline.words for deadline in dated))

    @property
    def means(self) -> str:
        """The window that the deciding date means."""
        found = self.deciding
        return window_in_words(found.earliest, found.latest, role=found.role) if found else ""

    @property
    def money(self) -> str:
        """Each of its sums, rates and shares in few words; those of its parts where it has none."""
        lines = self.funding or [line for part in self.parts for line in part.funding]
        return ", ".join(money_words(line) for line in lines)

    @property
    def past(self) -> str:
        """How long ago its window passed, in words."""
        return f"{span_in_words(self.answer.days or 0)} past"

    @property
    def note(self) -> str:
        """What a part says of itself in its parent's row: its dates and its money."""
        return ", ".join(text for text in (self.words, self.money) if text)

    def draw(self, scale: Scale, *, on: date) -> None:
        """Place its windows, and those of its parts, on a scale."""
        drawn = [_drawing(self, deadline, scale, on=on) for deadline in self.deadlines]
        for part in self.parts:
            part.draw(scale, on=on)
            drawn += part.drawings if self.is_dated_by_parts else ()
        self.drawings = drawn

    @property
    def is_dated_or_funded(self) -> bool:
        """Whether a source gives it, or a part of it, a date or money."""
        own = bool(self.deadlines or self.funding)
        return own or any(part.is_dated_or_funded for part in self.parts)


def entries(
    commitments: QuerySet[Commitment],
    *,
    on: date,
    is_cited: bool = True,
    joined: Sequence[str] = JOINED,
    given: Mapping[str, Iterable[Model]] | None = None,
    are_asked: bool = False,
) -> list[Entry]:
    """The commitments with their parts, as known on the day: a fixed number of queries.

    Pages that only count them leave out the citations, and so do those that load them with others (see `cite`).
    `given` holds what the page has at hand of what a row says, by the name of its key (see `shared`). `are_asked` says
    that they are recommendations, whose answers stand for what is reported of them: progress is not asked for.
    """
    known = commitments.known(on=on).standing()  # type: ignore[attr-defined]
    return entries_of(shared(known, joined, given=given), on=on, is_cited=is_cited, are_asked=are_asked)


def entries_of(
    commitments: Sequence[Commitment], *, on: date, is_cited: bool = True, are_asked: bool = False
) -> list[Entry]:
    """The same of commitments that were loaded, all of them known on the day and none found to be part of another."""
    if not commitments:
        return []
    loaded = _with_facts(commitments, on=on, has_progress=not are_asked)
    rows = _under_their_own(loaded)
    for row in loaded:
        _decide(row, on=on)
    if is_cited:
        cite(rows, places_of((row.commitment for row in loaded), on=on))
    return rows


def _standing(on: date) -> Any:
    return Commitment.objects.known(on=on).standing()


def cite(rows: Iterable[Entry], places: Places) -> None:
    """Give the rows and their parts the places that they rest on, and whether documents differ there."""
    for row in every(rows):
        row.citations, row.differing = places.of(row.commitment), places.differing(row.commitment)


def give_answers(rows: Iterable[Entry], *, on: date, carried: Carrying | None = None) -> list[Entry]:
    """Give each recommendation among the rows and their parts its main answer: two queries, or none without any.

    Returns the recommendations. `carried` is another way to ask what carries the answers (see `answers_to`).
    """
    asked = recommendations(rows)
    found = main_answers(answers_to([row.commitment.id for row in asked], on=on, carried=carried)) if asked else {}
    for row in asked:
        row.answered = found.get(row.commitment.id)
    return asked


def give_replies(rows: Iterable[Entry], *, on: date, carried: Carrying = carried_with_timing) -> None:
    """Let recommendations say what became of them in place of their dates: two queries, or none without any."""
    for row in give_answers(rows, on=on, carried=carried):
        row.reply = reply_of(row.answered, names_carried=carried is not carried_unasked)


def give_replies_at_hand(rows: Iterable[Entry], answers: Mapping[int, Answered], *, on: date) -> None:
    """The same with answers that the page has at hand, by recommendation: one query, for what carries them."""
    carrying = carried_with_timing([each.verdict.pk for each in answers.values()], on=on)
    for row in recommendations(rows):
        given = answers.get(row.commitment.id)
        row.answered = Answered(given.verdict, carrying[given.verdict.pk]) if given else None
        row.reply = reply_of(row.answered)


def recommendations(rows: Iterable[Entry]) -> list[Entry]:
    """The recommendations among the rows and their parts."""
    return [row for row in every(rows) if row.commitment.kind == Commitment.Kind.RECOMMENDATION]


def every(rows: Iterable[Entry]) -> list[Entry]:
    """The rows and all their parts."""
    found: list[Entry] = []
    for row in rows:
        found.append(row)
        if row.parts:
            found += every(row.parts)
    return found


def draw_all(rows: list[Entry], *, on: date) -> Scale:
    """Place every row on one scale that spans them all, and give the scale."""
    scale = Scale.for_windows([deadline for row in every(rows) for deadline in row.deadlines], on)
    for row in rows:
        row.draw(scale, on=on)
    return scale


def met_on(updates: Iterable[ProgressUpdate], deadline: Deadline | None) -> date | None:
    """The first day a source says that it was met, for the deadline or for the whole."""
    days = [
        update.happened_on
        for update in updates
        if update.status == ProgressUpdate.Status.MET
        and (update.deadline_id is None or (deadline is not None and update.deadline_id == deadline.id))
    ]
    return min(days, default=None)


def last_of(updates: Iterable[ProgressUpdate]) -> ProgressUpdate | None:
    """What was reported last."""
    return max(updates, key=lambda update: (update.happened_on, update.number), default=None)


def report_words(update: ProgressUpdate | None) -> str:
    """ "under way on 20 June 2024"; nothing where there is none."""
    return f"{LAST_REPORTED[update.status]} on {date_in_words(update.happened_on)}" if update else ""


def _drawing(row: Entry, deadline: Deadline, scale: Scale, *, on: date) -> Drawing:
    met = met_on(row.updates, deadline)
    timing = window_timing(deadline.earliest, deadline.latest, on=on, met_on=met)
    said_on = row.commitment.programme.published_on
    return drawing(
        deadline.earliest,
        deadline.latest,
        deadline.role,
        timing,
        scale,
        on,
        met,
        edtf=deadline.edtf,
        said_on=said_on,
        is_conditional=bool(row.commitment.condition) and timing is Timing.AHEAD,
    )


def _with_facts(commitments: Sequence[Commitment], *, on: date, has_progress: bool) -> list[Entry]:
    """Each commitment with what decides its state and what it costs: three queries for any number of them."""
    keys = [each.id for each in commitments]
    deadlines, funding = _by_commitment(DEADLINES, keys, on=on), _by_commitment(FUNDING, keys, on=on)
    updates = _by_commitment(UPDATES, keys, on=on) if has_progress else {}
    return [
        Entry(each, deadlines.get(key, ()), updates.get(key, ()), funding.get(key, ()))
        for key, each in zip(keys, commitments, strict=True)
    ]


def _by_commitment(facts: Prepared[Any], keys: Sequence[int], *, on: date) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for fact in facts.ask(keys, on=on):
        found.setdefault(fact.commitment_id, []).append(fact)
    return found


def _under_their_own(rows: Sequence[Entry]) -> list[Entry]:
    """The rows with each part put under its own, where that is among them."""
    by_id = {row.commitment.id: row for row in rows}
    own: list[Entry] = []
    for row in rows:
        parent = by_id.get(row.commitment.parent_id or 0)
        (own if parent is None else parent.parts).append(row)
    return own


def _decide(row: Entry, *, on: date) -> None:
    """Sets the state from the row's own dates, or from its parts' where it has none."""
    dated = [(deadline, row.updates) for deadline in row.deadlines]
    if row.parts and not dated:
        dated = [(deadline, part.updates) for part in row.parts for deadline in part.deadlines]
        row.is_dated_by_parts = bool(dated)
    if not dated and not row.updates:
        row.answer = UNDATED[bool(row.commitment.condition)]
        return
    promises = [
        Promise(deadline.earliest, deadline.latest, deadline.role, met_on(updates, deadline))
        for deadline, updates in dated
    ]
    if row.is_dated_by_parts:
        promises += [_undated(part) for part in row.parts if not part.deadlines]
    whole = met_on(row.updates, None)
    row.answer = commitment_timing(promises, on=on, met_on=whole, is_conditional=bool(row.commitment.condition))
    place = row.answer.promise
    row.deciding = dated[place][0] if place is not None and place < len(dated) else None


def _undated(part: Entry) -> Promise:
    """A part without a date, beside others that have one: the whole is not met before it is."""
    return Promise(None, None, UNDATED_PART, met_on(part.updates, None))
