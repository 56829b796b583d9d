"""News of what organisations say: positions published, replaced and withdrawn, and views."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from councils.models import Decision, PositionVersion, View
from councils.writing.workflow import Move
from pillars.models import Organisation
from reforms.alerts.feeds.told import Asked, Change, ChangeKind, Stream, Window, change_of, start_of
from reforms.base.clock import civil_moment

State = PositionVersion.State
PUBLISHED_ONCE = (*PositionVersion.PUBLIC_STATES, State.WITHDRAWN)
ON_POSITION = ("position__organisation", "position__programme", "position__pillar__programme", "position__commitment")


def _versions(asked: Asked) -> QuerySet[PositionVersion]:
    """Versions by what they are on and whose they are."""
    found = PositionVersion.objects.all()
    if asked.consultation:
        return found.none()
    if asked.council:
        found = found.filter(position__organisation__slug=asked.council)
    if asked.programme:
        found = found.filter(position__programme__slug=asked.programme)
    if asked.pillars:
        on_part = Q(position__commitment__pillar__number__in=asked.pillars)
        found = found.filter(Q(position__pillar__number__in=asked.pillars) | on_part)
    return found


def _positions(asked: Asked, window: Window) -> QuerySet[Any]:
    """Of what was withdrawn only that is told: it can be read nowhere any more, on no day."""
    earlier = PositionVersion.objects.filter(
        position=OuterRef("position"), state__in=PUBLISHED_ONCE, number__lt=OuterRef("number")
    )
    public = _versions(asked).filter(state__in=PositionVersion.PUBLIC_STATES, published_on__lte=window.day)
    found = public.annotate(is_another=Exists(earlier))
    found = found.select_related(*ON_POSITION).defer("text", "draft", "reason")
    return window.newest(found, "-published_at", "pk")


def _first(asked: Asked, window: Window) -> QuerySet[Any]:
    return _positions(asked, window).filter(is_another=False)


def _another(asked: Asked, window: Window) -> QuerySet[Any]:
    return _positions(asked, window).filter(is_another=True)


def _version(found: Any) -> Change:
    kind = ChangeKind.REPLACED if found.is_another else ChangeKind.POSITION
    title = f"{_whose(found)}: {'new version of its position' if found.is_another else 'position published'}"
    said = f"On {_subject(found)}. {found.get_origin_display()}."
    return Change(kind, _versioned(found), found.published_at or start_of(found.known_on), title, said, _place(found))


def _withdrawals(asked: Asked, window: Window) -> QuerySet[Decision]:
    """That something was withdrawn and when: why is told where the organisation tells it."""
    withdrawn = _versions(asked).filter(state=State.WITHDRAWN)
    found = Decision.objects.filter(move=Move.WITHDRAW, version__in=withdrawn, at__lt=_after(window.day))
    if window.since is not None:
        found = found.filter(at__gte=_after(window.since))
    joined = (f"version__{each}" for each in ON_POSITION)
    found = found.select_related(*joined).defer("reason", "version__text", "version__draft", "version__reason")
    return found.order_by("-at", "pk")


def _after(day: date) -> Any:
    """The first moment after the day."""
    return civil_moment(day + timedelta(days=1), time.min)


def _withdrawal(found: Decision) -> Change:
    version = found.version
    said = f"On {_subject(version)}."
    title = f"{_whose(version)}: position withdrawn"
    return Change(ChangeKind.WITHDRAWN, _versioned(version), found.at, title, said, _place(version))


def _views(asked: Asked, window: Window) -> QuerySet[Any]:
    """One row for what a body said on one day, however much it was."""
    found = View.objects.filter(_speaking_of(asked))
    if asked.consultation:
        found = found.none()
    if asked.council:
        found = found.filter(organisation__slug=asked.council)
    columns = ("organisation__slug", "organisation__name", "organisation__kind", "known_on")
    return window.newest(found.values_list(*columns).distinct(), "organisation__slug")


def _said(row: tuple[str, str, str, date]) -> Change:
    slug, name, kind, day = row
    body = Organisation(slug=slug, name=name, kind=kind)
    said = "What it welcomes, asks for, suggests and is concerned about."
    return change_of(ChangeKind.VIEWS, f"{slug}/{day}", day, f"{name}: views published", said, body)


def _speaking_of(asked: Asked) -> Q:
    """Views of the programme or of anything in it; of the pillars, themselves or by a mission or a commitment."""
    if asked.pillars:
        own = Q(pillar__number__in=asked.pillars, pillar__programme__slug=asked.programme)
        by_mission = Q(mission__pillar__number__in=asked.pillars, mission__programme__slug=asked.programme)
        return own | by_mission | Q(about__pillar__number__in=asked.pillars, about__programme__slug=asked.programme)
    if not asked.programme:
        return Q()
    whole = Q(programme__slug=asked.programme) | Q(pillar__programme__slug=asked.programme)
    return whole | Q(mission__programme__slug=asked.programme) | Q(about__programme__slug=asked.programme)


def _whose(version: PositionVersion) -> str:
    return version.position.organisation.name


def _subject(version: PositionVersion) -> str:
    position = version.position
    subject = position.commitment or position.pillar
    return f"{position.programme.title}, {subject}" if subject else position.programme.title


def _versioned(version: PositionVersion) -> str:
    return f"{version.position.reference}/{version.number}"


def _place(version: PositionVersion) -> str:
    return position_place(version.position.organisation, version.position_id)


def position_place(organisation: Organisation, position: int) -> str:
    """Where what an organisation says stands: on its page."""
    anchor = f"#position-{position}" if organisation.kind == Organisation.Kind.COUNCIL else ""
    return f"{organisation.get_absolute_url()}{anchor}"


POSITIONS = Stream(_positions, _version)
FIRST_POSITIONS = Stream(_first, _version)
NEW_VERSIONS = Stream(_another, _version)
"""The two parts of POSITIONS, to be counted apart."""
WITHDRAWALS = Stream(_withdrawals, _withdrawal)
VIEWS = Stream(_views, _said)
