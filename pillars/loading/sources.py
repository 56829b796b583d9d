"""Read organisations, documents with their places, and the anchors of time phrases."""

from __future__ import annotations

import re

from pillars.loading.citing import read_cite
from pillars.loading.kinds import ANCHOR, CITATION, ORGANISATION, SOURCE
from reforms.base.loading.codecs import Plain
from reforms.base.loading.reading import Document, Item, Record

LINES = re.compile(r"([0-9]{1,6})-([0-9]{1,6})")


def read_organisations(document: Document) -> None:
    for item in document.root.each("organisations"):
        document.batch.read(ORGANISATION, item)
        item.finish()


def read_sources(document: Document) -> None:
    for item in document.root.each("sources"):
        cited = read_cite(item)
        source = document.batch.read(SOURCE, item, citations=sorted(cited.places))
        source.places |= {f"citations {key}": place for key, place in cited.places.items()}
        _read_places(document, item, source)
        item.finish()


def _read_places(document: Document, item: Item, source: Record) -> None:
    """The places of a document held in full; any other has one place, the whole of it."""
    places = item.each("locators")
    if not places:
        _add_whole(document, source)
    last = 0
    for number, place in enumerate(places, start=1):
        last = _read_place(document, place, source, number, last)


def _add_whole(document: Document, source: Record) -> None:
    values: dict[str, Plain] = {"source": source.key, "locator": "", "number": 1, "context": ""}
    values |= {"first_line": None, "last_line": None}
    document.batch.add(Record(CITATION, CITATION.key_of(values), values, source.place))


def _read_place(document: Document, item: Item, source: Record, number: int, after: int) -> int:
    """Read one place and answer its first line; places stand in the order of the document."""
    first, last = _lines(item)
    values: dict[str, Plain] = {"source": source.key, "number": number, "first_line": first, "last_line": last}
    document.batch.read(CITATION, item, **values)
    if not item.text("at"):
        item.problems.add(item.place, "at is missing.")
    if first is not None and first < after:
        item.refuse("lines", f"Out of order: line {first} stands before the place above, which begins on line {after}.")
    item.finish()
    return first or after


def _lines(item: Item) -> tuple[int | None, int | None]:
    """First and last line: "13-13". Neither where they cannot be told."""
    text = item.text("lines")
    found = LINES.fullmatch(text)
    if text and not found:
        item.refuse("lines", f"lines is “{text}”; it has to be the first and last line: 13-15.")
    first, last = (int(found[1]), int(found[2])) if found else (None, None)
    if first is not None and last is not None and first > last:
        item.refuse("lines", f"lines is “{text}”: it ends before it begins.")
    return first, last


def read_anchors(document: Document) -> None:
    """An anchor rests on a public page of its own, or on a document we cite."""
    for item in document.root.each("anchors"):
        cited = read_cite(item)
        anchor = document.batch.read(ANCHOR, item, citations=sorted(cited.places))
        anchor.places |= {f"citations {key}": place for key, place in cited.places.items()}
        if not cited.places and not anchor.values["known_on"]:
            item.problems.add(item.place, "No source: give a cite, or a known_on with the url of a public page.")
        item.finish()
