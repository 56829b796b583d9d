"""Where councils stood on a day, as anybody could read it: positions with their claims, coverage and age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, Q

from councils.covered import Covered, covered_by
from councils.models import Claim, Impact, PositionVersion
from councils.models.positions import PositionVersionQuerySet
from councils.resting import Unanswered, warning_words
from councils.staleness import Expiry, figure_note, stale_reasons
from councils.staleness_in_sql import MOST_NAMED
from pillars.answers import Answered
from pillars.models import Citation, Commitment, Organisation, Pillar, Programme, Source
from pillars.places import Places, places_of
from reforms.base.formatting import money
from reforms.base.prepared import Prepared
from reforms.base.sharing import put, shared

READINESS: dict[str, str] = dict(PositionVersion.Readiness.choices)
"""The words of each value: a page prints hundreds, and the model's own way of finding them is slow."""
JOINED = ("position__organisation", "position__programme", "position__pillar__programme", "position__commitment")
"""What a position is on and whose it is."""
BRIEF = ("origin", "readiness", "text", "published_on", "review_on", "position")
"""What a page with hundreds of positions says of a version."""
OF_PROGRAMME: Prepared[PositionVersion] = Prepared(
    lambda on, organisations, programmes: _brief(on, organisations).filter(position__programme__in=programmes),
    sets=2,
    names=("position",),
)
OF_PILLAR: Prepared[PositionVersion] = Prepared(
    lambda on, organisations, pillars: _brief(on, organisations).filter(
        Q(position__pillar__in=pillars) | Q(position__commitment__pillar__in=pillars)
    ),
    sets=2,
    names=("position",),
)
"""Those on the pillar, and on single commitments of it."""
CLAIMS: Prepared[Claim] = Prepared(
    lambda on, versions: Claim.objects.known(on=on).filter(version__in=versions).order_by("number")
)
BRIEF_CLAIMS: Prepared[Claim] = Prepared(
    lambda on, whole, single: (
        Claim.objects.known(on=on)
        .filter(Q(version__in=whole) | Q(version__in=single, stale_on__lte=on))
        .order_by("number")
        .defer("known_on", "kind", "unit", "evidence")
    ),
    sets=2,
)
"""All of some versions, and those of others that have expired."""
ORDER = (
    "position__organisation__name",
    "position__programme__number",
    F("position__pillar__number").asc(nulls_first=True),
    F("position__commitment__reference").asc(nulls_first=True),
    "pk",
)
"""By council; then each programme as a whole, single commitments of it, its pillars."""


@dataclass
class ClaimRow:
    claim: Claim
    note: str
    has_expired: bool


@dataclass
class ImpactRow:
    """Something that would change. `grounds` are the recommendations and commitments that it rests on."""

    impact: Impact
    grounds: list[Commitment] = field(default_factory=list)
    citations: Sequence[Citation] = ()

    @property
    def figure(self) -> str:
        """ "£70,000", "4.8 full-time equivalent posts at grade H4"; empty where the document gives none."""
        impact = self.impact
        if impact.amount is not None:
            return f"{money(impact.amount)} {impact.unit.removeprefix('pounds').strip()}".strip()
        return f"{impact.count.normalize():,f} {impact.unit}".strip() if impact.count is not None else ""


@dataclass
class Standing:
    """One position as it stood on a day. `covered` are the keys of the commitments that it speaks of.

    `asked` are those among them that are recommendations. Its impacts, the answers and what of its grounds came to
    nothing are given by `grounds.give_grounds`.
    """

    version: PositionVersion
    on: date
    claims: Sequence[ClaimRow]
    covered: Set[int]
    reasons: Sequence[str] = ()
    citations: Sequence[Citation] = ()
    asked: Set[int] = frozenset()
    has_impacts: bool = False
    renewed_on: date | None = None
    review_on: date | None = None
    impacts: Sequence[ImpactRow] = ()
    answers: Mapping[int, Answered] = field(default_factory=dict)
    unanswered: Sequence[Unanswered] = ()

    @property
    def warning(self) -> str:
        """What it rests on that was rejected or passed over, in words; empty where nothing was by the day."""
        return warning_words(self.unanswered) if self.unanswered else ""

    @property
    def is_day_inferred(self) -> bool:
        """Whether the day it was published is our own reading: every document it is recorded from has no day."""
        if self.version.origin != PositionVersion.Origin.RECORDED or not self.citations:
            return False
        return all(place.source.published_basis == Source.Basis.INFERRED for place in self.citations)

    @property
    def is_stale(self) -> bool:
        return bool(self.reasons)

    @property
    def figures(self) -> list[ClaimRow]:
        """The facts it rests on that can be counted or dated."""
        return [row for row in self.claims if row.claim.figure_words or row.claim.figure is not None]

    @property
    def ageing(self) -> list[ClaimRow]:
        return [row for row in self.claims if row.note]

    @property
    def readiness(self) -> list[tuple[str, int]]:
        """How often the document says so of a point, by its own words, in the order of the words."""
        counts: dict[str, int] = defaultdict(int)
        for row in self.claims:
            counts[READINESS[row.claim.readiness]] += 1
        counts.pop("Not stated", None)
        return list(counts.items())


def standings(
    versions: PositionVersionQuerySet, *, on: date, is_cited: bool = True, is_brief: bool = False
) -> list[Standing]:
    """The given public versions with claims, coverage and staleness: a fixed number of queries.

    Pages that print no sources leave out the citations, and so do those that load them with others (see `cite`).
    `is_brief` is for a page with hundreds of positions, which has at hand whose they are and what they are on (see
    `place`): they come in no order and without it, and those on single commitments with no claims but expired ones.
    """
    if is_brief:
        return in_brief(shared(versions.order_by(), ("position",)), on=on)
    loaded = list(versions.select_related(*JOINED).order_by(*ORDER))
    found = _standings(loaded, CLAIMS.ask((each.id for each in loaded), on=on), on=on)
    if is_cited:
        cite(found, places_of(loaded, on=on))
    return found


def in_brief(versions: Sequence[PositionVersion], *, on: date) -> list[Standing]:
    """The same of versions that were loaded with their positions, without citations: two queries."""
    if not versions:
        return []
    wholes = [each.id for each in versions if each.position.commitment_id is None]
    singles = {each.id for each in versions}.difference(wholes)
    return _standings(versions, BRIEF_CLAIMS.ask(wholes, singles, on=on), on=on)


def _standings(versions: Sequence[PositionVersion], claims: Iterable[Claim], *, on: date) -> list[Standing]:
    by_key = {version.id: version for version in versions}
    found: dict[int, list[ClaimRow]] = {}
    for claim in claims:
        claim.version = by_key[claim.version_id]
        found.setdefault(claim.version_id, []).append(_claim_row(claim, on=on))
    covered = covered_by(list(by_key), on=on)
    return [_standing(version, found.get(key, ()), covered[key], on=on) for key, version in by_key.items()]


def _brief(on: date, organisations: Any) -> PositionVersionQuerySet:
    own = PositionVersion.objects.public(on=on).filter(position__organisation__in=organisations)
    return own.select_related("position").only(*BRIEF).order_by()


def cite(standings: Iterable[Standing], places: Places) -> None:
    """Give each the places that its version rests on, and its impacts theirs."""
    for each in standings:
        each.citations = places.of(each.version)
        for row in each.impacts:
            row.citations = places.of(row.impact)


def place(
    standings: Iterable[Standing],
    *,
    organisations: Iterable[Organisation] = (),
    programmes: Iterable[Programme] = (),
    pillars: Iterable[Pillar] = (),
    commitments: Iterable[Commitment] = (),
) -> None:
    """Give the positions what a page has at hand already: whose each is, and what it is on."""
    given = {"organisation": organisations, "programme": programmes, "pillar": pillars, "commitment": commitments}
    by_key = {name: {each.pk: each for each in found} for name, found in given.items()}
    positions = [each.version.position for each in standings]
    for name, found in by_key.items():
        put(positions, name, found)


def of_organisation(organisation_id: int, *, on: date) -> list[Standing]:
    versions = PositionVersion.objects.public(on=on).filter(position__organisation_id=organisation_id)
    return standings(versions, on=on)


def claims_about(standings: Iterable[Standing], ids: Collection[int]) -> dict[int, list[ClaimRow]]:
    """The claims that speak of some commitments, by the key of their version: one query."""
    rows = [row for each in standings for row in each.claims]
    about: Any = Claim.about.through
    speaking = about.objects.filter(claim__in=[row.claim.id for row in rows], commitment__in=ids)
    keys = set(speaking.values_list("claim", flat=True))
    found: defaultdict[int, list[ClaimRow]] = defaultdict(list)
    for row in rows:
        if row.claim.id in keys:
            found[row.claim.version_id].append(row)
    return found


def _standing(version: PositionVersion, claims: Sequence[ClaimRow], covered: Covered, *, on: date) -> Standing:
    expiries = [Expiry(row.claim.text, row.claim.stale_on) for row in claims if row.claim.stale_on]
    review_on = covered.review_on or version.review_on
    reasons = stale_reasons(
        review_on=review_on, expiries=expiries, changed=covered.changed, on=on, most_named=MOST_NAMED
    )
    return Standing(
        version,
        on,
        claims,
        covered.commitments,
        reasons,
        asked=covered.recommendations,
        has_impacts=covered.has_impacts,
        renewed_on=covered.renewed_on,
        review_on=review_on,
    )


def _claim_row(claim: Claim, *, on: date) -> ClaimRow:
    has_figure = claim.figure is not None or bool(claim.figure_words)
    note = figure_note(has_figure=has_figure, as_at=claim.as_at, as_at_end=claim.as_at_end, on=on)
    return ClaimRow(claim, note, claim.has_expired(on=on))
