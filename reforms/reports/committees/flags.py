"""When an answer to a committee, or what an answer promised, is due: a flag for the committee's organisation.

near      14, 7, 3 and 1 days before the day, each taking over from the one before; on the day itself too.
overdue   From the day after, for as long as it is so: until there is another answer, or the chair closes it.

What committees ask for is public, and so are these. An answer that gives another day clears a flag and may raise one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from reforms.alerts.flag_due import FlagDue, ahead_in_words
from reforms.alerts.kinds import FlagKind
from reforms.alerts.watched import WideWatch
from reforms.base.addresses import address
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words
from reforms.reports.committees.due import OVERDUE, THRESHOLDS, Answer, State, spells, stretches, threshold_on
from reforms.reports.committees.standing import as_it_stood, end_of, known
from reforms.reports.models import CommitteeAction, CommitteeReply

SUBJECTS = "action"
LONGEST = 90
"""Characters of what was asked for in a title."""
PLACE = ("number", "committee__slug", "committee__name", "committee__organisation__slug")
COLUMNS = (*PLACE, "committee__organisation__name", "wording", "awaited_on", "verdict")


def action_flags(on: date, organisations: Collection[str] | None) -> Iterator[FlagDue]:
    """A flag for each thing that is due soon, or was. One query."""
    soon = as_it_stood(on=on).filter(awaited_on__lte=on + timedelta(days=max(THRESHOLDS)))
    soon = soon.exclude(state=State.CLOSED)
    if organisations is not None:
        soon = soon.filter(committee__organisation__slug__in=organisations)
    return (_flag(found, on) for found in soon.order_by().values_list(*COLUMNS, named=True))


def holders(on: date) -> list[str]:
    """Slugs of the organisations whose committees had asked for something by the day. One query."""
    slug = "committee__organisation__slug"
    return list(known(on=on).order_by(slug).values_list(slug, flat=True).distinct())


def lapsed_days(after: date, until: date) -> Iterator[date]:
    """The day on which each flag came due that did so, and was over, between the two. Two queries."""
    lately = known(on=until).filter(Q(closed_at=None) | Q(closed_at__gt=end_of(after))).order_by()
    rows = lately.values_list("pk", "recorded_at", "meeting_on", "due_on", "closed_at")
    replies = CommitteeReply.objects.filter(action__in=lately.values("pk"), at__lte=end_of(until)).order_by("at", "pk")
    answers: dict[int, list[Answer]] = {}
    for action, at, verdict, by_when in replies.values_list("action", "at", "verdict", "by_when"):
        answers.setdefault(action, []).append(Answer(civil_day(at), verdict, by_when))
    for key, recorded_at, meeting_on, due_on, closed_at in rows:
        recorded_on = civil_day(recorded_at) if recorded_at else meeting_on
        closed_on = civil_day(closed_at) if closed_at else None
        for stretch in stretches(recorded_on, due_on, answers.get(key, []), closed_on):
            yield from (first for first, end in spells(stretch) if first > after and end and end <= until)


def names(organisations: Collection[str]) -> dict[str, tuple[str, str]]:
    """By subject, the title and the address of what these organisations have flags about. One query."""
    open_ = CommitteeAction.objects.open().filter(committee__organisation__slug__in=organisations)
    found = open_.order_by().values_list(*PLACE, "committee__organisation__name", "wording", named=True)
    return {_subject(each): (_title(each), _url(each)) for each in found}


WATCH = WideWatch(SUBJECTS, "Actions", (FlagKind.ACTION_DUE,), action_flags, holders, lapsed_days, names)


def _flag(found: Any, on: date) -> FlagDue:
    due_on = found.awaited_on
    threshold = threshold_on(due_on, on) or OVERDUE
    return FlagDue(
        kind=FlagKind.ACTION_DUE,
        subject=_subject(found),
        due_on=due_on,
        threshold=threshold,
        days=abs((due_on - on).days),
        reason=_reason(due_on, on, is_answered=bool(found.verdict)),
        title=_title(found),
        url=_url(found),
        organisation=found.committee__organisation__slug,
    )


def _reason(due_on: date, on: date, *, is_answered: bool) -> str:
    """What is overdue names its day alone: those words are kept, and read on later days."""
    if due_on < on:
        if is_answered:
            return f"What the answer promised was due on {date_in_words(due_on)}, and the chair has not closed it"
        return f"An answer was due on {date_in_words(due_on)}, and none is recorded"
    when = f"today, {date_in_words(due_on)}" if due_on == on else ahead_in_words(due_on, on)
    return f"{'What the answer promised' if is_answered else 'An answer'} is due {when}"


def _subject(found: Any) -> str:
    return f"{SUBJECTS}:{found.committee__organisation__slug}/{found.committee__slug}/{found.number}"


def _title(found: Any) -> str:
    words = " ".join(found.wording.split())
    shown = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    return f"{found.committee__organisation__name}, {found.committee__name}: {shown}"


def _url(found: Any) -> str:
    return address("action", found.committee__organisation__slug, found.committee__slug, found.number)
