"""Deadlines as the rules read them: all that stand behind public commitments, or those a page has at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Min

from consultations.models import Consultation
from pillars.ledger import LAST_REPORTED, Entry
from pillars.models import Commitment, Deadline, ProgressUpdate
from reforms.alerts.deadline_rules import DeadlineRow, Sibling
from reforms.alerts.reports import Report
from reforms.base.addresses import address

COLUMNS = (
    "pk",
    "number",
    "known_on",
    "earliest",
    "latest",
    "words",
    "role",
    "replaces",
    "commitment",
    "commitment__reference",
    "commitment__title",
    "commitment__known_on",
)
ASKED_FOR = Commitment.Kind.RECOMMENDATION
"""What somebody asked for was promised by nobody: its answer says what became of it."""
Reports = dict[int, tuple[Report, ...]]
Promised = dict[tuple[int | None, date | None, date | None], date]


def load_deadlines(until: date) -> list[DeadlineRow]:
    """Every deadline of a commitment that the public knew by the day. Three queries."""
    known = Deadline.objects.known(on=until).filter(commitment__known_on__lte=until)
    promised = known.filter(commitment__merged_into__isnull=True).exclude(commitment__kind=ASKED_FOR)
    # A milestone too is one of the commitment's own, so the earliest of them decides from when.
    marked = promised.annotate(marked_on=Min("commitment__milestones__known_on")).order_by("commitment", "number")
    rows = list(marked.values_list(*COLUMNS, "marked_on", named=True))
    return _rows(rows, _reports(until), _promised(until))


def _promised(until: date) -> Promised:
    """The consultations that commitments promise, by commitment and window: the day from which each was known."""
    asked = Consultation.objects.known(on=until).filter(promised_by__isnull=False).order_by("-known_on")
    rows = asked.values_list("promised_by", "opens_earliest", "opens_latest", "known_on")
    return {(key, earliest, latest): known_on for key, earliest, latest, known_on in rows}


def _reports(until: date) -> Reports:
    updates = ProgressUpdate.objects.known(on=until).exclude(commitment__kind=ASKED_FOR).order_by()
    found: defaultdict[int, list[Report]] = defaultdict(list)
    for update in updates.only("commitment", "deadline", "status", "happened_on", "known_on"):
        found[update.commitment_id].append(report_of(update))
    return {key: tuple(each) for key, each in found.items()}


def report_of(update: ProgressUpdate) -> Report:
    """An update as the rules read it."""
    is_met = update.status == ProgressUpdate.Status.MET
    return Report(update.known_on, update.happened_on, update.deadline_id, is_met, LAST_REPORTED[update.status])


def _rows(found: Iterable[Any], reports: Reports, promised: Promised) -> list[DeadlineRow]:
    siblings: defaultdict[int, list[Sibling]] = defaultdict(list)
    for each in found:
        siblings[each.commitment].append(Sibling(each.pk, each.replaces, each.known_on))
    together = {key: tuple(each) for key, each in siblings.items()}
    return [
        DeadlineRow(
            key=each.pk,
            reference=each.commitment__reference,
            number=each.number,
            title=each.commitment__title,
            url=address("commitment", each.commitment__reference),
            known_on=max(each.known_on, each.commitment__known_on),
            earliest=each.earliest,
            latest=each.latest,
            words=each.words,
            role=each.role,
            siblings=together[each.commitment],
            reports=reports.get(each.commitment, ()),
            marked_on=each.marked_on,
            asked_on=promised.get((each.commitment, each.earliest, each.latest)),
        )
        for each in found
        if each.earliest or each.latest
    ]


def rows_at_hand(entries: Iterable[Entry]) -> list[DeadlineRow]:
    """The deadlines that stand of commitments which a page has loaded. No query.

    A page about the commitment says its date itself, also where a milestone goes by it.
    """
    return [
        DeadlineRow(
            key=deadline.pk,
            reference=entry.reference,
            number=deadline.number,
            title=entry.title,
            url=entry.url,
            known_on=deadline.known_on,
            earliest=deadline.earliest,
            latest=deadline.latest,
            words=deadline.words,
            role=deadline.role,
            reports=tuple(map(report_of, entry.updates)),
        )
        for entry in entries
        if entry.commitment.kind != ASKED_FOR
        for deadline in entry.deadlines
    ]
