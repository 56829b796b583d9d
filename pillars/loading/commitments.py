"""Read commitments with all that hangs on them: parts, deadlines, money, progress, pilots; and links."""

from __future__ import annotations

from pillars.loading.citing import Cited, cited_by, read_fact, top_cite
from pillars.loading.kinds import (
    COMMITMENT,
    COMMITMENT_LINK,
    DEADLINE,
    FUNDING_LINE,
    PILOT,
    PROGRESS_UPDATE,
    VERDICT,
    WAVE,
    WORDING,
)
from pillars.loading.programmes import Home, at_home, pillar_of, require_home
from pillars.loading.windows import note_reading
from reforms.base.loading.codecs import Plain, read_whole_number
from reforms.base.loading.kinds import Kind
from reforms.base.loading.reading import Document, Item, Record

LARGEST_NUMBER = 32_767


def read_commitments(document: Document) -> None:
    home = require_home(document, "commitments")
    for item in document.root.each("commitments"):
        _read_commitment(document, item, home, top_cite(document), None)


def read_links(document: Document) -> None:
    for item in document.root.each("links"):
        link = read_fact(document, COMMITMENT_LINK, item, top_cite(document))
        if link.text("from_commitment") and link.text("from_commitment") == link.text("to_commitment"):
            item.refuse("to", "A link joins two commitments, and this names one twice.")
        item.finish()


def read_funding(document: Document) -> None:
    """Money of a programme as a whole."""
    home = require_home(document, "funding")
    for item in document.root.each("funding"):
        line = read_fact(document, FUNDING_LINE, item, top_cite(document), programme=home.programme)
        at_home(line, home)
        item.finish()


def _read_commitment(document: Document, item: Item, home: Home, cited: Cited, parent: Record | None) -> None:
    """Read a commitment and what hangs on it. A part is of its parent's kind unless it says otherwise."""
    values: dict[str, Plain] = {
        "programme": home.programme,
        "pillar": home.pillar or pillar_of(item, home),
        "parent": parent.key if parent else None,
    }
    if parent and not item.text("kind"):
        values["kind"] = parent.values["kind"]
    commitment = at_home(read_fact(document, COMMITMENT, item, cited, **values), home)
    _read_hangings(document, item, commitment)
    for part in item.each("parts"):
        _read_commitment(document, part, home, cited_by(commitment), commitment)
    item.finish()


def _read_hangings(document: Document, item: Item, commitment: Record) -> None:
    for number, child in enumerate(item.each("deadlines"), start=1):
        _read_deadline(document, child, commitment, number)
    for child in item.each("funding"):
        _read_funding_line(document, child, commitment)
    for number, child in enumerate(item.each("wordings"), start=1):
        _read_wording(document, child, commitment, number)
    for child in item.each("verdicts"):
        _read_verdict(document, child, commitment)
    for number, child in enumerate(item.each("progress"), start=1):
        _read_progress(document, child, commitment, number)
    for child in item.each("pilots"):
        _read_pilot(document, child, commitment)


def _numbered(document: Document, kind: Kind, item: Item, commitment: Record, number: int, **values: Plain) -> Record:
    """A record known by its number within a commitment: the one given, or else its place in the list."""
    given = item.value_if_given(kind, "number") if item.text("number") else number
    return read_fact(document, kind, item, cited_by(commitment), commitment=commitment.key, number=given, **values)


def _read_deadline(document: Document, item: Item, commitment: Record, number: int) -> None:
    replaces = _deadline_key(item, "replaces", commitment)
    deadline = _numbered(document, DEADLINE, item, commitment, number, replaces=replaces)
    deadline.places["replaces"] = item.place_of("replaces")
    if replaces and replaces == deadline.key:
        item.refuse("replaces", "A deadline cannot replace itself.")
    _require_words(item)
    note_reading(item, deadline)
    item.finish()


def _require_words(item: Item) -> None:
    if not item.text("words"):
        item.refuse("words", "words is missing.")


def _deadline_key(item: Item, key: str, commitment: Record) -> str | None:
    """A deadline of the same commitment, named by its number."""
    number = item.read_text(key, lambda text: read_whole_number(text, largest=LARGEST_NUMBER))
    return f"{commitment.key}/{number}" if number is not None else None


def _read_funding_line(document: Document, item: Item, commitment: Record) -> None:
    values: dict[str, Plain] = {"programme": commitment.values["programme"], "commitment": commitment.key}
    line = read_fact(document, FUNDING_LINE, item, cited_by(commitment), **values)
    line.places["programme"] = commitment.place_of("programme")
    item.finish()


def _read_wording(document: Document, item: Item, commitment: Record, number: int) -> None:
    note_reading(item, _numbered(document, WORDING, item, commitment, number))
    _require_words(item)
    item.finish()


def _read_verdict(document: Document, item: Item, recommendation: Record) -> None:
    """A verdict cites what tells of the answer, which is never what tells of the recommendation alone."""
    verdict = read_fact(document, VERDICT, item, top_cite(document), recommendation=recommendation.key)
    verdict.places["recommendation"] = item.place
    item.finish()


def _read_progress(document: Document, item: Item, commitment: Record, number: int) -> None:
    deadline = _deadline_key(item, "deadline", commitment)
    update = _numbered(document, PROGRESS_UPDATE, item, commitment, number, deadline=deadline)
    update.places["deadline"] = item.place_of("deadline")
    item.finish()


def _read_pilot(document: Document, item: Item, commitment: Record) -> None:
    pilot = read_fact(document, PILOT, item, cited_by(commitment), commitment=commitment.key)
    for child in item.each("waves"):
        wave = read_fact(document, WAVE, child, cited_by(pilot), pilot=pilot.key)
        note_reading(child, wave)
        child.finish()
    item.finish()
