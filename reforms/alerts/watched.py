"""What is watched: for each sort of record, how its rows are loaded and which rule they go through.

Most sorts have few records, all of the whole country's concern: a Watch loads every row and asks a pure rule. Of others
each organisation has many: a WideWatch finds what is due by itself, for the organisations it is asked about.

A room that has flags of its own calls `register` in its app's `ready()`; nothing else changes: pages, job and lists ask
`due.py`, which asks every watch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from consultations.models import Consultation
from pillars.dating import reported_on
from pillars.models import Deadline, Milestone, Phase, ProgressUpdate
from reforms.alerts import deadline_rules, position_flags, step_flags
from reforms.alerts.consultation_rules import ConsultationRow, consultation_flags
from reforms.alerts.deadline_rows import load_deadlines, report_of
from reforms.alerts.flag_due import FlagDue, Row
from reforms.alerts.kinds import FlagKind
from reforms.alerts.milestone_rules import Dating, MilestoneRow, PhaseRow, milestone_flags, phase_flags
from reforms.alerts.reports import Report


@dataclass(frozen=True)
class Watch:
    """One sort of record that flags speak of.

    `subjects` is the first word of its subjects, `label` its plural for readers. `load` answers all rows that the
    public knew by a day, in a number of queries that does not grow with the rows. `due` is pure: the flags of one row
    on a day.
    """

    subjects: str
    label: str
    load: Callable[[date], Iterable[Row]]
    due: Callable[[Any, date], Iterator[FlagDue]]


@dataclass(frozen=True)
class WideWatch:
    """One sort of record that flags speak of to the organisation that has it, set-wise.

    `subjects` is the first word of its subjects, `label` its plural for readers, `kinds` those of its flags.
    `due_on` answers the flags of a day in no order; only those of some organisations, by slug, where they are given.
    Flags of what an organisation keeps to itself are among them, marked as private: `due.py` lets none pass unasked.
    `holders` answers the slugs of the organisations that may have any by the day. `lapsed` answers for each flag that
    came due later than one day, and was over by another, the day on which it came due. None asks more queries where
    there is more. `names` answers the title and the address of each subject of some organisations, for what is told;
    what has none is told by the name of its kind.
    """

    subjects: str
    label: str
    kinds: tuple[FlagKind, ...]
    due_on: Callable[[date, Collection[str] | None], Iterable[FlagDue]]
    holders: Callable[[date], Collection[str]]
    lapsed: Callable[[date, date], Iterable[date]]
    names: Callable[[Collection[str]], Mapping[str, tuple[str, str]]] | None = None


def load_consultations(until: date) -> list[ConsultationRow]:
    """One query."""
    return [
        ConsultationRow(
            slug=found.slug,
            title=found.title,
            url=found.get_absolute_url(),
            known_on=found.known_on,
            opens_at=found.opens_at,
            closes_at=found.closes_at,
            opens_earliest=found.opens_earliest,
            opens_latest=found.opens_latest,
            opens_words=found.opens_words,
        )
        for found in Consultation.objects.known(on=until)
    ]


def load_phases(until: date) -> list[PhaseRow]:
    """One query."""
    return [
        PhaseRow(
            programme=found.programme.slug,
            number=found.number,
            title=found.title,
            url=found.programme.get_absolute_url(),
            known_on=found.known_on,
            earliest=found.earliest,
            latest=found.latest,
            words=found.words,
        )
        for found in Phase.objects.known(on=until).select_related("programme")
    ]


def load_milestones(until: date) -> list[MilestoneRow]:
    """Three queries: the milestones, and the deadlines and reports of the commitments that date them."""
    milestones = Milestone.objects.known(on=until)
    dated_by = milestones.filter(commitment__isnull=False).order_by().values("commitment")
    datings = _by_commitment(Deadline.objects.known(on=until).filter(commitment__in=dated_by), _dating)
    reports = _by_commitment(ProgressUpdate.objects.known(on=until).filter(commitment__in=dated_by), report_of)
    return [
        _milestone(found, datings[found.commitment_id], reports[found.commitment_id])
        for found in milestones.select_related("programme", "commitment")
    ]


def _by_commitment(rows: Iterable[Any], read: Callable[[Any], Any]) -> defaultdict[int | None, list]:
    found: defaultdict[int | None, list] = defaultdict(list)
    for row in rows:
        found[row.commitment_id].append(read(row))
    return found


def _milestone(found: Milestone, datings: list[Dating], reports: list[Report]) -> MilestoneRow:
    """Known once the commitment that dates it is known too."""
    if found.commitment is None:
        datings, reports = [_own_dating(found)], _own_report(found)
    return MilestoneRow(
        slug=found.slug,
        title=found.title,
        url=(found.commitment or found.programme).get_absolute_url(),
        known_on=max(fact.known_on for fact in (found, found.commitment) if fact),
        datings=tuple(datings),
        reports=tuple(reports),
    )


def _own_dating(found: Milestone) -> Dating:
    return Dating(0, found.known_on, found.earliest, found.latest, found.words, found.role)


def _own_report(found: Milestone) -> list[Report]:
    """What the source of its date reports by giving it: a strategy says when it was published."""
    day = reported_on(found)
    return [Report(found.known_on, day)] if day else []


def _dating(found: Deadline) -> Dating:
    return Dating(found.pk, found.known_on, found.earliest, found.latest, found.words, found.role, found.replaces_id)


def _in_order(*watches: Watch | WideWatch) -> dict[str, Watch | WideWatch]:
    return {watch.subjects: watch for watch in watches}


_watches = _in_order(
    Watch("consultation", "Consultations", load_consultations, consultation_flags),
    Watch("phase", "Phases", load_phases, phase_flags),
    Watch("milestone", "Milestones", load_milestones, milestone_flags),
    Watch(deadline_rules.SUBJECTS, "Deadlines", load_deadlines, deadline_rules.deadline_flags),
    WideWatch(
        step_flags.SUBJECTS,
        "Steps",
        (FlagKind.STEP_DUE,),
        step_flags.step_flags,
        step_flags.holders,
        step_flags.lapsed_days,
    ),
    WideWatch(
        position_flags.SUBJECTS,
        "Positions",
        (FlagKind.POSITION_STALE,),
        position_flags.stale_flags,
        position_flags.holders,
        position_flags.lapsed_days,
    ),
)


def register(watch: Watch | WideWatch) -> None:
    """Add a sort of record that flags speak of. Raises ValueError where the subjects are taken."""
    if watch.subjects in _watches:
        raise ValueError(f"Flags about {watch.subjects} are registered already.")
    _watches[watch.subjects] = watch


def watches() -> tuple[Watch | WideWatch, ...]:
    """Everything that is watched, in the order it was registered."""
    return tuple(_watches.values())
