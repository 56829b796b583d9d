"""What committees asked for as it stood on a day: from what was recorded by then, found set-wise by the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Case, DateField, F, Prefetch, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import OuterRef

from reforms.base.clock import civil_day, civil_moment
from reforms.reports.committees.due import REJECTED, State
from reforms.reports.models import CommitteeAction, CommitteeReply

TONES = {State.OVERDUE: "passed", State.OPEN: "open", State.ANSWERED: "ahead", State.CLOSED: "met"}
"""The state of the plan whose shape each is shown with."""


@dataclass(frozen=True)
class Asked:
    """One thing that a committee asked for, with the replies of the day, oldest first."""

    action: CommitteeAction
    replies: tuple[CommitteeReply, ...]
    state: State
    awaited_on: date | None

    @property
    def newest(self) -> CommitteeReply | None:
        return self.replies[-1] if self.replies else None

    @property
    def dated_replies(self) -> list[tuple[CommitteeReply, date]]:
        """Each with its civil day."""
        return [(reply, civil_day(reply.at)) for reply in self.replies]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def closed_on(self) -> date | None:
        """The day on which it was closed, where it was by the day."""
        moment = self.action.closed_at
        return civil_day(moment) if moment and self.state == State.CLOSED else None


def end_of(day: date) -> datetime:
    """The last moment of the day in England."""
    return civil_moment(day, time.max)


def known(*, on: date) -> QuerySet[CommitteeAction]:
    """What was on record by the day."""
    recorded = Q(recorded_at__lte=end_of(on)) | Q(recorded_at=None, meeting_on__lte=on)
    return CommitteeAction.objects.filter(recorded)


def as_it_stood(*, on: date) -> QuerySet[Any]:
    """The same with `verdict`, `promised_on`, `awaited_on` and `state` of the day: what due.py says, as SQL."""
    replies = CommitteeReply.objects.filter(action=OuterRef("pk"), at__lte=end_of(on)).order_by("-at", "-pk")
    answered = known(on=on).annotate(
        verdict=Subquery(replies.values("verdict")[:1]), promised_on=Subquery(replies.values("by_when")[:1])
    )
    awaited = answered.annotate(
        awaited_on=Case(
            When(verdict=None, then=F("due_on")),
            When(verdict=REJECTED, then=Value(None)),
            default=F("promised_on"),
            output_field=DateField(),
        )
    )
    return awaited.annotate(
        state=Case(
            When(closed_at__lte=end_of(on), then=Value(State.CLOSED.value)),
            When(awaited_on__lt=on, then=Value(State.OVERDUE.value)),
            When(verdict__isnull=False, then=Value(State.ANSWERED.value)),
            default=Value(State.OPEN.value),
            output_field=TextField(),
        )
    )


def asked(actions: QuerySet[Any], *, on: date) -> list[Asked]:
    """Those of `as_it_stood`, with their replies: two queries."""
    replies = CommitteeReply.objects.filter(at__lte=end_of(on)).order_by("at", "pk").select_related("by")
    joined = actions.select_related("committee__organisation", "report__organisation")
    return [_asked(each) for each in joined.prefetch_related(Prefetch("replies", replies, to_attr="told"))]


def _asked(found: CommitteeAction) -> Asked:
    given: dict = vars(found)
    return Asked(found, tuple(given["told"]), State(given["state"]), given["awaited_on"])


def by_state(found: Iterable[Asked]) -> list[tuple[State, list[Asked]]]:
    """In the order in which they want attention; none that is empty."""
    every = list(found)
    groups = [(state, [each for each in every if each.state == state]) for state in State]
    return [(state, rows) for state, rows in groups if rows]
