"""Read the form of a consultation: its sections, and the questions in each."""

from __future__ import annotations

from consultations.loading.kinds import QUESTION, SECTION
from pillars.loading.citing import cited_by, read_fact, top_cite
from reforms.base.loading.reading import Document, Item, Record


def read_forms(document: Document) -> None:
    for item in document.root.each("forms"):
        consultation = item.text("consultation")
        if not consultation:
            item.refuse("consultation", "consultation is missing.")
        for child in item.each("sections"):
            _read_section(document, child, item, consultation)
        item.finish()


def _read_section(document: Document, item: Item, form: Item, consultation: str) -> None:
    section = read_fact(document, SECTION, item, top_cite(document), consultation=consultation or None)
    section.places["consultation"] = form.place_of("consultation")
    for position, child in enumerate(item.each("questions"), start=1):
        _read_question(document, child, section, position)
    item.finish()


def _read_question(document: Document, item: Item, section: Record, position: int) -> None:
    read_fact(document, QUESTION, item, cited_by(section), section=section.key, position=position)
    item.finish()
