"""Commitments as rows of the list page: those that pass the filters, each part under its own where both do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from pillars.answers import carried_unasked
from pillars.drawing import Drawing, Scale
from pillars.ledger import WITH_PARTS, Entry, entries_of, every, give_replies
from pillars.models import Commitment, Deadline
from pillars.rows import known
from reforms.base.formatting import MONTHS


@dataclass
class Listed:
    """One row, as the ledger shows it. `parts` are those of its parts that are listed too.

    With `is_placed` the head over it says where it belongs.
    """

    entry: Entry
    on: date
    parts: list[Entry] = field(default_factory=list)
    is_placed: bool = False

    reference = property(lambda self: self.entry.reference)
    title = property(lambda self: self.entry.title)
    url = property(lambda self: self.entry.url)
    timing = property(lambda self: self.entry.timing)
    mark = property(lambda self: self.entry.mark)
    state = property(lambda self: self.entry.state)
    words = property(lambda self: self.entry.words)
    means = property(lambda self: self.entry.means)
    citations = property(lambda self: self.entry.citations)
    was = property(lambda self: self.entry.was)
    reply = property(lambda self: self.entry.reply)
    differs = property(lambda self: self.entry.differs)

    @property
    def drawings(self) -> Sequence[Drawing]:
        return self.entry.drawings

    @property
    def meta(self) -> str:
        """Where it belongs, how firmly it was promised, who leads and what money a source names."""
        place = "" if self.is_placed else place_words(self.entry.commitment, on=self.on)
        return ", ".join(words for words in (place, self.entry.meta, self.entry.money) if words)


@dataclass(frozen=True)
class Group:
    """The rows of one pillar, or of a programme outside its pillars."""

    title: str
    rows: Sequence[Listed]

    @property
    def are_asked(self) -> bool:
        """Whether all of them are recommendations, which say what became of them."""
        return all(row.reply for row in self.rows)

    @property
    def has_axis(self) -> bool:
        """Whether there is a scale over its rows: not where nothing that was asked has a date."""
        return not self.are_asked or any(row.drawings for row in self.rows)

    @property
    def count(self) -> int:
        """Its commitments, parts among them."""
        return sum(1 + len(row.parts) for row in self.rows)


def listed(keys: Sequence[int], *, on: date) -> list[Listed]:
    """The commitments with these ids, in this order, parts under their own where both are here."""
    # With all their parts, since an undated one stands by its parts.
    related = WITH_PARTS.ask(keys, on=on) if keys else []
    found = {entry.commitment.pk: entry for entry in every(entries_of(related, on=on))}
    give_replies((found[key] for key in keys), on=on, carried=carried_unasked)
    rows: dict[int, Listed] = {}
    for key in keys:
        parent = rows.get(found[key].commitment.parent_id or 0)
        if parent is not None:
            parent.parts.append(found[key])
        else:
            rows[key] = Listed(found[key], on)
    return list(rows.values())


def draw(rows: Iterable[Listed], *, on: date) -> Scale:
    """Place every row on one scale that spans them all, and give the scale."""
    rows = list(rows)
    scale = Scale.for_windows([deadline for row in rows for deadline in _deadlines(row.entry)], on)
    for row in rows:
        row.entry.draw(scale, on=on)
    return scale


def _deadlines(entry: Entry) -> Sequence[Deadline]:
    """Its own dates, or where it has none those of its parts."""
    return entry.deadlines or [deadline for part in entry.parts for deadline in part.deadlines]


def span_words(scale: Scale) -> str:
    """ "January 2023 to December 2025"."""
    first, last = (f"{MONTHS[day.month - 1]} {day.year}" for day in (scale.first, scale.last))
    return f"{first} to {last}"


def by_pillar(rows: Iterable[Listed]) -> list[Group]:
    """Rows that are sorted by pillar, with a head for each."""
    groups = [Group(title, list(group)) for title, group in groupby(rows, _head)]
    for row in (row for group in groups for row in group.rows):
        row.is_placed = True
    return groups


def _head(row: Listed) -> str:
    """The pillar, or the kind in a programme that has no pillars: its references keep a kind together."""
    commitment = row.entry.commitment
    place = pillar_words(commitment, on=row.on) or f"{commitment.get_kind_display()}s"
    return f"{commitment.programme.title}: {place}"


def pillar_words(commitment: Commitment, *, on: date) -> str:
    """ "4. Children in care", "No one pillar"; empty in a programme that has no pillars."""
    pillar, noun = known(commitment.pillar, on=on), commitment.programme.pillar_noun
    if not noun:
        return ""
    return f"{pillar.number}. {pillar.title}" if pillar else f"No one {noun}"


def place_words(commitment: Commitment, *, on: date) -> str:
    """ "Stable Homes, pillar 4"."""
    pillar = known(commitment.pillar, on=on)
    noun = commitment.programme.pillar_noun
    return f"{commitment.programme.title}, {noun} {pillar.number}" if pillar else commitment.programme.title
