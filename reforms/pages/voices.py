"""A council's position as the `voice` component shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from councils.models import Impact, PositionVersion
from councils.standing import READINESS, ClaimRow, ImpactRow, Standing
from pillars.answers import Answered
from pillars.models import Citation
from reforms.base.formatting import DAYS_KEPT, date_in_words, span_in_words
from reforms.base.markdown import to_html

MANY_IMPACTS = 3
"""More are folded under what they come to."""
AREAS: dict[str, str] = dict(Impact.Area.choices)


@dataclass(frozen=True)
class VoiceClaim:
    """One thing the position asserts; `timing` is "stale" for a figure that has aged."""

    text: str
    figure: str
    as_at: str
    timing: str
    state: str
    citations: Sequence[Citation]


class Grounds(NamedTuple):
    """What an impact rests on, references with their addresses, of which the same became, where that is known."""

    links: list[tuple[str, str]]
    kind: str
    words: str


class VoiceImpact(NamedTuple):
    """One thing that would change."""

    figure: str
    summary: str
    grounds: list[Grounds]
    citations: Sequence[Citation]


class Change(NamedTuple):
    """What would change in one area: "Staff"."""

    area: str
    impacts: list[VoiceImpact]


class Changes(NamedTuple):
    """All that would change, by area. `brief` says it in a line, with every figure."""

    areas: list[Change]
    brief: str
    is_folded: bool


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
    citations: Sequence[Citation]
    claims: list[VoiceClaim]
    claims_title: str
    is_folded: bool
    answers: tuple[tuple[str, str], ...] = ()
    answers_title: str = ""
    warning: str = ""
    changes: Changes | None = None
    renewed_on: date | None = None
    is_day_inferred: bool = False


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
    citations: Sequence[Citation]
    warning: str = ""


def said_of(standing: Standing) -> Said:
    """The position as a row of a list."""
    version, position = standing.version, standing.version.position
    commitment: Any = position.commitment
    return Said(
        id=f"position-{position.pk}",
        reference=commitment.reference,
        title=commitment.title,
        url=f"{commitment.get_absolute_url()}?council={position.organisation.slug}",
        readiness=READINESS[version.readiness],
        published=published_words(standing),
        stale="; ".join(standing.reasons),
        paragraphs=paragraphs_of(version),
        citations=standing.citations,
        warning=standing.warning,
    )


def published_words(standing: Standing) -> str:
    """When the position was published, whose word that is, and how long ago: "Published 1 April 2023, 20 days ago"."""
    published_on = standing.version.published_on
    if published_on is None:
        return ""
    return _published_words(published_on, standing.on, is_inferred=standing.is_day_inferred)


@lru_cache(DAYS_KEPT)
def _published_words(published_on: date, on: date, *, is_inferred: bool) -> str:
    ours = " (day inferred by us)" if is_inferred else ""
    return f"Published {date_in_words(published_on)}{ours}, {age_words(published_on, on=on)}"


def paragraphs_of(version: PositionVersion) -> list[str]:
    """The words, ready to be printed. What was written here has headings and lists, so it is one piece of HTML.

    Of a version whose words were erased the reason is all there is.
    """
    if not version.text and version.erased_at:
        return [f"The words of this version were erased. {version.reason}"]
    if version.origin == version.Origin.WRITTEN:
        return [to_html(version.text, level=4)]
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
        renewed_on=standing.renewed_on,
        review_on=standing.review_on,
        stale="; ".join(standing.reasons),
        citations=standing.citations,
        claims=[_claim(row) for row in chosen],
        claims_title="What it says, point by point" if shows_all else "Figures it rests on",
        is_folded=shows_all,
        warning=standing.warning,
        changes=changes_of(standing),
        is_day_inferred=standing.is_day_inferred,
    )


def changes_of(standing: Standing, *, of: Collection[int] | None = None) -> Changes | None:
    """What would change, area by area: all of it, or only what rests on some commitments, by their keys."""
    rows = [row for row in standing.impacts if of is None or any(each.pk in of for each in row.grounds)]
    by_area = {area: [row for row in rows if row.impact.area == area] for area in AREAS}
    areas = [
        Change(AREAS[area], [_impact(row, standing.answers) for row in own]) for area, own in by_area.items() if own
    ]
    return Changes(areas, _in_brief(areas), of is None and len(rows) > MANY_IMPACTS) if rows else None


def _impact(row: ImpactRow, answers: Mapping[int, Answered]) -> VoiceImpact:
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for each in row.grounds:
        answered = answers.get(each.pk)
        became = (answered.kind, answered.words) if answered else ("", "")
        alike.setdefault(became, []).append((each.reference, each.get_absolute_url()))
    grounds = [Grounds(links, *became) for became, links in alike.items()]
    return VoiceImpact(row.figure, row.impact.summary, grounds, row.citations)


def _in_brief(areas: Sequence[Change]) -> str:
    """ "staff (2): 4.8 posts, 1 manager; policy (1)"."""
    return "; ".join(_area_in_brief(each) for each in areas)


def _area_in_brief(change: Change) -> str:
    figures = ", ".join(impact.figure for impact in change.impacts if impact.figure)
    counted = f"{change.area.lower()} ({len(change.impacts)})"
    return f"{counted}: {figures}" if figures else counted


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
