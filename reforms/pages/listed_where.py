"""Which document lists which item of a framework or of a set of rules: they seldom all list the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pillars.ledger import Entry
from pillars.models import Citation, Commitment, Programme, Source, Wording
from pillars.places import places_of

KINDS = (Programme.Kind.FRAMEWORK, Programme.Kind.RULES)
ITEMS = (Commitment.Kind.RULE, Commitment.Kind.OUTCOME, Commitment.Kind.ENABLER, Commitment.Kind.PRINCIPLE)
Listed = dict[int, list[Citation]]
"""Where each document, by its id, names one item."""


@dataclass(frozen=True)
class Row:
    """One item. `cells` has a document each, with the places that name the item in it; none where it is not listed."""

    item: Entry
    cells: Sequence[tuple[Source, Sequence[Citation]]]
    differences: Sequence[str]

    @property
    def listing(self) -> list[Source]:
        return [document for document, places in self.cells if places]


@dataclass(frozen=True)
class Sentence:
    """What the table shows, in words; the references in the middle are links."""

    before: str
    items: Sequence[Entry] = ()
    after: str = "."

    def __str__(self) -> str:
        named = [item.reference for item in self.items]
        return f"{self.before}{' and '.join(filter(None, [', '.join(named[:-1]), *named[-1:]]))}{self.after}"


@dataclass(frozen=True)
class ListedWhere:
    """The items of a programme beside the documents that speak of it, as both were known on a day."""

    documents: Sequence[Source]
    groups: Sequence[tuple[str, Sequence[Row]]]
    sentences: Sequence[Sentence]

    @property
    def is_comparison(self) -> bool:
        """One document has none to differ from."""
        return len(self.documents) > 1


def listed_where(programme: Programme, entries: Iterable[Entry], *, on: date) -> ListedWhere | None:
    """The table for a framework or rules, given its commitments with their citations; None for other programmes."""
    items = [entry for entry in entries if entry.commitment.kind in ITEMS]
    if programme.kind not in KINDS or not items:
        return None
    wordings = list(Wording.objects.known(on=on).filter(commitment__in=[item.commitment.pk for item in items]))
    listed = _listed(items, wordings, on=on)
    cited = {place.source.pk for place in programme.citations.all()}
    documents = list(Source.objects.known(on=on).filter(pk__in=cited.union(*listed.values())))
    rows = [_row(item, documents, listed[item.commitment.pk], wordings) for item in items]
    return ListedWhere(documents, _by_kind(rows), _sentences(programme, documents, rows))


def _listed(items: Sequence[Entry], wordings: Sequence[Wording], *, on: date) -> dict[int, Listed]:
    """By item: what it rests on itself, and how documents put it."""
    places = places_of(wordings, on=on)
    named: dict[int, list[Citation]] = {item.commitment.pk: list(item.citations) for item in items}
    for wording in wordings:
        named[wording.commitment_id] += places.of(wording)
    return {key: _by_document(found) for key, found in named.items()}


def _by_document(places: Iterable[Citation]) -> Listed:
    found: defaultdict[int, list[Citation]] = defaultdict(list)
    for place in sorted(set(places), key=lambda place: place.number):
        found[place.source.pk].append(place)
    return found


def _row(item: Entry, documents: Sequence[Source], listed: Listed, wordings: Iterable[Wording]) -> Row:
    """Documents differ on a topic from the day that a second reading of it was out."""
    topics = [wording.topic for wording in wordings if wording.commitment_id == item.commitment.pk]
    differences = [topic for topic in dict.fromkeys(topics) if topics.count(topic) > 1]
    return Row(item, [(each, listed.get(each.pk, ())) for each in documents], differences)


def _by_kind(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    ordered = sorted(rows, key=lambda row: ITEMS.index(Commitment.Kind(row.item.commitment.kind)))
    groups = groupby(ordered, key=lambda row: row.item.commitment.get_kind_display())
    return [(f"{label}s", list(group)) for label, group in groups]


# In words


def _sentences(programme: Programme, documents: Sequence[Source], rows: Sequence[Row]) -> list[Sentence]:
    """What each document lists, then what stands in one alone, then the same of the parts."""
    noun = programme.commitment_noun_plural if rows[1:] else programme.commitment_noun
    of_each = [_of_document(document, rows, noun) for document in documents]
    alone = [_alone(document, rows) for document in documents]
    return [*of_each, *filter(None, alone), *_of_parts(documents, rows, noun)]


def _of_document(document: Source, rows: Sequence[Row], noun: str) -> Sentence:
    """The shorter of two lists: what it has, or what it lacks."""
    has = [row.item for row in rows if document in row.listing]
    lacks = [row.item for row in rows if document not in row.listing]
    name, total = _opening(document), len(rows)
    if not has:
        return Sentence(
            f"{name} lists none of the {total} {noun}" if lacks[1:] else f"{name} does not list the one {noun}"
        )
    if not lacks:
        return Sentence(f"{name} lists all {total} {noun}" if has[1:] else f"{name} lists the one {noun}")
    if len(lacks) <= len(has):
        return Sentence(f"{name} lists {len(has)} of the {total} {noun}, all but ", lacks)
    return Sentence(f"{name} lists only ", has, f" of the {total} {noun}.")


def _alone(document: Source, rows: Sequence[Row]) -> Sentence | None:
    only = [row.item for row in rows if row.listing == [document]]
    return Sentence("", only, f" {'stand' if only[1:] else 'stands'} in {_named(document)} alone.") if only else None


def _of_parts(documents: Sequence[Source], rows: Sequence[Row], noun: str) -> list[Sentence]:
    """How many parts of the items stand in one document alone."""
    parts = [{place.source.pk for place in part.citations} for row in rows for part in row.item.parts]
    counts = [(document, parts.count({document.pk})) for document in documents]
    return [
        Sentence(f"Of the {len(parts)} parts of the {noun}, {count} {_stand(count)} in {_named(document)} alone")
        for document, count in counts
        if count and parts[1:]
    ]


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _named(document: Source) -> str:
    """The LGA briefing, but Community Care: a title that ends in a common noun has an article."""
    name = document.short_title
    return f"the {name}" if name.split()[-1].islower() else name


def _opening(document: Source) -> str:
    name = _named(document)
    return name[0].upper() + name[1:]
