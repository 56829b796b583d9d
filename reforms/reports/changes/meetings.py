"""When a committee last met, as far as it is recorded here, and what it was told about."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from reforms.alerts.feeds.told import Asked
from reforms.reports.changes.brief import asked_of
from reforms.reports.models import Committee, CommitteeAction, CommitteeReport


def meeting_before(committee: Committee, day: date, *, on: date) -> date | None:
    """The last meeting before a day of which a report published by the page's day, or an action, tells."""
    told = (_reports(committee, on=on), CommitteeAction.objects.filter(committee=committee, meeting_on__lte=on))
    found = [rows.filter(meeting_on__lt=day).aggregate(last=Max("meeting_on"))["last"] for rows in told]
    return max((each for each in found if each is not None), default=None)


def last_asked(committee: Committee, *, on: date) -> Asked:
    """The programme and pillars of the newest report published by the day; everything, where there is none."""
    reports = _reports(committee, on=on).select_related("programme").prefetch_related("pillars")
    newest = reports.order_by("-meeting_on", "-number").first()
    if newest is None:
        return Asked(council=committee.organisation.slug)
    return asked_of(committee.organisation, newest.programme, newest.pillars.all())


def _reports(committee: Committee, *, on: date):
    return CommitteeReport.objects.published().filter(committee=committee, published_on__lte=on)
