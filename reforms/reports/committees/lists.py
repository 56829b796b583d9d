"""The list of committees, and that of what one of them asked for, with their twins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from councils.access import Acting, organisations_of
from reforms.base.lists import ListPage, Sort, in_order
from reforms.base.lists.twins import Row
from reforms.base.models import User
from reforms.base.requests import Request
from reforms.reports.committees.due import State
from reforms.reports.committees.filters import ActionFilters, CommitteeFilters
from reforms.reports.committees.standing import Asked, as_it_stood, asked
from reforms.reports.models import Committee


class CommitteeList(ListPage):
    """The committees that are recorded here, each with how many things it asked for, as they stood on the day."""

    name = "committees"
    template = "reports/committees/committees.html"
    filters = CommitteeFilters
    columns = ("organisation", "slug", "name", *State.values)
    sorts = (
        Sort("organisation", ("organisation__name",), "organisation", "organisation, last first"),
        Sort("name", ("name",), "name", "name, last first"),
    )
    offered = ("organisation", "name")
    ties = ("organisation__name", "name", "pk")

    def everything(self) -> QuerySet:
        return Committee.objects.all()

    def rows(self, keys: Sequence[int]) -> list[Row]:
        counts = self._counts(keys)
        return [
            {"organisation": each.organisation.slug, "slug": each.slug, "name": each.name}
            | {state: counts[each.pk, state] for state in State.values}
            for each in self._load(keys)
        ]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        counts = self._counts(keys)
        shown = [
            (each, [(state, counts[each.pk, state.value]) for state in State if counts[each.pk, state.value]])
            for each in self._load(keys)
        ]
        return {"nav": "", "committees": shown, "may_add": may_add(self.request)}

    def _load(self, keys: Sequence[int]) -> list[Committee]:
        return in_order(Committee.objects.filter(pk__in=keys).select_related("organisation"), keys)

    def _counts(self, keys: Sequence[int]) -> Counter[tuple[int, str]]:
        """By committee and state: one query."""
        found = as_it_stood(on=self.day).filter(committee__in=keys).order_by()
        return Counter(found.values_list("committee", "state"))


def may_add(request: Request) -> list[Acting]:
    """The person's organisations whose committees they look after."""
    person = request.user
    mine = organisations_of(person) if isinstance(person, User) and request.as_at.is_today else []
    return [acting for acting in mine if acting.may("committee.manage")]


class ActionList(ListPage):
    """Everything that one committee asked for, as it stood on the day."""

    name = "actions"
    template = "reports/committees/actions.html"
    filters = ActionFilters
    columns = (
        "reference",
        "number",
        "meeting_on",
        "wording",
        "owner",
        "due_on",
        "due_rule",
        "state",
        "awaited_on",
        "report",
        "replies",
        "closed_on",
        "closing_words",
    )
    sorts = (
        Sort("meeting", ("meeting_on",), "meeting, first first", "meeting, last first"),
        Sort("due", ("due_on",), "day it is due", "day it is due, last first"),
        Sort("number", ("number",), "number", "number, last first"),
    )
    offered = ("-meeting", "due")
    ties = ("number", "pk")

    def __init__(self, request: Request, committee: Committee) -> None:
        self.committee = committee
        self.parts = (committee.organisation.slug, committee.slug)
        super().__init__(request)

    def everything(self) -> QuerySet:
        return as_it_stood(on=self.request.as_at.day).filter(committee=self.committee)

    def rows(self, keys: Sequence[int]) -> list[Row]:
        return [action_row(each) for each in self._load(keys)]

    def context(self, keys: Sequence[int]) -> dict[str, Any]:
        return {"asked": self._load(keys)}

    def _around(self) -> dict[str, Any]:
        return super()._around() | self._belongs()

    def _refused(self) -> dict[str, Any]:
        return super()._refused() | self._belongs()

    def _belongs(self) -> dict[str, Any]:
        return {"nav": "", "committee": self.committee, "crumbs": crumbs_of(self.committee)}

    def _load(self, keys: Sequence[int]) -> list[Asked]:
        found = {each.action.pk: each for each in asked(self.everything().filter(pk__in=keys), on=self.day)}
        return [found[key] for key in keys if key in found]


def crumbs_of(committee: Committee | None = None) -> list[tuple[str, str]]:
    """The way to a committee, with it where one is given."""
    above = [("Committees", reverse("committees"))]
    return [*above, (committee.name, committee.get_absolute_url())] if committee else above


def action_row(found: Asked) -> Row:
    """One thing that was asked for, as the twins give it."""
    action = found.action
    return {
        "reference": action.reference,
        "number": action.number,
        "meeting_on": action.meeting_on.isoformat(),
        "wording": action.wording,
        "owner": action.owner,
        "due_on": action.due_on.isoformat(),
        "due_rule": action.due_rule,
        "state": found.state.value,
        "awaited_on": found.awaited_on.isoformat() if found.awaited_on else None,
        "report": action.report.reference if action.report else None,
        "replies": [
            {
                "on": day.isoformat(),
                "verdict": reply.verdict,
                "text": reply.text,
                "by_when": reply.by_when.isoformat() if reply.by_when else None,
            }
            for reply, day in found.dated_replies
        ],
        "closed_on": found.closed_on.isoformat() if found.closed_on else None,
        "closing_words": action.closing_words if found.closed_on else "",
    }
