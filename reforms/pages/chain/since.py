"""The later steps of the chain: the promise itself, consultations, what happened, and who speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from consultations.models import Consultation
from councils.models import Participation
from pillars.ledger import Entry, every
from pillars.models import Commitment, ProgressUpdate
from pillars.places import Places
from reforms.base.clock import civil_day
from reforms.base.formatting import date_in_words, moment_in_words
from reforms.pages.chain.answering import Answering, is_asked_for
from reforms.pages.chain.recommended import recommended_part
from reforms.pages.chain.shapes import Item, Step
from reforms.pages.others_say import OthersSay

STEPS: dict[str, str] = {
    Commitment.Kind.COMMITMENT: "Promised",
    Commitment.Kind.RECOMMENDATION: "Recommended",
}
"""What the step is called; a rule, an outcome, an enabler or a principle goes by its own noun."""


def parent_step(row: Entry, *, on: date) -> Step | None:
    parent = row.commitment.parent
    if parent is None or parent.known_on > on:
        return None
    return Step("Part of", f"{parent.reference} {parent.title}", url=parent.get_absolute_url())


def own_step(row: Entry, *, on: date) -> Step:
    """The commitment or recommendation that the page is about, with its parts."""
    commitment = row.commitment
    place = f", {commitment.pillar}" if commitment.pillar else ""
    step = STEPS.get(commitment.kind) or commitment.get_kind_display()
    return Step(
        f"{step}: {commitment.programme.title}{place}",
        commitment.title,
        items=[recommended_part(part, on=on) if is_asked_for(commitment) else _part(part) for part in row.parts],
        citations=row.citations,
        is_here=True,
    )


def _part(part: Entry) -> Item:
    return Item(part.title, part.url, part.reference, note=part.note, timing=part.mark, state=part.state)


def consultation_step(found: Consultation, places: Places, *, on: date) -> Step:
    if found.closes_at:
        verb = "Closed" if civil_day(found.closes_at) < on else "Closes"
        when = f"{verb} {moment_in_words(found.closes_at)}"
    else:
        when = f"Promised “{found.opens_words}”" if found.opens_words else "Promised, no date given"
    kind = "Consulted on" if found.closes_at else "To be consulted on"
    return Step(kind, found.title, when, found.get_absolute_url(), citations=places.of(found))


def progress_step(row: Entry, answering: Answering, places: Places, *, on: date) -> Step:
    """What sources report of it and of what carries it, named where it is not the page's own."""
    told = {entry.commitment.pk: entry for entry in every([row, *answering.carriers.values()])}
    updates = sorted(
        (update for entry in told.values() for update in entry.updates), key=lambda update: update.happened_on
    )
    if not updates:
        return _nothing_reported(row, answering, on=on)
    items = [_update(each, told[each.commitment_id], row, places) for each in updates]
    return Step("What happened since", f"Last reported: {updates[-1].get_status_display().lower()}", items=items)


def _nothing_reported(row: Entry, answering: Answering, *, on: date) -> Step:
    is_dropped = row.answered is not None and not answering.carriers
    text = (
        "No commitment carries it, so there is no progress to report on."
        if is_dropped
        else "No source recorded here says what became of it."
    )
    return Step("What happened since", f"Nothing reported by {date_in_words(on)}", text, is_gap=True)


def _update(update: ProgressUpdate, entry: Entry, row: Entry, places: Places) -> Item:
    inferred = " (date inferred by us)" if update.date_basis == "inferred" else ""
    return Item(
        f"{update.get_status_display()}, {date_in_words(update.happened_on)}{inferred}",
        reference="" if entry is row else entry.reference,
        note=update.summary,
        citations=places.of(update),
    )


def taking_part_step(participation: Iterable[Participation], places: Places) -> Step | None:
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


def councils_step(row: Entry, number: int, readiness: str) -> Step:
    """How many have said something; their words stand below the chain."""
    if not number:
        text = "No position recorded here speaks of it. That says nothing about any council’s services."
        return Step("Where councils stand", "None recorded here", text, is_gap=True)
    title = "One council has said something" if number == 1 else f"{number} councils have said something"
    return Step(
        "Where councils stand", title, f"Positions on it: {readiness}." if readiness else "", url=f"{row.url}#councils"
    )


def others_step(row: Entry, others: OthersSay) -> Step:
    """The national and regional bodies that speak of it; their words stand below the chain."""
    kind = "What others say"
    if not others.voices:
        return Step(kind, "Nothing recorded from a national or regional body", is_quiet=True)
    items = [Item(voice.name, voice.url, text=f"{voice.views}: {voice.stances}") for voice in others.voices]
    return Step(kind, others.words, url=f"{row.url}#others", items=items)
