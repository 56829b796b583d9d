"""News of the plan: programmes and documents published, progress, dates that moved, other words for the same thing."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from pillars.models import Deadline, Organisation, Programme, ProgressUpdate, Source, Wording
from reforms.alerts.feeds.told import Asked, Change, ChangeKind, Stream, Window, change_of
from reforms.base.formatting import date_in_words, window_in_words


def _programmes(asked: Asked, window: Window) -> QuerySet[Programme]:
    found = Programme.objects.select_related("owner")
    if not asked.of_the_plan or asked.pillars:
        return found.none()
    if asked.programme:
        found = found.filter(slug=asked.programme)
    return window.newest(found, "slug")


def _programme(found: Programme) -> Change:
    said = f"{found.owner.name} published it on {date_in_words(found.published_on)}. {found.lede}".strip()
    return change_of(ChangeKind.PROGRAMME, found.slug, found.known_on, f"Published: {found.title}", said, found)


def _sources(asked: Asked, window: Window) -> QuerySet[Source]:
    """Documents belong to no one programme: they are told where none is asked for, and to those who follow a council
    where it published them."""
    found = Source.objects.select_related("publisher")
    if asked.programme or asked.consultation:
        return found.none()
    if asked.council:
        found = found.filter(publisher__slug=asked.council)
    return window.newest(found, "slug")


def _source(found: Source) -> Change:
    said = f"{found.get_kind_display()} of {found.publisher.name}, published on {date_in_words(found.published_on)}."
    return change_of(ChangeKind.SOURCE, found.slug, found.known_on, f"Document: {found.title}", said, found)


def _of_commitments(asked: Asked, rows: QuerySet[Any], window: Window) -> QuerySet[Any]:
    """Facts about commitments of the programme or the pillars that could be read by the day."""
    if not asked.of_the_plan:
        return rows.none()
    rows = rows.filter(commitment__known_on__lte=window.day, commitment__merged_into=None)
    if asked.programme:
        rows = rows.filter(commitment__programme__slug=asked.programme)
    if asked.pillars:
        rows = rows.filter(commitment__pillar__number__in=asked.pillars)
    return window.newest(rows.select_related("commitment"), "commitment__reference", "-number")


def _progress(asked: Asked, window: Window) -> QuerySet[ProgressUpdate]:
    return _of_commitments(asked, ProgressUpdate.objects.all(), window)


def _reported(found: ProgressUpdate) -> Change:
    title = f"{found.commitment}: {found.get_status_display().lower()}"
    said = f"{found.day_in_words}: {found.summary}"
    return _numbered(ChangeKind.PROGRESS, found, title, said)


def _moved(asked: Asked, window: Window) -> QuerySet[Deadline]:
    replacing = Deadline.objects.filter(replaces__isnull=False).select_related("replaces")
    return _of_commitments(asked, replacing, window)


def _move(found: Deadline) -> Change:
    said = f"Before: {dated(found.replaces)}. Now: {dated(found)}."
    return _numbered(ChangeKind.DEADLINE, found, f"{found.commitment}: date moved", said)


def dated(deadline: Any) -> str:
    """The published words of a date, and the days that they mean."""
    means = window_in_words(deadline.earliest, deadline.latest, role=deadline.role)
    return f"“{deadline.words}” ({means})"


def _reworded(asked: Asked, window: Window) -> QuerySet[Wording]:
    """What government puts in words that no document before had used of the same thing.

    When a council, a body or the press tells of the plan in words of their own, the plan has not changed.
    """
    same = Wording.objects.filter(
        commitment=OuterRef("commitment"),
        field=OuterRef("field"),
        topic=OuterRef("topic"),
        known_on__lt=OuterRef("known_on"),
    )
    before = same.order_by("-is_used", "-known_on", "number").values("words")[:1]
    places: Any = Wording.citations.through._default_manager
    said = places.filter(wording=OuterRef("pk")).filter(
        Q(citation__source__publisher__kind=Organisation.Kind.DEPARTMENT)
        | Q(citation__source__publisher=OuterRef("commitment__programme__owner"))
    )
    differing = Wording.objects.filter(Exists(same), Exists(said))
    differing = differing.exclude(Exists(same.filter(words=OuterRef("words"))))
    return _of_commitments(asked, differing.annotate(before=Subquery(before)), window)


def _wording(found: Any) -> Change:
    title = f"{found.commitment}: worded anew"
    said = f"On {found.topic}: “{found.words}”. Before: “{found.before}”."
    return _numbered(ChangeKind.REWORDED, found, title, said)


def _numbered(kind: ChangeKind, found: Any, title: str, said: str) -> Change:
    commitment = found.commitment
    return change_of(kind, f"{commitment.reference}/{found.number}", found.known_on, title, said, commitment)


PROGRAMMES = Stream(_programmes, _programme)
SOURCES = Stream(_sources, _source)
PROGRESS = Stream(_progress, _reported)
MOVED = Stream(_moved, _move)
REWORDED = Stream(_reworded, _wording)
