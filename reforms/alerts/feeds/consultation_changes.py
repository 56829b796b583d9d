"""News of consultations: what is to be asked, what opened and closed, who answered, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from consultations.models import Consultation, Response
from reforms.alerts.feeds.told import Asked, Change, ChangeKind, Stream, Window, change_of, newest_first, start_of
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words, moment_in_words, window_in_words


def _turns(asked: Asked, window: Window) -> list[Change]:
    """There are dozens, each with several days of its own, so all that match are asked for."""
    if asked.council:
        return []
    found = Consultation.objects.known(on=window.day).select_related("owner")
    if asked.consultation:
        found = found.filter(slug=asked.consultation)
    turns = [turn for each in found.filter(_about(asked)).distinct() for turn in _turns_of(each, window)]
    return newest_first([turn for turn in turns if window.has(turn.day)])


def _about(asked: Asked, prefix: str = "") -> Q:
    """Consultations of a programme or on its pillars. `prefix` leads to the consultation."""

    def of(**conditions: object) -> Q:
        return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})

    if asked.pillars:
        on_pillar = of(about__pillar__number__in=asked.pillars, about__programme__slug=asked.programme)
        return on_pillar | of(
            promised_by__pillar__number__in=asked.pillars, promised_by__programme__slug=asked.programme
        )
    if asked.programme:
        return of(programme__slug=asked.programme) | of(promised_by__programme__slug=asked.programme)
    return Q()


def _turns_of(found: Consultation, window: Window) -> Iterator[Change]:
    """What happened to one consultation by the moment. One that was open when it became known is told as opened."""
    known = start_of(found.known_on)
    opened = found.opens_at or (known if found.closes_at else None)
    if opened is None or opened > known:
        yield _turn(ChangeKind.ANNOUNCED, found, known, f"Consultation announced: {found.title}", _promise(found))
    if opened is not None and civil_day(opened) <= window.day:
        closes = f"It closes on {moment_in_words(found.closes_at)}." if found.closes_at else "No closing day is given."
        said = f"{found.owner.name} asks. {closes}"
        yield _turn(ChangeKind.OPENED, found, max(opened, known), f"Consultation opened: {found.title}", said)
    if found.closes_at is not None and found.closes_at <= window.moment:
        said = f"It closed on {moment_in_words(found.closes_at)}."
        yield _turn(ChangeKind.CLOSED, found, max(found.closes_at, known), f"Consultation closed: {found.title}", said)
    if found.outcome and found.outcome_on is not None and found.outcome_on <= window.day:
        at = max(start_of(found.outcome_on), known)
        yield _turn(ChangeKind.OUTCOME, found, at, f"What came of a consultation: {found.title}", found.outcome)


def _promise(found: Consultation) -> str:
    if not found.opens_words:
        return f"{found.owner.name} is to ask. No date is given."
    return f"To open “{found.opens_words}” ({window_in_words(found.opens_earliest, found.opens_latest)})."


def _turn(kind: ChangeKind, found: Consultation, at: datetime, title: str, said: str) -> Change:
    return Change(kind, found.slug, at, title, said, found.get_absolute_url())


def _responses(asked: Asked, window: Window) -> QuerySet[Response]:
    """Answers that anybody may read: what an organisation has kept to itself is no news."""
    found = Response.objects.visible_to(AnonymousUser()).filter(consultation__known_on__lte=window.day)
    if asked.consultation:
        found = found.filter(consultation__slug=asked.consultation)
    if asked.council:
        found = found.filter(Q(organisation__slug=asked.council) | Q(on_behalf_of__slug=asked.council))
    if asked.programme:
        found = found.filter(consultation__in=Consultation.objects.filter(_about(asked)))
    found = found.select_related("consultation", "organisation", "on_behalf_of")
    return window.newest(found, "consultation__slug", "organisation__slug")


def _response(found: Response) -> Change:
    whose = f" on behalf of {found.on_behalf_of.name}" if found.on_behalf_of else ""
    title = f"{found.organisation.name}: answer published"
    said = f"To “{found.consultation.title}”{whose}, sent on {date_in_words(civil_day(found.submitted_at))}."
    return change_of(ChangeKind.ANSWERED, found.reference, found.known_on, title, said, found)


TURNS = Stream(_turns, lambda turn: turn)
RESPONSES = Stream(_responses, _response)
