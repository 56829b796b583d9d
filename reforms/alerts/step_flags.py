"""When a step towards answering a consultation is due: a flag for the organisation whose timetable it is in.

due   From 7 days before its last day until that day. Nobody says here whether a step was done, so it ends with its day.

A step that no public document tells is the organisation's own affair. Its flag says so (`is_private`), is made only
where private ones are asked for, and quotes none of its words: what is raised is kept in a table that administrators
read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from consultations.models import Step
from councils.models import PositionVersion
from pillars.models import Organisation
from reforms.alerts.flag_due import FlagDue, ahead_in_words, quoted
from reforms.alerts.kinds import FlagKind
from reforms.base.addresses import address
from reforms.base.formatting import date_in_words

SUBJECTS = "step"
DAYS = 7
TOLD = PositionVersion.Origin.RECORDED
COLUMNS = (
    "number",
    "title",
    "words",
    "earliest",
    "latest",
    "role",
    "origin",
    "organisation__slug",
    "organisation__name",
    "organisation__kind",
)


def step_flags(on: date, organisations: Collection[str] | None) -> Iterator[FlagDue]:
    """A flag for each step that is due on the day, those that are private among them. One query."""
    soon = Step.objects.known(on=on).filter(latest__gte=on, latest__lte=on + timedelta(days=DAYS))
    if organisations is not None:
        soon = soon.filter(organisation__slug__in=organisations)
    return (_flag(found, on) for found in soon.order_by().values_list(*COLUMNS, named=True))


def lapsed_days(after: date, until: date) -> Iterator[date]:
    """The day on which each step came due that did so, and was over, between the two. One query."""
    over = Step.objects.known(on=until).filter(latest__gt=after, latest__lt=until)
    days: list[tuple[date, Any]] = list(over.order_by().values_list("known_on", "latest"))
    return (came_due for came_due, last in map(_came_due, days) if after < came_due <= last)


def _came_due(days: tuple[date, date]) -> tuple[date, date]:
    """The day on which a step came due, and its last: from the day it became known and its last."""
    known_on, last = days
    return max(known_on, last - timedelta(days=DAYS)), last


def holders(on: date) -> list[str]:
    """Slugs of the organisations whose timetable has a step known by the day. One query."""
    known = Step.objects.known(on=on).filter(latest__isnull=False)
    return list(known.order_by("organisation__slug").values_list("organisation__slug", flat=True).distinct())


def _flag(found: Any, on: date) -> FlagDue:
    is_private = found.origin != TOLD
    return FlagDue(
        kind=FlagKind.STEP_DUE,
        subject=f"{SUBJECTS}:{found.organisation__slug}/step-{found.number}",
        due_on=found.latest,
        threshold=DAYS,
        days=(found.latest - on).days,
        reason=_reason(found, on, words="" if is_private else found.words),
        title=f"{found.organisation__name}: {found.title}",
        url=_url(found),
        organisation=found.organisation__slug,
        is_private=is_private,
    )


def _reason(found: Any, on: date, *, words: str) -> str:
    is_one_day = found.earliest is None or found.earliest == found.latest
    when = f"today, {date_in_words(found.latest)}" if found.latest == on else ahead_in_words(found.latest, on)
    verb = "Ends" if found.role == "until" else "Due" if is_one_day else "Window closes"
    return f"{verb} {when}{quoted(words)}"


def _url(found: Any) -> str:
    """Where the timetable can be read: on the council's page. Other bodies' steps stand on the consultations' pages."""
    if found.organisation__kind == Organisation.Kind.COUNCIL:
        return f"{address('council', found.organisation__slug)}#timetable"
    return address("consultations")
