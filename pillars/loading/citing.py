"""Where a fact is drawn from, and the day from which it was known because of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pillars.loading.kinds import SOURCE
from reforms.base.loading.codecs import Plain
from reforms.base.loading.kinds import Kind
from reforms.base.loading.problems import Place
from reforms.base.loading.reading import Document, Item, Record
from reforms.base.loading.world import World
from reforms.base.loading.yaml_files import ListNode, MapNode, Node, TextNode


@dataclass(frozen=True)
class Cited:
    """The places a fact rests on, by citation key, each with its line. A broken `cite` has been reported."""

    places: Mapping[str, Place] = field(default_factory=dict)
    is_broken: bool = False


NOTHING = Cited()


def citation_key(source: str, locator: str) -> str:
    return f"{source}/{locator}"


def read_cite(item: Item, otherwise: Cited = NOTHING) -> Cited:
    """The `cite` of an item: source slug to list of locators; without one, that of what it belongs to."""
    node = item.ask("cite")
    if node is None:
        return otherwise
    if not isinstance(node, MapNode) or not node.entries:
        item.refuse("cite", "cite has to be a mapping of a source to the places in it.")
        return Cited(is_broken=True)
    places: dict[str, Place] = {}
    for source, listed in node.entries.items():
        places |= _places_in(item, source, listed, node.key_places[source])
    return Cited(places, is_broken=not places)


def _places_in(item: Item, source: str, node: Node, place: Place) -> dict[str, Place]:
    """The places of one source; an empty list, or an empty text, is the source as a whole."""
    if isinstance(node, TextNode) and not node.text:
        return {citation_key(source, ""): place}
    items = list(_texts(node))
    if not isinstance(node, ListNode) or len(items) < len(node.items):
        item.problems.add(place, f"The places in {source} have to be a list: [one, two].")
        return {}
    return {citation_key(source, text.text): text.place for text in items} or {citation_key(source, ""): place}


def _texts(node: Node) -> Iterator[TextNode]:
    items = node.items if isinstance(node, ListNode) else []
    return (item for item in items if isinstance(item, TextNode))


def read_fact(document: Document, kind: Kind, item: Item, otherwise: Cited, /, **derived: Plain) -> Record:
    """Read a record with its citations: its own, or those of what it belongs to. None at all is a mistake."""
    cited = read_cite(item, otherwise)
    if not cited.places and not cited.is_broken:
        item.problems.add(item.place, "No source: give a cite.")
    record = document.batch.read(kind, item, **derived, citations=sorted(cited.places))
    record.places |= {f"citations {key}": place for key, place in cited.places.items()}
    return record


def cited_by(record: Record) -> Cited:
    """What a record cites, to hand down to its parts."""
    places = {key: record.place_of("citations", key) for key in record.texts("citations")}
    return Cited(places, is_broken=not places)


def top_cite(document: Document) -> Cited:
    """The `cite` at the top of a file, which holds for everything in it that has none of its own."""
    return read_cite(document.root)


def derive_known_on(world: World, *kinds: Kind) -> None:
    """Fill in the day from which a fact was known: the day its earliest source came out."""
    for kind in kinds:
        for record in world.batch.of(kind).values():
            record.values["known_on"] = record.values["known_on"] or earliest_source_day(world, record)


def earliest_source_day(world: World, record: Record) -> str | None:
    """The first day on which a cited source was published, as ISO text; None where none is known."""
    sources = {key.partition("/")[0] for key in record.texts("citations")}
    return min(filter(None, (world.text(SOURCE, source, "published_on") for source in sources)), default=None)
