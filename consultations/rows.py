"""Consultations as data: the rows of .csv and .json, with the names and order that are published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch

from consultations.models import Consultation
from consultations.status import has_opened, status_of
from pillars.models import Commitment
from pillars.rows import citation_rows, iso, known
from reforms.base.as_at import AsAt
from reforms.base.clock import CIVIL, civil_day
from reforms.base.lists import in_order
from reforms.base.lists.twins import Row

CONSULTATION_COLUMNS = (
    "slug",
    "title",
    "owner",
    "status",
    "promised_by",
    "opens",
    "opens_at",
    "closes_on",
    "closes_at",
    "commitments",
    "citations",
)


def load_consultations(keys: Sequence[int], *, as_at: AsAt) -> list[Consultation]:
    """The consultations with these ids, in this order, as known on the day: three queries."""
    about = Commitment.objects.known(on=as_at.day).standing().order_by("reference")
    found = Consultation.objects.filter(pk__in=keys).select_related("owner", "promised_by")
    found = found.prefetch_related(Prefetch("about", about, to_attr="known_about")).with_citations(on=as_at.day)
    return [without_later_moments(each, as_at=as_at) for each in in_order(found, keys)]


def without_later_moments(consultation: Consultation, *, as_at: AsAt) -> Consultation:
    """On a past day nobody knew when one that had not opened yet would open and close, nor what was to come of it."""
    is_open = has_opened(consultation.opens_at, consultation.closes_at, on=as_at.day)
    if not as_at.is_today and not is_open:
        consultation.opens_at = consultation.closes_at = None
    if consultation.outcome_on and consultation.outcome_on > as_at.day:
        consultation.outcome, consultation.outcome_on = "", None
    return consultation


def consultation_row(consultation: Consultation, *, as_at: AsAt) -> Row:
    promised_by = known(consultation.promised_by, on=as_at.day)
    closes_at = consultation.closes_at
    values = (
        consultation.slug,
        consultation.title,
        consultation.owner.slug,
        status_of(consultation, as_at=as_at).value,
        promised_by.reference if promised_by else None,
        opens_row(consultation),
        civil_iso(consultation.opens_at),
        civil_day(closes_at).isoformat() if closes_at else None,
        civil_iso(closes_at),
        [commitment.reference for commitment in consultation.known_about],  # type: ignore[attr-defined]
        citation_rows(consultation.citations.all()),
    )
    return dict(zip(CONSULTATION_COLUMNS, values, strict=True))


def opens_row(consultation: Consultation) -> Row | None:
    """The words of the promise and the window they mean; nothing where there was none."""
    if not consultation.opens_words:
        return None
    return {
        "words": consultation.opens_words,
        "earliest": iso(consultation.opens_earliest),
        "latest": iso(consultation.opens_latest),
    }


def civil_iso(moment: datetime | None) -> str | None:
    """2023-05-11T23:59:00+01:00: in civil time, so that the day is the one people know."""
    return moment.astimezone(CIVIL).isoformat() if moment else None
