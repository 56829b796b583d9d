"""How one promise came to be, and what became of it: the steps of the `chain` component."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from consultations.models import Consultation
from councils.models import Participation
from pillars.ledger import Entry
from pillars.models import Citation
from pillars.places import Places
from pillars.timing import Timing
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words, moment_in_words


@dataclass(frozen=True)
class Item:
    """One line of a step."""

    title: str
    url: str = ""
    reference: str = ""
    text: str = ""
    note: str = ""
    timing: Timing | str = ""
    state: str = ""
    citations: Sequence[Citation] = ()


@dataclass(frozen=True)
class Step:
    """One step of the chain; a gap is a step where nothing is recorded."""

    kind: str
    title: str
    text: str = ""
    url: str = ""
    items: Sequence[Item] = field(default_factory=list)
    citations: Sequence[Citation] = ()
    is_here: bool = False
    is_gap: bool = False


def chain(
    row: Entry,
    *,
    consultations: Iterable[Consultation],
    participation: Iterable[Participation],
    councils: int,
    readiness: str,
    places: Places,
    on: date,
) -> list[Step]:
    """Promised, consulted on, what happened, what councils say; in that order.

    `councils` have said something, of which `readiness` sums up the words.
    """
    steps = [_parent(row, on=on), _promised(row)]
    steps += [_consultation(each, places, on=on) for each in consultations]
    steps += [_progress(row, places, on=on), _taking_part(participation, places), _councils(row, councils, readiness)]
    return [step for step in steps if step is not None]


def _parent(row: Entry, *, on: date) -> Step | None:
    parent = row.commitment.parent
    if parent is None or parent.known_on > on:
        return None
    return Step("Part of", f"{parent.reference} {parent.title}", url=parent.get_absolute_url())


def _promised(row: Entry) -> Step:
    commitment = row.commitment
    place = f", {commitment.pillar}" if commitment.pillar else ""
    noun = commitment.get_kind_display()
    return Step(
        f"{noun}, {commitment.programme.title}{place}",
        commitment.title,
        items=[_part(part) for part in row.parts],
        citations=row.citations,
        is_here=True,
    )


def _part(part: Entry) -> Item:
    return Item(part.title, part.url, part.reference, note=part.note, timing=part.timing, state=part.state)


def _consultation(found: Consultation, places: Places, *, on: date) -> Step:
    if found.closes_at:
        verb = "Closed" if civil_day(found.closes_at) < on else "Closes"
        when = f"{verb} {moment_in_words(found.closes_at)}"
    else:
        when = f"Promised “{found.opens_words}”" if found.opens_words else "Promised, no date given"
    return Step("Consultation", found.title, when, found.get_absolute_url(), citations=places.of(found))


def _progress(row: Entry, places: Places, *, on: date) -> Step:
    every_update = [update for entry in (row, *row.parts) for update in entry.updates]
    updates = sorted(every_update, key=lambda update: update.happened_on)
    if not updates:
        title = f"Nothing reported by {date_in_words(on)}"
        return Step("What happened since", title, "No source recorded here says what became of it.", is_gap=True)
    items = [
        Item(
            f"{update.get_status_display()}, {date_in_words(update.happened_on)}"
            + (" (date inferred by us)" if update.date_basis == "inferred" else ""),
            note=update.summary,
            citations=places.of(update),
        )
        for update in updates
    ]
    return Step("What happened since", f"Last reported: {updates[-1].get_status_display().lower()}", items=items)


def _taking_part(participation: Iterable[Participation], places: Places) -> Step | None:
    items = [
        Item(
            each.organisation.name,
            each.organisation.get_absolute_url(),
            text=each.get_status_display().lower(),
            note=f"{each.pilot.title}, said {date_in_words(each.said_on)}",
            citations=places.of(each),
        )
        for each in participation
    ]
    return Step("Who is taking part", "Named in a source", items=items) if items else None


def _councils(row: Entry, number: int, readiness: str) -> Step:
    """How many have said something; their words stand below the chain."""
    if not number:
        text = "No position recorded here speaks of it. That says nothing about any council’s services."
        return Step("Where councils stand", "None recorded here", text, is_gap=True)
    title = "One council has said something" if number == 1 else f"{number} councils have said something"
    return Step(
        "Where councils stand", title, f"Positions on it: {readiness}." if readiness else "", url=f"{row.url}#councils"
    )
