"""Two councils, their people, and the ways that a text takes among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from councils.models import Membership, PositionVersion
from councils.writing.actions import Saved, save_draft, start_draft
from councils.writing.contents import Content
from councils.writing.moves import publish_position, submit_position
from councils.writing.subjects import Subject
from pillars.models import Organisation
from reforms.base.models import User
from tests.builders import make_commitment, make_council, make_pillar, next_number
from tests.reforms.pages.making import make_member

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Role = Membership.Role
WORDS = Content(text="We have begun.")


def later(**how_much: float) -> datetime:
    """A moment some time after NOW."""
    return NOW + timedelta(**how_much)


@dataclass(frozen=True)
class Cast:
    """The people, each with one role but for the administrator, who has none in any organisation."""

    council: Organisation
    other_council: Organisation
    contributor: User
    officer: User
    second_officer: User
    approver: User
    second_approver: User
    scrutiny_member: User
    stranger: User
    """The other council's approver."""
    administrator: User
    deactivated: User
    """An approver of the council until yesterday."""


def make_cast() -> Cast:
    council, other = make_council().organisation, make_council().organisation
    return Cast(
        council=council,
        other_council=other,
        contributor=make_member(council, Role.CONTRIBUTOR),
        officer=make_member(council, Role.OFFICER),
        second_officer=make_member(council, Role.OFFICER),
        approver=make_member(council, Role.APPROVER),
        second_approver=make_member(council, Role.APPROVER),
        scrutiny_member=make_member(council, Role.SCRUTINY_MEMBER),
        stranger=make_member(other, Role.APPROVER),
        administrator=User.objects.create_user(f"admin-{next_number()}@example.org", is_staff=True),
        deactivated=deactivated(make_member(council, Role.APPROVER)),
    )


def deactivated(person: User) -> User:
    person.is_active = False
    person.save()
    return person


def make_subject() -> Subject:
    """A pillar with two commitments."""
    pillar = make_pillar()
    for _ in range(2):
        make_commitment(pillar=pillar)
    return Subject(pillar.programme, pillar)


def start(cast: Cast, subject: Subject | None = None, *, by: User | None = None) -> PositionVersion:
    """An open draft, the officer's unless somebody else is named."""
    by = by or cast.officer
    return start_draft(organisation=cast.council, subject=subject or make_subject(), by=by, now=NOW)


def newest(version: PositionVersion) -> PositionVersion:
    """The version as the database has it."""
    return PositionVersion.objects.get(pk=version.pk)


def write(version: PositionVersion, content: Content | str = WORDS, *, by: User, now: datetime = NOW) -> Saved:
    """Save on top of what there is; always stored."""
    content = Content(text=content) if isinstance(content, str) else content
    saved = save_draft(version=version, revision=newest(version).revision, content=content, by=by, now=now)
    assert isinstance(saved, Saved)
    return saved


def submitted(cast: Cast, subject: Subject | None = None, content: Content | str = WORDS) -> PositionVersion:
    """Written and submitted by the officer."""
    version = start(cast, subject)
    write(version, content, by=cast.officer)
    return submit_position(version=version, revision=newest(version).revision, by=cast.officer, now=NOW)


def published(
    cast: Cast, subject: Subject | None = None, content: Content | str = WORDS, *, now: datetime = NOW
) -> PositionVersion:
    """Written by the officer and published by the approver."""
    version = submitted(cast, subject, content)
    return publish_position(version=version, revision=version.revision, by=cast.approver, now=now)


def covering(subject: Subject, content: Content = WORDS) -> Content:
    """The content, about all commitments of the subject."""
    found = subject.commitments(on=NOW.date())
    return replace(content, covers=tuple(each.reference for each in found))
