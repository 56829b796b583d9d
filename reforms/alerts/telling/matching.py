"""Who wants to hear of what, and how often. Plain rows, without the database.

A member hears of their organisations: as often as they have chosen for the organisation and the topic, or else as is
usual. Of what concerns the whole country they hear once; the most frequent of their choices
counts. Whoever follows a pillar, an organisation or a consultation hears of what is public about it, once they have
confirmed that they want to. Where somebody hears of a thing in several ways, the most frequent counts.

An organisation that has acknowledged a flag, or put it off, is quiet: its members do not hear of the flag through it.
What is urgent is told at once to everybody who would hear of it at all, but for those who have paused that, and those
who would hear of it only through organisations that are quiet: it waits for their next digest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from reforms.alerts.telling.about import About
from reforms.alerts.topics import USUAL, Frequency, Topic

RANKS = {Frequency.NEVER: 0, Frequency.WEEKLY: 1, Frequency.DAILY: 2}
NOBODY: frozenset[str] = frozenset()

Target = tuple[str, str | int]
"""What can be followed: ("pillar", 4), ("organisation", "lincolnshire") or ("consultation", 2)."""


class ReaderRow(NamedTuple):
    recipient: int
    person: int | None
    pauses_urgent: bool


class RoleRow(NamedTuple):
    """`organisation` is a slug."""

    person: int
    organisation: str
    role: str


class WishRow(NamedTuple):
    """A subscription. It is to one of a pillar, an organisation by slug and a consultation; no topic is every topic."""

    recipient: int
    topic: str
    pillar: int | None
    organisation: str | None
    consultation: int | None
    frequency: str
    is_confirmed: bool

    @property
    def target(self) -> Target:
        if self.organisation:
            return "organisation", self.organisation
        return ("pillar", self.pillar) if self.pillar else ("consultation", self.consultation or 0)


@dataclass
class Reader:
    """One recipient: their roles in each organisation, what they chose for it, and what they follow."""

    recipient: int
    person: int | None = None
    pauses_urgent: bool = False
    roles: dict[str, set[str]] = field(default_factory=dict)
    chosen: dict[tuple[str, str], Frequency] = field(default_factory=dict)
    follows: dict[Target, Frequency] = field(default_factory=dict)

    def choice(self, organisation: str, topic: Topic) -> Frequency:
        """How often they hear of the topic as a member of the organisation."""
        return self.chosen.get((organisation, topic)) or USUAL[topic]


class Wanted(NamedTuple):
    recipient: int
    frequency: Frequency
    is_urgent: bool


class Readers:
    """Everybody who may be told something, found by what they want to hear of."""

    def __init__(self, readers: Iterable[ReaderRow], roles: Iterable[RoleRow], wishes: Iterable[WishRow]) -> None:
        self._readers = {row.recipient: Reader(*row) for row in readers}
        self._members: defaultdict[str, set[int]] = defaultdict(set)
        self._followers: defaultdict[Target, set[int]] = defaultdict(set)
        self._add_roles(roles)
        for wish in wishes:
            self._add_wish(wish)

    def __contains__(self, recipient: int) -> bool:
        return recipient in self._readers

    def _add_roles(self, roles: Iterable[RoleRow]) -> None:
        by_person = {reader.person: reader for reader in self._readers.values() if reader.person}
        for row in roles:
            if reader := by_person.get(row.person):
                reader.roles.setdefault(row.organisation, set()).add(row.role)
                self._members[row.organisation].add(reader.recipient)
                self._members[""].add(reader.recipient)

    def _add_wish(self, wish: WishRow) -> None:
        """What names a topic is what a member has chosen for their organisation; all else is to follow something.

        Whoever has left an organisation hears no more by what they had chosen for it.
        """
        reader = self._readers.get(wish.recipient)
        if reader is None:
            return
        frequency = Frequency(wish.frequency)
        if wish.topic:
            reader.chosen[wish.organisation or "", wish.topic] = frequency
        elif wish.is_confirmed:
            reader.follows[wish.target] = frequency
            self._followers[wish.target].add(reader.recipient)

    def wanting(self, about: About, *, quiet: Collection[str] = NOBODY) -> Iterator[Wanted]:
        """Everybody who is to be told, once each.

        Who hears of it only through organisations that are quiet is told too, but nothing is urgent for them: they may
        be quiet for some days only.
        """
        for recipient in sorted(self._candidates(about)):
            if frequency := self.frequency(recipient, about):
                is_urgent = about.is_urgent and not self._readers[recipient].pauses_urgent
                is_heard = is_urgent and (not quiet or self.frequency(recipient, about, quiet=quiet) is not None)
                yield Wanted(recipient, frequency, is_heard)

    def frequency(self, recipient: int, about: About, *, quiet: Collection[str] = NOBODY) -> Frequency | None:
        """How often the recipient is to be told; None where they are not to be."""
        reader = self._readers.get(recipient)
        if reader is None or not about.may_reach(reader.person):
            return None
        ways = [*_as_member(reader, about, quiet), *_as_follower(reader, about)]
        most = max(ways, key=RANKS.__getitem__, default=Frequency.NEVER)
        return None if most is Frequency.NEVER else most

    def _candidates(self, about: About) -> set[int]:
        found = set(self._members.get(about.organisation, ()))
        for target in _targets(about):
            found |= self._followers.get(target, set())
        return found


def _as_member(reader: Reader, about: About, quiet: Collection[str]) -> Iterator[Frequency]:
    for organisation, roles in reader.roles.items():
        concerns = not about.organisation or organisation == about.organisation
        if concerns and organisation not in quiet and (about.roles is None or roles & about.roles):
            yield reader.choice(organisation, about.topic)


def _as_follower(reader: Reader, about: About) -> Iterator[Frequency]:
    return (reader.follows[target] for target in _targets(about) if target in reader.follows)


def _targets(about: About) -> list[Target]:
    """What could be followed to hear of it: nothing where it is not public."""
    if not about.is_public:
        return []
    named = (("organisation", about.organisation), ("pillar", about.pillar), ("consultation", about.consultation))
    return [(kind, key) for kind, key in named if key]
