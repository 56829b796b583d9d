"""Read who asked for, won or left a place in a pilot."""

from __future__ import annotations

from councils.loading.kinds import PARTICIPATION
from councils.loading.positions import organisation_of
from pillars.loading.citing import read_fact, top_cite
from reforms.base.loading.codecs import Plain
from reforms.base.loading.problems import Place
from reforms.base.loading.reading import Document, Item
from reforms.base.loading.yaml_files import MapNode


def read_participation(document: Document) -> None:
    """A list is of the body whose file this is; a mapping has a list for each body, by its slug."""
    node = document.root.node.entries.get("participation")
    if isinstance(node, MapNode):
        bodies = Item(node, document.problems)
        for slug, place in node.key_places.items():
            _read_list(document, bodies, slug, slug, place)
    else:
        _read_list(document, document.root, "participation", *organisation_of(document))


def _read_list(document: Document, parent: Item, key: str, organisation: str, place: Place) -> None:
    for item in parent.each(key):
        values = {"organisation": organisation, "wave": _wave_key(item)}
        record = read_fact(document, PARTICIPATION, item, top_cite(document), **values)
        record.places |= {"organisation": place, "wave": item.place_of("wave")}
        item.finish()


def _wave_key(item: Item) -> Plain:
    """A wave of the same pilot, named by its number."""
    number = item.text("wave")
    return f"{item.text('pilot')}/{number}" if number else None
