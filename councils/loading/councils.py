"""Read regions and councils. A council is an organisation too, so each makes two records."""

from __future__ import annotations

from councils.loading.kinds import COUNCIL, REGION
from pillars.loading.citing import read_fact, top_cite
from pillars.loading.kinds import ORGANISATION
from pillars.models import Organisation
from reforms.base.loading.codecs import Unreadable, read_whole_number
from reforms.base.loading.reading import Document, Item

LARGEST_TILE = 99


def read_regions(document: Document) -> None:
    for item in document.root.each("regions"):
        read_fact(document, REGION, item, top_cite(document))
        item.finish()


def read_councils(document: Document) -> None:
    for item in document.root.each("councils"):
        organisation = document.batch.read(ORGANISATION, item, kind=Organisation.Kind.COUNCIL.value)
        row, column = _tile(item)
        read_fact(
            document,
            COUNCIL,
            item,
            top_cite(document),
            organisation=organisation.key,
            tile_row=row,
            tile_column=column,
        )
        item.finish()


def _tile(item: Item) -> tuple[int | None, int | None]:
    """Row and column on the tile map: [3, 8]. Neither for a council that is not on it."""
    texts = [node.text for node in item.texts("tile")]
    try:
        numbers = [read_whole_number(text, largest=LARGEST_TILE) for text in texts]
    except Unreadable as error:
        item.refuse("tile", f"tile {error}.")
        return None, None
    if len(numbers) not in (0, 2):
        item.refuse("tile", "tile has to be a row and a column: [3, 8].")
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (None, None)
