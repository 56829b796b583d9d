"""The position that an address speaks of, its open draft and its versions, for one organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from councils.access import Acting
from councils.models import Edit, Position, PositionVersion
from councils.standing import JOINED
from councils.writing.contents import Content
from councils.writing.rows import content_of
from councils.writing.subjects import Subject, find_subject
from pillars.models import Commitment
from reforms.base.models import User
from reforms.base.requests import Request


@dataclass
class Place:
    """Where somebody writes: an organisation and what it writes about, with what there is of it so far."""

    acting: Acting
    subject: Subject
    position: Position | None
    on: date

    @cached_property
    def commitments(self) -> Sequence[Commitment]:
        """What words on the subject may cover."""
        return self.subject.commitments(on=self.on)

    @property
    def title(self) -> str:
        return self.subject.title

    def address(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.acting.organisation.slug, self.subject.reference, *args])

    @property
    def desk_url(self) -> str:
        return self.address("position-desk")

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [("My work", reverse("my-work")), (self.acting.organisation.name, self.desk_url)]

    def open_version(self) -> PositionVersion | None:
        """What is being written, if anything is."""
        return self._versions().open().first() if self.position else None

    def published(self) -> PositionVersion | None:
        return self._versions().filter(state=PositionVersion.State.PUBLISHED).first() if self.position else None

    def version(self, number: int) -> PositionVersion:
        """Raises Http404."""
        found = self._versions().filter(number=number).first() if self.position else None
        if found is None:
            raise Http404
        return found

    def own_edit(self, key: int) -> Edit:
        """Words that the person had saved here, or that were set aside. Raises Http404."""
        edits = Edit.objects.filter(version__position=self.position, by=self.acting.user).select_related("version")
        found = edits.filter(pk=key).first() if self.position else None
        if found is None:
            raise Http404
        found.version = self.version(found.version.number)
        return found

    def _versions(self):
        return PositionVersion.objects.filter(position=self.position).select_related(*JOINED)


def find_place(acting: Acting, reference: str, *, on: date) -> Place:
    """Raises Http404 where the plan has nothing of that reference on the day."""
    subject = find_subject(reference, on=on)
    if subject is None:
        raise Http404
    position = Position.objects.filter(organisation=acting.organisation, **subject.fields).first()
    return Place(acting, subject, position, on)


def number_in(request: Request, name: str) -> int | None:
    """The whole number that a form holds under a name; none where it holds another thing, or one that nothing has."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else None


def writers_of(version: PositionVersion) -> list[User]:
    """Who has words in the version, each once, in the order in which they came to it."""
    return list(dict.fromkeys(edit.by for edit in version.edits.select_related("by")))


def content_at(version: PositionVersion, revision: int) -> Content:
    """What the version said at a revision, or the nearest before it that is kept."""
    kept = version.edits.filter(revision__lte=revision).order_by("-revision").first()
    if kept is not None:
        return Content.of(kept.text, kept.rest)
    return content_of(version.based_on) if version.based_on else Content(text="")
