"""Commitments and sources as data: the rows of .csv and .json, with the names and order that are published.

What the public could not know on the day is left out of every part of a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Prefetch, Q, prefetch_related_objects

from pillars.ledger import JOINED, Entry, entries, every
from pillars.models import Citation, Commitment, CommitmentLink, Deadline, FundingLine, Source, Verdict
from reforms.base.lists.twins import Row
from reforms.base.models import PublicFact

COMMITMENT_COLUMNS = (
    "reference",
    "programme",
    "pillar",
    "mission",
    "kind",
    "strength",
    "title",
    "summary",
    "parent",
    "lead",
    "timing",
    "progress",
    "deadlines",
    "funding",
    "verdicts",
    "links",
    "citations",
)
FUNDING_COLUMNS = (
    "reference",
    "title",
    "programme",
    "commitment",
    "role",
    "shape",
    "amount",
    "amount_from",
    "percent",
    "years",
    "part_of",
    "inside_headline",
    "citations",
)
SOURCE_COLUMNS = ("slug", "file", "title", "publisher", "published_on")

Fact = TypeVar("Fact", bound=PublicFact)


def commitment_rows(keys: Sequence[int], *, on: date) -> list[Row]:
    """The commitments with these ids, in this order: a fixed number of queries."""
    related = Commitment.objects.filter(Q(pk__in=keys) | Q(parent__in=keys)).order_by("reference")
    found = {
        entry.commitment.pk: entry for entry in every(entries(related, on=on, joined=(*JOINED, "parent", "mission")))
    }
    prefetch_related_objects([entry.commitment for entry in found.values()], _known_links(on), _known_verdicts(on))
    wholes = _references_of_wholes(found.values(), on=on)
    return [commitment_row(found[key], wholes, on=on) for key in keys if key in found]


def _known_links(on: date) -> Prefetch:
    linked = Commitment.objects.known(on=on).standing()
    links = CommitmentLink.objects.known(on=on).filter(to_commitment__in=linked).select_related("to_commitment")
    return Prefetch("links_out", links.order_by("relation", "to_commitment__reference"), to_attr="known_links")


def _known_verdicts(on: date) -> Prefetch:
    verdicts = Verdict.objects.known(on=on).filter(programme__known_on__lte=on).select_related("programme")
    return Prefetch("verdicts", verdicts.order_by("programme__number", "programme"), to_attr="known_verdicts")


def _references_of_wholes(found: Iterable[Entry], *, on: date) -> dict[int, str]:
    """The references of the funding lines that others are part of, by id."""
    ids = {line.part_of_id for entry in found for line in entry.funding if line.part_of_id}
    return dict(FundingLine.objects.known(on=on).filter(pk__in=ids).order_by().values_list("pk", "reference"))


def commitment_row(entry: Entry, wholes: dict[int, str], *, on: date) -> Row:
    """One commitment; `wholes` has the references of the funding lines that its own are part of."""
    commitment = entry.commitment
    parent, pillar = known(commitment.parent, on=on), known(commitment.pillar, on=on)
    mission = known(commitment.mission, on=on)
    values: tuple[Any, ...] = (
        commitment.reference,
        commitment.programme.slug,
        pillar.number if pillar else None,
        mission.number if mission else None,
        commitment.kind,
        commitment.strength,
        commitment.title,
        commitment.summary,
        parent.reference if parent else None,
        commitment.lead.slug if commitment.lead else None,
        entry.timing.value,
        entry.latest_update.status if entry.latest_update else None,
        [deadline_row(deadline) for deadline in entry.deadlines],
        [funding_row(line, wholes) for line in entry.funding],
        [verdict_row(verdict) for verdict in commitment.known_verdicts],  # type: ignore[attr-defined]
        [link_row(link) for link in commitment.known_links],  # type: ignore[attr-defined]
        citation_rows(entry.citations),
    )
    return dict(zip(COMMITMENT_COLUMNS, values, strict=True))


def deadline_row(deadline: Deadline) -> Row:
    return {
        "role": deadline.role,
        "words": deadline.words,
        "earliest": iso(deadline.earliest),
        "latest": iso(deadline.latest),
        "edtf": deadline.edtf or None,
    }


def verdict_row(verdict: Verdict) -> Row:
    """What one programme made of a recommendation."""
    return {"programme": verdict.programme.slug, "verdict": verdict.verdict, "basis": verdict.basis}


def link_row(link: CommitmentLink) -> Row:
    """What a commitment is to another, and whether a document says so."""
    return {"relation": link.relation, "to": link.to_commitment.reference, "basis": link.basis}


def funding_row(line: FundingLine, wholes: dict[int, str]) -> Row:
    """One line of money; amounts are pounds."""
    return {
        "reference": line.reference,
        "role": line.role,
        "shape": line.shape,
        "amount": plain_number(line.amount),
        "amount_from": plain_number(line.amount_from),
        "percent": plain_number(line.percent),
        "years": line.years,
        "part_of": wholes.get(line.part_of_id or 0),
    }


def funding_line_row(line: FundingLine, wholes: dict[int, str], *, on: date) -> Row:
    """One line of money by itself, with what it is for and the places that say so."""
    commitment = known(line.commitment, on=on)
    row = funding_row(line, wholes) | {
        "title": line.title,
        "programme": line.programme.slug,
        "commitment": commitment.reference if commitment else None,
        "inside_headline": line.inside_headline,
        "citations": citation_rows(line.citations.all()),
    }
    return {name: row[name] for name in FUNDING_COLUMNS}


def citation_rows(citations: Iterable[Citation]) -> list[Row]:
    """The places that say so."""
    return [
        {"source": place.source.slug, "file": place.source.file or None, "locator": place.locator or None}
        for place in citations
    ]


def source_row(source: Source) -> Row:
    values = (
        source.slug,
        source.file or None,
        source.title,
        source.publisher.slug,
        source.published_on.isoformat(),
    )
    return dict(zip(SOURCE_COLUMNS, values, strict=True))


def known(fact: Fact | None, *, on: date) -> Fact | None:
    """The fact, unless nobody could know it on the day."""
    return fact if fact is not None and fact.known_on <= on else None


def iso(day: date | None) -> str | None:
    """2023-05-11."""
    return day.isoformat() if day else None


def plain_number(value: Decimal | None) -> int | float | None:
    """A number without needless decimals."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
