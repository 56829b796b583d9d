"""What councils say of one commitment: how many and in which words, then a page of them, or one council in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, cast

from django import forms

from councils import grounds, standing
from councils.models import PositionVersion
from councils.resting import warning_words
from councils.standing import ClaimRow, Standing
from pillars.models import Citation
from pillars.places import places_of
from reforms.base.filters import StrictForm
from reforms.pages.voices import Changes, Voice, changes_of, paragraphs_of, published_words, voice_of

SHOWN = 10
"""Councils on one page."""


class Speaking(NamedTuple):
    """A version in which a council speaks of the commitment, or of a part of it."""

    slug: str
    name: str
    version: int
    readiness: str
    commitment: int | None
    """What the position itself is on, where that is a single commitment."""


@dataclass(frozen=True)
class Line:
    """What one position says of it: its own words where it is on this alone, else the points that speak of it."""

    subject: str
    readiness: str
    published: str
    stale: str
    paragraphs: list[str]
    citations: Sequence[Citation]
    warning: str = ""
    changes: Changes | None = None


@dataclass
class Said:
    """One council. `voices` are whole positions, for a council that the reader chose."""

    slug: str
    name: str
    url: str = ""
    lines: list[Line] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)


class CouncilForm(StrictForm):
    """Whose words to read in full."""

    besides = ("as_at", "page")

    council = forms.ChoiceField(required=False, label="All that one council says of it")

    def __init__(self, *args: Any, speaking: Iterable[Speaking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        council = cast(forms.ChoiceField, self.fields["council"])
        council.choices = [("", "Choose a council"), *{each.slug: each.name for each in speaking}.items()]


def speaking_of(ids: Collection[int], *, on: date) -> list[Speaking]:
    """Every published version that covers one of the commitments, by the name of its council: one query."""
    covers: Any = PositionVersion.covers.through
    covering = covers.objects.filter(commitment__in=ids).values("positionversion")
    own = PositionVersion.objects.filter(position__commitment__in=ids).order_by().values("pk")
    # As one set of keys, both halves are found by index; “either of two columns” would read every version there is.
    found = PositionVersion.objects.public(on=on).filter(pk__in=covering.union(own))
    body = ("position__organisation__slug", "position__organisation__name")
    ordered = found.order_by("position__organisation__name", "pk")
    return [Speaking(*row) for row in ordered.values_list(*body, "pk", "readiness", "position__commitment")]


def readiness_words(speaking: Iterable[Speaking], commitment: int) -> str:
    """How many positions on this very commitment use which words: "3 partly, 2 not stated". Nobody is ranked."""
    counts = Counter(each.readiness for each in speaking if each.commitment == commitment)
    named = PositionVersion.Readiness.choices
    return ", ".join(f"{counts[value]} {str(label).lower()}" for value, label in named if counts[value])


def said_by(speaking: Sequence[Speaking], ids: Collection[int], *, on: date, is_whole: bool = False) -> list[Said]:
    """What each of the councils says of the commitments; the whole of its positions on them, or the lines alone."""
    versions = PositionVersion.objects.filter(pk__in=[each.version for each in speaking])
    found = standing.standings(versions, on=on, is_cited=False)
    grounds.give_grounds(found, on=on)
    about = standing.claims_about(found, ids)
    rows = (row.claim for rows in about.values() for row in rows)
    places = places_of([each.version for each in found], rows, grounds.impacts_of(found), on=on)
    standing.cite(found, places)
    by_slug = {each.slug: Said(each.slug, each.name) for each in speaking}
    for each in found:
        body = each.version.position.organisation
        said = by_slug[body.slug]
        said.url = body.get_absolute_url()
        is_own = each.version.position.commitment_id in ids
        if is_own and is_whole:
            said.voices.append(voice_of(each, title=f"{body.name} on {_subject(each)}", shows_all=True))
        elif is_own:
            said.lines.append(_line(each, ids, paragraphs_of(each.version), each.citations))
        else:
            claims = about[each.version.pk]
            cited = dict.fromkeys(place for row in claims for place in places.of(row.claim))
            said.lines.append(_line(each, ids, [_point(row) for row in claims], list(cited)))
    return list(by_slug.values())


def _line(found: Standing, ids: Collection[int], paragraphs: list[str], citations: Sequence[Citation]) -> Line:
    """The warning and the changes are those that come of the commitments themselves."""
    version = found.version
    return Line(
        subject=_subject(found),
        readiness=version.get_readiness_display() if version.position.commitment_id else "",
        published=published_words(found),
        stale="; ".join(found.reasons),
        paragraphs=paragraphs,
        citations=citations,
        warning=warning_words(each for each in found.unanswered if each.key in ids),
        changes=changes_of(found, of=ids),
    )


def _point(row: ClaimRow) -> str:
    """A point as it is worded, with the age of its figure."""
    return f"{row.claim.text} ({row.note})" if row.note else row.claim.text


def _subject(found: Standing) -> str:
    """What the position is on: "SH-4-07", "4. Children in care"."""
    position = found.version.position
    return position.commitment.reference if position.commitment else str(position.pillar or position.programme)
