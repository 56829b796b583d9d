"""Read the views of a body: what it welcomes, worries about, asks to know, suggests and asks for."""

from __future__ import annotations

from councils.loading.kinds import VIEW
from councils.loading.positions import organisation_of
from pillars.filters import USUAL_PROGRAMME
from pillars.loading.citing import read_fact, top_cite
from reforms.base.loading.codecs import Plain
from reforms.base.loading.reading import Document, Item, Record
from reforms.base.loading.world import World

WHOLES = ("programme", "pillar", "mission")


def read_views(document: Document) -> None:
    organisation, place = organisation_of(document)
    for item in document.root.each("views"):
        view = read_fact(document, VIEW, item, top_cite(document), organisation=organisation, pillar=_pillar_key(item))
        view.places |= {"organisation": place, "pillar": item.place_of("pillar")}
        item.finish()


def _pillar_key(item: Item) -> Plain:
    """A number alone is a pillar of the usual programme; another is written warm-homes/1."""
    pillar = item.text("pillar") or None
    return pillar if pillar is None or "/" in pillar else f"{USUAL_PROGRAMME}/{pillar}"


def check_views(world: World) -> None:
    for view in world.batch.of(VIEW).values():
        _check_subject(world, view)


def _check_subject(world: World, view: Record) -> None:
    """A view speaks of one whole, of commitments by name, or of both."""
    wholes = [name for name in WHOLES if view.text(name)]
    if len(wholes) > 1:
        message = f"A view speaks of one whole at most, and this names {' and '.join(wholes)}."
        world.refuse(view, wholes[1], message)
    if not wholes and not view.texts("about"):
        world.problems.add(view.place, "A view speaks of something: name a whole, or what it is about.")
