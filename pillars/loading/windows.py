"""From published words to the window they mean, and the reason where we had to infer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from pillars.fuzzy_dates import AnchorPhrase, Reading, UnreadablePhrase, read_phrase
from pillars.loading.kinds import (
    ANCHOR,
    COMMITMENT,
    DEADLINE,
    MILESTONE,
    MISSION,
    PHASE,
    PILOT,
    PROGRAMME,
    WAVE,
    WORDING,
)
from pillars.models import FuzzyWindow, Wording
from reforms.base.loading.codecs import Plain
from reforms.base.loading.kinds import Kind
from reforms.base.loading.reading import Item, Record
from reforms.base.loading.world import World

SaidOn = Callable[[World, Record], str | None]

FULL_DATE = re.compile(
    r"\b[0-9]{1,2} (January|February|March|April|May|June|July|August|September|October|November|December)"
    r" [0-9]{4}\b"
)
LONGEST_NOTE = 300
NO_WINDOW: dict[str, Plain] = {
    "earliest": None,
    "latest": None,
    "edtf": "",
    "basis": FuzzyWindow.Basis.READ.value,
    "basis_note": "",
    "anchor": None,
}


def note_reading(item: Item, record: Record) -> Record:
    """Keep what an item says about reading its words: other words to read instead, and why."""
    for key in ("read_as", "reason"):
        if text := item.text(key):
            record.notes[key] = text
            record.places[key] = item.place_of(key)
    if len(record.notes.get("reason", "")) > LONGEST_NOTE:
        item.refuse(
            "reason", f"reason has {len(record.notes['reason'])} characters, which is more than {LONGEST_NOTE}."
        )
    return record


def derive_windows(world: World, kind: Kind, said_on: SaidOn) -> None:
    """Fill in the window of every record of a kind that has words."""
    anchors = all_anchors(world)
    for record in world.batch.of(kind).values():
        record.values |= NO_WINDOW
        day = said_on(world, record)
        if record.text("words") and day:
            record.values |= _window(world, record, date.fromisoformat(day), anchors)


def _window(world: World, record: Record, said_on: date, anchors: Sequence[AnchorPhrase]) -> dict[str, Plain]:
    key = "read_as" if "read_as" in record.notes else "words"
    words = record.notes.get("read_as") or record.text("words")
    role = record.text("role") or FuzzyWindow.Role.DUE.value
    try:
        reading = read_phrase(words, said_on=said_on, role=role, anchors=anchors)
    except UnreadablePhrase as error:
        world.refuse(record, key, f"{key}: {error}")
        return {}
    return window_values(reading) | _basis(record)


def window_values(reading: Reading) -> dict[str, Plain]:
    """A reading in plain values."""
    window = reading.window
    return {
        "earliest": window.earliest.isoformat() if window.earliest else None,
        "latest": window.latest.isoformat() if window.latest else None,
        "edtf": window.edtf,
        "anchor": reading.anchor,
    }


def _basis(record: Record) -> dict[str, Plain]:
    """Whether a date is stated, read by the table, or inferred from other words, and then why."""
    if read_as := record.notes.get("read_as"):
        note = record.notes.get("reason") or f"Read as “{read_as}”."
        return {"basis": FuzzyWindow.Basis.INFERRED.value, "basis_note": note}
    return {"basis": basis_of(record.text("words")), "basis_note": record.notes.get("reason", "")}


def basis_of(words: str) -> str:
    """A full date among the words is stated; anything vaguer is read by the table."""
    return (FuzzyWindow.Basis.STATED if FULL_DATE.search(words) else FuzzyWindow.Basis.READ).value


def all_anchors(world: World) -> tuple[AnchorPhrase, ...]:
    return tuple(_anchor(key, world) for key in world.every(ANCHOR))


def _anchor(key: str, world: World) -> AnchorPhrase:
    days = {name: world.text(ANCHOR, key, name) for name in ("earliest", "latest", "valid_from", "valid_to")}
    read = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return AnchorPhrase(slug=key, phrase=world.text(ANCHOR, key, "phrase"), **read)


def derive_plan_windows(world: World) -> None:
    """Words of the plan were said on the day their programme was published."""
    derive_windows(world, DEADLINE, lambda world, record: _commitment_day(world, record.values["commitment"]))
    derive_windows(world, PHASE, lambda world, record: _programme_day(world, record.values["programme"]))
    derive_windows(world, MILESTONE, lambda world, record: _programme_day(world, record.values["programme"]))
    derive_windows(world, MISSION, lambda world, record: _programme_day(world, record.values["programme"]))
    derive_windows(world, WAVE, _wave_day)
    derive_windows(world, WORDING, _wording_day)


def _programme_day(world: World, programme: Plain) -> str:
    return world.text(PROGRAMME, programme, "published_on")


def _commitment_day(world: World, commitment: Plain) -> str:
    return _programme_day(world, world.text(COMMITMENT, commitment, "programme"))


def _wave_day(world: World, record: Record) -> str:
    return _commitment_day(world, world.text(PILOT, record.values["pilot"], "commitment"))


def _wording_day(world: World, record: Record) -> str | None:
    """Only a wording of a date means a window."""
    is_date = record.text("field") == Wording.Field.DATE
    return _commitment_day(world, record.values["commitment"]) if is_date else None
