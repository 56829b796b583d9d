"""Read consultations. A live one has moments; a promised one has words and the window they mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from consultations.loading.kinds import CONSULTATION
from pillars.fuzzy_dates import UnreadablePhrase, read_phrase
from pillars.loading.citing import earliest_source_day, read_fact, top_cite
from pillars.loading.windows import all_anchors, basis_of, window_values
from pillars.models import FuzzyWindow
from reforms.base.clock import LAST_MINUTE, civil_moment
from reforms.base.loading.codecs import Plain, Unreadable, read_day
from reforms.base.loading.reading import Document, Item, Record
from reforms.base.loading.world import World

CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def read_consultations(document: Document) -> None:
    for item in document.root.each("consultations"):
        opens = item.one("opens")
        consultation = read_fact(document, CONSULTATION, item, top_cite(document), **_moments(item))
        consultation.values["opens_words"] = ""
        consultation.places["closes_on"] = item.place_of("closes_on")
        if opens:
            _note_words(opens, consultation)
        item.finish()


def _moments(item: Item) -> dict[str, Plain]:
    """Opens when its first day begins in England; closes on its last at the time given, or at 11:59pm."""
    opens, closes = item.read_text("opens_on", read_day), item.read_text("closes_on", read_day)
    at = item.read_text("closes_time", _read_time)
    if item.text("closes_time") and not item.text("closes_on"):
        item.refuse("closes_time", "closes_time needs closes_on.")
    return {
        "opens_at": _plain(civil_moment(opens, time(0))) if opens else None,
        "closes_at": _plain(civil_moment(closes, at or LAST_MINUTE)) if closes else None,
        "is_closing_time_stated": at is not None,
    }


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _read_time(text: str) -> time:
    if not CLOCK_TIME.fullmatch(text):
        raise Unreadable(f"is “{text}”, which is not a time; write it as 17:00")
    return time.fromisoformat(text)


def _note_words(opens: Item, consultation: Record) -> None:
    consultation.values["opens_words"] = opens.value(CONSULTATION, "opens_words") or ""
    for key in ("words", "read_as"):
        consultation.notes[key] = opens.text(key)
        consultation.places[key] = opens.place_of(key)
    if not opens.text("words"):
        opens.refuse("words", "words is missing.")
    opens.finish()


def derive_openings(world: World) -> None:
    """The window in which a promised consultation opens. Its words were said when its source came out."""
    for consultation in world.batch.of(CONSULTATION).values():
        given = consultation.values["opens_basis"]
        consultation.values |= {"opens_earliest": None, "opens_latest": None, "opens_edtf": ""}
        consultation.values["opens_basis"] = given or _basis(consultation)
        _read_words(world, consultation)


def _basis(consultation: Record) -> str:
    if consultation.notes.get("read_as"):
        return FuzzyWindow.Basis.INFERRED.value
    words = consultation.text("opens_words")
    return basis_of(words) if words else FuzzyWindow.Basis.STATED.value


def _read_words(world: World, consultation: Record) -> None:
    key = "read_as" if consultation.notes.get("read_as") else "words"
    words, said_on = consultation.notes.get(key), earliest_source_day(world, consultation)
    if not words or not said_on:
        return
    try:
        reading = read_phrase(words, said_on=date.fromisoformat(said_on), role="due", anchors=all_anchors(world))
    except UnreadablePhrase as error:
        world.refuse(consultation, key, f"{key}: {error}")
        return
    window = window_values(reading)
    consultation.values |= {f"opens_{name}": window[name] for name in ("earliest", "latest", "edtf")}


def check_consultations(world: World) -> None:
    for consultation in world.batch.of(CONSULTATION).values():
        opens, closes = consultation.text("opens_at"), consultation.text("closes_at")
        if opens and closes and opens >= closes:
            world.refuse(consultation, "closes_on", "It closes before it opens.")
        if consultation.text("outcome_on") and not consultation.text("outcome"):
            world.refuse(consultation, "outcome_on", "outcome_on needs the outcome.")
