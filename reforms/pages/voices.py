"""A council's position as the `voice` component shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from councils.models import PositionVersion
from councils.standing import READINESS, ClaimRow, Standing
from pillars.models import Citation
from reforms.base.formatting import date_in_words, span_in_words


@dataclass(frozen=True)
class VoiceClaim:
    """One thing the position asserts; `timing` is "stale" for a figure that has aged."""

    text: str
    figure: str
    as_at: str
    timing: str
    state: str
    citations: list[Citation]


@dataclass(frozen=True)
class Voice:
    """What the reader sees of one position."""

    id: str
    title: str
    published_on: date | None
    paragraphs: list[str]
    readiness: str
    age: str
    origin: str
    review_on: date | None
    stale: str
    citations: list[Citation]
    claims: list[VoiceClaim]
    claims_title: str
    is_folded: bool
    answers: tuple[tuple[str, str], ...] = ()
    answers_title: str = ""


class Said(NamedTuple):
    """A position on a single commitment, in short: whole words, and no claims. `url` leads to all of it."""

    id: str
    reference: str
    title: str
    url: str
    readiness: str
    published: str
    stale: str
    paragraphs: list[str]
    citations: list[Citation]


def said_of(standing: Standing) -> Said:
    """The position as a row of a list."""
    version, position = standing.version, standing.version.position
    commitment: Any = position.commitment
    published_on = version.published_on
    age = age_words(published_on, on=standing.on)
    return Said(
        id=f"position-{position.pk}",
        reference=commitment.reference,
        title=commitment.title,
        url=f"{commitment.get_absolute_url()}?council={position.organisation.slug}",
        readiness=READINESS[version.readiness],
        published=f"Published {date_in_words(published_on)}, {age}" if published_on else "",
        stale="; ".join(standing.reasons),
        paragraphs=paragraphs_of(version),
        citations=standing.citations,
    )


def paragraphs_of(version: PositionVersion) -> list[str]:
    return [text for text in version.text.split("\n\n") if text.strip()]


def voice_of(standing: Standing, *, title: str, anchor: str = "", shows_all: bool = False) -> Voice:
    """The position under a title, with every claim, or with those that carry a figure only."""
    version = standing.version
    chosen = standing.claims if shows_all else standing.figures
    return Voice(
        id=anchor,
        title=title,
        published_on=version.published_on,
        paragraphs=paragraphs_of(version),
        readiness=readiness_words(standing),
        age=age_words(version.published_on, on=standing.on),
        origin=version.get_origin_display() if version.origin == version.Origin.RECORDED else "",
        review_on=version.review_on,
        stale="; ".join(standing.reasons),
        citations=standing.citations,
        claims=[_claim(row) for row in chosen],
        claims_title="What it says, point by point" if shows_all else "Figures it rests on",
        is_folded=shows_all,
    )


def readiness_words(standing: Standing) -> str:
    """The document's own words for the whole, else how often it uses them of a point, else that it does not."""
    version = standing.version
    if version.readiness != version.Readiness.NOT_STATED:
        return version.get_readiness_display()
    points = [f"{words} on {count} point{'' if count == 1 else 's'}" for words, count in standing.readiness]
    return ", ".join(points).capitalize() if points else "Readiness not stated"


def age_words(published_on: date | None, *, on: date) -> str:
    """Today, or how long ago."""
    if published_on is None:
        return ""
    days = (on - published_on).days
    return "today" if days == 0 else f"{span_in_words(days)} ago"


def _claim(row: ClaimRow) -> VoiceClaim:
    claim = row.claim
    expired = f"Overtaken by {date_in_words(claim.stale_on)}" if row.has_expired and claim.stale_on else ""
    note = row.note or expired
    readiness = "" if claim.readiness == "not_stated" else f"{claim.get_readiness_display()}:"
    return VoiceClaim(
        text=claim.text,
        figure=readiness,
        as_at=claim.as_at,
        timing="stale" if note else "",
        state=note,
        citations=[],
    )
