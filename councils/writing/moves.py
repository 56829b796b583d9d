"""The steps of a version after it is written: submitted, returned, published, renewed, withdrawn, erased.

Whoever decides names the revision that they read. Where it is no longer the newest nothing happens, and they are shown
what changed. The condition stands in the UPDATE itself, so two people at once cannot both be right.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from councils.models import Edit, Position, PositionVersion, Renewal
from councils.permissions import require
from councils.standing import JOINED
from councils.writing.actions import decide
from councils.writing.rows import content_of, write_rows
from councils.writing.workflow import Move, MoveError, check_move
from pillars.periods import months_later
from reforms.base.clock import civil_day
from reforms.base.models import User

State = PositionVersion.State
CHANGED = "It has changed since you read it."


class ChangedError(MoveError):
    """The version is no longer the one that the person read."""


class OwnWordsError(MoveError):
    """Nobody publishes what they have written or submitted themselves."""


@transaction.atomic
def submit_position(*, version: PositionVersion, revision: int, by: User, now: datetime) -> PositionVersion:
    """Ask for approval. Raises NotAllowedError, ChangedError, and MoveError for an empty text or another state."""
    require(by, "position.submit", version.position.organisation_id)
    if content_of(_as_read(version, revision)).is_empty:
        raise MoveError("Write something first: there is nothing to approve.")
    return _move(Move.SUBMIT, version, revision, by=by, now=now, submitted_by=by, submitted_at=now)


@transaction.atomic
def take_back_position(*, version: PositionVersion, revision: int, by: User, now: datetime) -> PositionVersion:
    """Make what was submitted a draft again. Raises NotAllowedError, ChangedError, MoveError."""
    return _move(
        Move.TAKE_BACK,
        version,
        revision,
        permission="position.submit",
        by=by,
        now=now,
        submitted_by=None,
        submitted_at=None,
    )


@transaction.atomic
def discard_draft(*, version: PositionVersion, revision: int, by: User, now: datetime) -> PositionVersion:
    """Put a draft away that nobody wants. Its words stay in the history. Raises as the others do."""
    return _move(Move.DISCARD, version, revision, permission="position.write", by=by, now=now)


@transaction.atomic
def return_position(
    *, version: PositionVersion, revision: int, reason: str, by: User, now: datetime
) -> PositionVersion:
    """Give it back to whoever writes, with a reason. Raises NotAllowedError, ChangedError, MoveError."""
    return _move(Move.RETURN, version, revision, reason=reason, by=by, now=now)


@transaction.atomic
def publish_position(*, version: PositionVersion, revision: int, by: User, now: datetime) -> PositionVersion:
    """Publish exactly the revision that was read; what was published before is superseded.

    Raises NotAllowedError, OwnWordsError, ChangedError, MoveError.
    """
    require(by, "position.publish", version.position.organisation_id)
    Position.objects.select_for_update().get(pk=version.position_id)
    version = _as_read(version, revision)
    check_move(Move.PUBLISH, state=version.state)
    refuse_own_words(version, by=by)
    day = civil_day(now)
    if before := version.position.versions.filter(state=State.PUBLISHED).first():
        _move(Move.SUPERSEDE, before, before.revision, permission="position.publish", by=by, now=now)
    content = content_of(version)
    dated: dict[str, Any] = {
        "published_by": by,
        "published_at": now,
        "published_on": day,
        "known_on": day,
        "review_on": content.review_on or next_review(day),
        "draft": None,
    }
    published = _move(Move.PUBLISH, version, revision, by=by, now=now, digest=content.digest, **dated)
    write_rows(published, content, on=day)
    return published


def refuse_own_words(version: PositionVersion, *, by: User) -> None:
    """Raises OwnWordsError where the person has written in the version, or submitted it."""
    if version.submitted_by_id == by.pk:
        raise OwnWordsError("You submitted this, so somebody else has to approve it.")
    if Edit.objects.filter(version=version, by=by).exists():
        raise OwnWordsError("You have written in this, so somebody else has to approve it.")


@transaction.atomic
def withdraw_position(
    *, version: PositionVersion, revision: int, reason: str, by: User, now: datetime
) -> PositionVersion:
    """Take a published position off the public pages, with a reason. Raises as the others do."""
    return _move(Move.WITHDRAW, version, revision, reason=reason, by=by, now=now)


@transaction.atomic
def renew_position(*, version: PositionVersion, by: User, now: datetime) -> Renewal:
    """Put on record that what is published is still correct today. Twice on a day is once.

    Raises NotAllowedError; MoveError where it is not published, or a point in it can no longer be true as worded.
    """
    require(by, "position.renew", version.position.organisation_id)
    version = PositionVersion.objects.select_for_update(of=("self",)).select_related(*JOINED).get(pk=version.pk)
    day = civil_day(now)
    if version.state != State.PUBLISHED:
        raise MoveError("Only what is published can be said to be still correct.")
    if expired := version.claims.filter(stale_on__lte=day).first():
        raise MoveError(f"Point {expired.number} can no longer be true as worded: write a new version.")
    values = {"by": by, "at": now, "review_on": next_review(day)}
    renewal, is_new = Renewal.objects.get_or_create(version=version, renewed_on=day, defaults=values)
    if is_new:
        decide("renew", version, by=by, now=now, before=version.state, revision=version.revision)
    return renewal


def next_review(day: date) -> date:
    """When a position that was looked at on the day is to be looked at again."""
    return months_later(day, settings.POSITION_REVIEW_MONTHS)


@transaction.atomic
def erase_version(*, version: PositionVersion, reason: str, by: User, now: datetime) -> PositionVersion:
    """Erase every word of a version, of its points and of its history, for good. What happened stays on record.

    `reason` stands in place of the text: it is public where the text was. What was still being written is discarded, so
    that nobody writes on where the tombstone stands. Raises NotAllowedError, and MoveError without a reason or where
    nothing is left to erase.
    """
    require(by, "position.erase", version.position.organisation_id)
    if not reason.strip():
        raise MoveError("Give a reason.")
    newest = PositionVersion.objects.select_for_update(of=("self",)).select_related(*JOINED).get(pk=version.pk)
    if newest.erased_at and not newest.edits.exclude(text="", rest={}).exists():
        raise MoveError("It has been erased already.")
    before = newest.state
    newest.state = State.DISCARDED if before in PositionVersion.OPEN_STATES else before
    newest.text, newest.draft, newest.reason = "", None, reason.strip()
    newest.erased_at, newest.revision = now, newest.revision + 1
    newest.save(update_fields=["state", "text", "draft", "reason", "erased_at", "revision"])
    _erase_what_belongs_to(newest)
    decide("erase", newest, by=by, now=now, before=before, revision=newest.revision, reason=newest.reason)
    return newest


def _erase_what_belongs_to(version: PositionVersion) -> None:
    """Its points and impacts, what was ever saved into it, and the reasons that were given."""
    version.claims.all().delete()
    version.impacts.all().delete()
    version.edits.update(text="", rest={})
    version.decisions.update(reason="")


def _move(
    move: Move,
    version: PositionVersion,
    revision: int,
    *,
    by: User,
    now: datetime,
    permission: str = "",
    reason: str = "",
    digest: str = "",
    **values: Any,
) -> PositionVersion:
    """Make the move if the revision is still the newest, and put it on record."""
    require(by, permission or f"position.{move}", version.position.organisation_id)
    newest = _as_read(version, revision)
    after = check_move(move, state=newest.state, reason=reason)
    same = PositionVersion.objects.filter(pk=version.pk, revision=revision, state=newest.state)
    if newest.erased_at is None:  # else its reason stands in place of the text
        values["reason"] = reason.strip()
    if not same.update(state=after, revision=F("revision") + 1, **values):
        raise ChangedError(CHANGED)
    before, newest.state = newest.state, after
    newest.refresh_from_db()
    details = {"digest": digest} if digest else {}
    decide(move, newest, by=by, now=now, before=before, revision=revision, reason=reason.strip(), **details)
    return newest


def _as_read(version: PositionVersion, revision: int) -> PositionVersion:
    """The version as it stands now. Raises ChangedError unless that is the revision."""
    newest = PositionVersion.objects.select_related(*JOINED).get(pk=version.pk)
    if newest.revision != revision:
        raise ChangedError(CHANGED)
    return newest
