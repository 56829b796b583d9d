"""What flags and events are about: looked up for all of them at once, and once in a run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from consultations.models import Consultation, Step
from councils.models import Position
from pillars.models import Commitment, Milestone, Organisation, Pillar, Programme
from reforms.alerts.due import facts_known, wide_watches
from reforms.alerts.flag_due import FlagDue, Key
from reforms.base.addresses import address

POSITION, STEP = "position", "step"
COUNCIL = Organisation.Kind.COUNCIL.value


@dataclass(frozen=True)
class Named:
    """How a record is called, where it is read, and the pillar it belongs to."""

    title: str
    url: str
    pillar: int | None = None
    key: int | None = None


class Body(NamedTuple):
    name: str
    kind: str


class Part(NamedTuple):
    """Of the plan: a programme, a pillar or a commitment."""

    title: str
    url: str
    pillar: int | None = None


class Subjects:
    """Names and places, as they are on a day. Each question is asked of the database when it is first needed."""

    def __init__(self, *, on: date) -> None:
        self.on = on

    @cached_property
    def due(self) -> dict[Key, FlagDue]:
        """The flags about the whole country that are due on the day, in the words of the day."""
        return {flag.key: flag for flag in facts_known(until=self.on).due(on=self.on)}

    @cached_property
    def bodies(self) -> dict[str, Body]:
        rows = Organisation.objects.order_by().values_list("slug", "name", "kind")
        return {slug: Body(name, kind) for slug, name, kind in rows}

    @cached_property
    def consultations(self) -> dict[str, tuple[int, int | None]]:
        """By slug: the key, and the pillar of what it was promised by."""
        rows = Consultation.objects.order_by().values_list("slug", "pk", "promised_by__pillar")
        return {slug: (key, pillar) for slug, key, pillar in rows}

    def pillar_of(self, subject: str) -> int | None:
        """The pillar that a national subject belongs to, where it belongs to one."""
        kind, _, name = subject.partition(":")
        if kind == "consultation":
            return self.consultations.get(name, (0, None))[1]
        if kind == "milestone":
            return self._milestones.get(name)
        if kind == "deadline":
            part = self._commitments.get(re.split(r"[/#@:]", name)[0])
            return part.pillar if part else None
        return None

    def own(self, organisations: Collection[str]) -> dict[str, Named]:
        """By subject: what these organisations have flags and events about. Two queries, but for what is shared.

        Rooms of their own may ask one more each.
        """
        return {**self._positions(organisations), **_steps(organisations), **_named_by_rooms(organisations)}

    def _positions(self, organisations: Collection[str]) -> dict[str, Named]:
        columns = ("pk", "organisation__slug", "programme__prefix", "pillar", "commitment__reference")
        rows = Position.objects.filter(organisation__slug__in=organisations).order_by().values_list(*columns)
        named = (self._position(*row) for row in rows)
        return {f"{POSITION}:{reference}": each for reference, each in named}

    def _position(
        self, key: int, slug: str, prefix: str, pillar: int | None, commitment: str | None
    ) -> tuple[str, Named]:
        if commitment:
            reference, part = commitment, self._commitments[commitment]
        elif pillar:
            reference, part = self._pillars[pillar]
        else:
            reference, part = prefix, self._programmes[prefix]
        body = self.bodies[slug]
        url = f"{address('council', slug)}#position-{key}" if body.kind == COUNCIL else part.url
        return f"{slug}/{reference}", Named(f"{body.name}: {part.title}", url, part.pillar, key)

    @cached_property
    def _commitments(self) -> dict[str, Part]:
        rows = Commitment.objects.order_by().values_list("reference", "title", "pillar")
        return {ref: Part(f"{ref} {title}", address("commitment", ref), pillar) for ref, title, pillar in rows}

    @cached_property
    def _pillars(self) -> dict[int, tuple[str, Part]]:
        """By key: the reference, and the rest."""
        found = Pillar.objects.order_by().select_related("programme").only("number", "title", "programme__prefix",
                                                                          "programme__slug")  # fmt: skip
        return {each.pk: (each.reference, Part(str(each), each.get_absolute_url(), each.pk)) for each in found}

    @cached_property
    def _programmes(self) -> dict[str, Part]:
        rows = Programme.objects.order_by().values_list("prefix", "title", "slug")
        return {prefix: Part(title, address("programme", slug)) for prefix, title, slug in rows}

    @cached_property
    def _milestones(self) -> dict[str, int | None]:
        return dict(Milestone.objects.order_by().values_list("slug", "commitment__pillar"))


def _steps(organisations: Collection[str]) -> dict[str, Named]:
    steps = Step.objects.filter(organisation__slug__in=organisations).order_by().select_related("organisation")
    url = address("my-work")
    return {f"{STEP}:{each.reference}": Named(each.title, url) for each in steps}


def _named_by_rooms(organisations: Collection[str]) -> dict[str, Named]:
    """What is watched by rooms above this one, which name it themselves."""
    named = (watch.names(organisations) for watch in wide_watches() if watch.names)
    return {subject: Named(title, url) for each in named for subject, (title, url) in each.items()}


def organisations_of(slugs: Iterable[str]) -> set[str]:
    """Without the empty one, which stands for the whole country."""
    return {slug for slug in slugs if slug}
