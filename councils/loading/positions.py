"""Read positions with their versions, claims and impacts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from councils.loading.kinds import CLAIM, IMPACT, POSITION, POSITION_VERSION
from pillars.loading.citing import cited_by, read_fact, top_cite
from pillars.periods import months_later
from reforms.base.loading.codecs import Plain
from reforms.base.loading.problems import Place
from reforms.base.loading.reading import Document, Item, Record
from reforms.base.loading.world import World


def organisation_of(document: Document) -> tuple[str, Place]:
    """Whose file this is: `organisation` at its top, or else the name of the file; and where that stands."""
    node = document.root.node
    place = node.key_places.get("organisation", node.place)
    return document.root.text("organisation") or document.name, place


def read_positions(document: Document) -> None:
    for item in document.root.each("positions"):
        position = _read_position(document, item)
        for child in item.each("versions"):
            _read_version(document, child, position)
        item.finish()


def _read_position(document: Document, item: Item) -> Record:
    organisation, place = organisation_of(document)
    pillar = _pillar_key(item)
    if pillar and item.text("commitment"):
        item.refuse("commitment", "A position is on a pillar or on a commitment, not on both.")
    position = document.batch.read(POSITION, item, organisation=organisation, pillar=pillar)
    position.places |= {"organisation": place, "pillar": item.place_of("pillar")}
    return position


def _pillar_key(item: Item) -> str | None:
    number = item.text("pillar")
    return f"{item.text('programme')}/{number}" if number else None


def _read_version(document: Document, item: Item, position: Record) -> None:
    """Read a version; it covers what its claims are about and what its impacts rest on."""
    version = read_fact(document, POSITION_VERSION, item, top_cite(document), position=position.key)
    claims = [_read_claim(document, child, version) for child in item.each("claims")]
    impacts = [_read_impact(document, child, version, n) for n, child in enumerate(item.each("impacts"), start=1)]
    _cover(version, impacts, "rests_on")
    _cover(version, claims, "about")
    item.finish()


def _cover(version: Record, parts: Sequence[Record], name: str) -> None:
    """Add what a field of its parts names to what a version covers."""
    places = {f"covers {key}": part.place_of(name, key) for part in parts for key in part.texts(name)}
    version.places |= places
    covered: Plain = sorted({*version.texts("covers"), *(key for part in parts for key in part.texts(name))})
    version.values["covers"] = covered


def _read_claim(document: Document, item: Item, version: Record) -> Record:
    claim = read_fact(document, CLAIM, item, cited_by(version), version=version.key)
    item.finish()
    return claim


def _read_impact(document: Document, item: Item, version: Record, number: int) -> Record:
    """An impact, known by the number given or else by its place in the list."""
    given = item.value_if_given(IMPACT, "number") if item.text("number") else number
    impact = read_fact(document, IMPACT, item, cited_by(version), version=version.key, number=given)
    item.finish()
    return impact


def derive_positions(world: World) -> None:
    """A published version is looked at again some months later, unless it says when."""
    for version in world.batch.of(POSITION_VERSION).values():
        published = version.text("published_on")
        if published and not version.values["review_on"]:
            later = months_later(date.fromisoformat(published), settings.POSITION_REVIEW_MONTHS)
            version.values["review_on"] = later.isoformat()
