"""Writing a draft: starting it, saving it, settling two versions of it.

A save names the revision that was on the person's screen, and the database stores it only while that is still the
newest. Whoever comes second loses nothing: their words are set aside in the version's history, and shown to them beside
what the other person saved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max

from councils.models import Decision, Edit, Position, PositionVersion
from councils.permissions import NotAllowedError, require
from councils.writing.contents import Content
from councils.writing.rows import content_of
from councils.writing.subjects import Subject
from pillars.models import Organisation
from reforms.base.audit import record_event
from reforms.base.clock import civil_day
from reforms.base.models import User

State = PositionVersion.State
ONE_SITTING = timedelta(minutes=10)
"""Automatic saves of one person within this time are kept as one: the newest holds all their words."""


@dataclass(frozen=True)
class Saved:
    """The words are stored, and what revision they made. `edit` is none where they were stored already."""

    revision: int
    at: datetime
    edit: Edit | None = None


@dataclass(frozen=True)
class SetAside:
    """Somebody else had saved first: the words are kept in `edit`, and the version is as the other person left it."""

    edit: Edit


@transaction.atomic
def start_draft(
    *, organisation: Organisation, subject: Subject, content: Content | None = None, by: User, now: datetime
) -> PositionVersion:
    """The open draft on the subject: the one there is, or a new one that says what is published, or what is given.

    Where somebody else had begun already, what is given is set aside in their draft. Raises NotAllowedError.
    """
    require(by, "position.write", organisation.pk)
    made, _ = Position.objects.get_or_create(organisation=organisation, **subject.fields)
    position = Position.objects.select_for_update().get(pk=made.pk)
    standing = position.versions.open().first()
    if standing is None:
        return _new_draft(position, content, by=by, now=now)
    if content is not None and content.digest != content_of(standing).digest:
        _set_aside(standing, content, based_on=standing.revision, by=by, now=now)
    return standing


def _new_draft(position: Position, content: Content | None, *, by: User, now: datetime) -> PositionVersion:
    published = position.versions.filter(state=State.PUBLISHED).first()
    says = content or (replace(content_of(published), review_on=None) if published else Content(text=""))
    last = position.versions.aggregate(last=Max("number"))["last"] or 0
    draft = PositionVersion.objects.create(
        position=position,
        number=last + 1,
        state=State.DRAFT,
        origin=PositionVersion.Origin.WRITTEN,
        text=says.text,
        readiness=says.readiness,
        draft=says.rest,
        known_on=civil_day(now),
        based_on=published,
        started_by=by,
        started_at=now,
    )
    if content is not None:
        _write_edit(draft, says, based_on=draft.revision, revision=draft.revision, by=by, now=now)
    decide("start", draft, by=by, now=now, before="", revision=draft.revision)
    return draft


@transaction.atomic
def save_draft(
    *, version: PositionVersion, revision: int, content: Content, by: User, now: datetime, is_automatic: bool = False
) -> Saved | SetAside:
    """Store the words, if the revision is still the newest and a draft; else set them aside. Twice the same is once.

    Who saves what is there already has written nothing. Raises NotAllowedError: then nothing is stored.
    """
    require(by, "position.write", version.position.organisation_id)
    newest = PositionVersion.objects.get(pk=version.pk)
    if _says(newest, content):
        return Saved(newest.revision, now)
    same = PositionVersion.objects.filter(pk=version.pk, revision=revision, state__in=PositionVersion.WRITABLE_STATES)
    is_stored = same.update(
        text=content.text, readiness=content.readiness, draft=content.rest, revision=F("revision") + 1
    )
    if is_stored:
        edit = _keep_edit(version, content, based_on=revision, by=by, now=now, is_automatic=is_automatic)
        return Saved(revision + 1, now, edit)
    newest.refresh_from_db()
    if _says(newest, content):
        return Saved(newest.revision, now)
    return SetAside(_set_aside(newest, content, based_on=revision, by=by, now=now))


def _says(version: PositionVersion, content: Content) -> bool:
    """Whether the draft says just that."""
    return version.state in PositionVersion.WRITABLE_STATES and content_of(version).digest == content.digest


def _keep_edit(
    version: PositionVersion, content: Content, *, based_on: int, by: User, now: datetime, is_automatic: bool
) -> Edit:
    """A row for the save. An automatic one takes the place of the same person's automatic one just before it."""
    sitting = version.edits.filter(revision=based_on, by=by, is_automatic=True, at__gt=now - ONE_SITTING)
    last = sitting.first() if is_automatic else None
    if last is None:
        return _write_edit(
            version, content, based_on=based_on, revision=based_on + 1, by=by, now=now, is_automatic=is_automatic
        )
    last.revision, last.text, last.rest = based_on + 1, content.text, content.rest
    last.save(update_fields=["revision", "text", "rest"])
    return last


def _write_edit(
    version: PositionVersion,
    content: Content,
    *,
    based_on: int,
    revision: int | None,
    by: User,
    now: datetime,
    is_automatic: bool = False,
) -> Edit:
    return Edit.objects.create(
        version=version,
        by=by,
        at=now,
        based_on=based_on,
        revision=revision,
        text=content.text,
        rest=content.rest,
        is_automatic=is_automatic,
        is_set_aside=revision is None,
    )


def _set_aside(newest: PositionVersion, content: Content, *, based_on: int, by: User, now: datetime) -> Edit:
    """Keep the words that came second: once, however often they are sent."""
    same = newest.edits.waiting().filter(by=by, text=content.text, rest=content.rest).first()
    return same or _write_edit(newest, content, based_on=based_on, revision=None, by=by, now=now)


@transaction.atomic
def settle_edit(*, edit: Edit, by: User, now: datetime) -> None:
    """Say that one's own words which were set aside have been dealt with. They stay in the history.

    Raises NotAllowedError, for another person's words too: only they know whether they are done with them.
    """
    require(by, "position.write", edit.version.position.organisation_id)
    if edit.by_id != by.pk:
        raise NotAllowedError("position.write")
    Edit.objects.filter(pk=edit.pk, settled_at=None).update(settled_at=now)


def decide(
    move: str,
    version: PositionVersion,
    *,
    by: User,
    now: datetime,
    before: str,
    revision: int,
    reason: str = "",
    **details: object,
) -> None:
    """Put a step on record: for the organisation with its reason, and as an event without."""
    Decision.objects.create(version=version, move=move, by=by, at=now, revision=revision, reason=reason)
    record_event(
        move,
        f"position:{version.position.reference}",
        by=by,
        now=now,
        organisation=version.position.organisation.slug,
        before=before,
        after=version.state,
        version=version.number,
        revision=revision,
        **details,
    )
