"""What one council has said, programme by programme: on the whole, on each pillar, and on single commitments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from councils.standing import Standing
from pillars.models import Pillar, Programme
from reforms.pages.voices import Said, Voice, said_of, voice_of

FEW = 6
"""Positions on single commitments that stand open; more are folded, pillar by pillar."""


@dataclass
class Group:
    """Positions on single commitments of one pillar, or outside any."""

    title: str
    said: list[Said] = field(default_factory=list)


@dataclass
class Spoken:
    """A council's words on one programme."""

    programme: Programme
    voices: list[Voice] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def is_folded(self) -> bool:
        return sum(len(group.said) for group in self.groups) > FEW


def by_programme(standings: Iterable[Standing], pillars: Iterable[Pillar]) -> list[Spoken]:
    """A council's positions, in the order of their programmes, their pillars and their references."""
    titles = {pillar.pk: str(pillar) for pillar in pillars}
    found: dict[int, Spoken] = {}
    for each in sorted(standings, key=_in_order):
        position = each.version.position
        spoken = found.setdefault(position.programme_id, Spoken(position.programme))
        if position.commitment is None:
            spoken.voices.append(_voice(each))
        else:
            title = titles.get(position.commitment.pillar_id or 0, f"Outside any {position.programme.pillar_noun}")
            _group(spoken, title if position.programme.pillar_noun else "").said.append(said_of(each))
    return list(found.values())


def _in_order(standing: Standing) -> tuple[int, str, int, str]:
    """Programmes by number; the whole, then pillars, then commitments by reference."""
    position = standing.version.position
    reference = position.commitment.reference if position.commitment else ""
    number = position.pillar.number if position.pillar else 0
    return (position.programme.number, position.programme.slug, number, reference)


def _group(spoken: Spoken, title: str) -> Group:
    """The group of that title, begun where there is none yet."""
    for group in spoken.groups:
        if group.title == title:
            return group
    spoken.groups.append(Group(title))
    return spoken.groups[-1]


def _voice(each: Standing) -> Voice:
    position = each.version.position
    subject = position.pillar or position.programme
    return voice_of(each, title=str(subject), anchor=f"position-{position.pk}", shows_all=True)
