"""Where councils stood on a day, as anybody could read it: positions with their claims, coverage and age."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from councils.models import Claim, PositionVersion
from councils.models.positions import PositionVersionQuerySet
from councils.staleness import Expiry, figure_note, stale_reasons
from pillars.models import Commitment, Deadline, FundingLine, ProgressUpdate


@dataclass
class ClaimRow:
    claim: Claim
    note: str
    has_expired: bool


@dataclass
class Standing:
    """One position as it stood on a day."""

    version: PositionVersion
    on: date
    claims: list[ClaimRow]
    covered: frozenset[int]
    reasons: list[str] = field(default_factory=list)

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
            counts[row.claim.get_readiness_display()] += 1
        counts.pop("Not stated", None)
        return list(counts.items())

    def answers(self, commitment: Commitment, parts: Iterable[Commitment] = ()) -> bool:
        """Whether any claim speaks of the commitment or of a part of it."""
        return commitment.pk in self.covered or any(part.pk in self.covered for part in parts)

    def claims_about(self, ids: set[int]) -> list[ClaimRow]:
        return [row for row in self.claims if ids & {commitment.pk for commitment in row.claim.about.all()}]


def standings(versions: PositionVersionQuerySet, *, on: date, is_cited: bool = True) -> list[Standing]:
    """The given public versions with claims, coverage and staleness: a fixed number of queries.

    Pages that only count them leave out the citations and what each claim is about.
    """
    loaded = list(_loaded(versions, on=on, is_cited=is_cited))
    changes = _changes({commitment.pk for version in loaded for commitment in _covers(version)}, on=on)
    return [_standing(version, changes, on=on) for version in loaded]


def of_organisation(organisation_id: int, *, on: date) -> list[Standing]:
    versions = PositionVersion.objects.public(on=on).filter(position__organisation_id=organisation_id)
    return standings(versions, on=on)


def _loaded(versions: PositionVersionQuerySet, *, on: date, is_cited: bool) -> PositionVersionQuerySet:
    covers = Commitment.objects.only("pk", "reference")
    claims = Claim.objects.known(on=on)
    related = ("position__organisation", "position__programme", "position__pillar__programme", "position__commitment")
    if is_cited:
        claims = claims.with_citations(on=on).prefetch_related(Prefetch("about", covers))
        versions = versions.with_citations(on=on)
    return (
        versions.select_related(*related)
        .prefetch_related(Prefetch("covers", covers), Prefetch("claims", claims))
        .order_by("position__organisation__name", "position__programme__number", "position__pillar__number", "pk")
    )


def _standing(version: PositionVersion, changes: dict[int, list[date]], *, on: date) -> Standing:
    claims = [_claim_row(claim, on=on) for claim in version.claims.all()]
    covers = _covers(version)
    published = version.published_on or on
    changed = [c.reference for c in covers if any(day > published for day in changes.get(c.pk, []))]
    expiries = [Expiry(row.claim.text, row.claim.stale_on) for row in claims if row.claim.stale_on]
    reasons = stale_reasons(review_on=version.review_on, expiries=expiries, changed=sorted(changed), on=on)
    return Standing(version, on, claims, frozenset(c.pk for c in covers), reasons)


def _covers(version: PositionVersion) -> list[Commitment]:
    """What its claims are about, and the commitment that the position itself is on."""
    own = version.position.commitment
    covers = list(version.covers.all())
    return covers if own is None or own in covers else [*covers, own]


def _claim_row(claim: Claim, *, on: date) -> ClaimRow:
    has_figure = claim.figure is not None or bool(claim.figure_words)
    note = figure_note(has_figure=has_figure, as_at=claim.as_at, as_at_end=claim.as_at_end, on=on)
    return ClaimRow(claim, note, claim.has_expired(on=on))


def _changes(covered: set[int], *, on: date) -> dict[int, list[date]]:
    """The days up to `on` on which the window, money or progress of each commitment, or of its parts, became known."""
    days: dict[int, list[date]] = defaultdict(list)
    for model in (Deadline, FundingLine, ProgressUpdate):
        facts = model.objects.known(on=on).filter(Q(commitment__in=covered) | Q(commitment__parent__in=covered))
        for own, parent, known_on in facts.values_list("commitment", "commitment__parent", "known_on"):
            for commitment in filter(None, (own, parent)):
                days[commitment].append(known_on)
    shared = FundingLine.objects.known(on=on).filter(also_funds__in=covered)
    for commitment, known_on in shared.values_list("also_funds", "known_on"):
        days[commitment].append(known_on)
    return days
