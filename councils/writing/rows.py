"""From a version's rows to what it says, and from what a draft says to the rows of a published version."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from councils.models import Claim, Impact, PositionVersion
from councils.writing.contents import Consequence, Content, Point
from pillars.models import Commitment
from pillars.periods import Asked, read_period, split_words


def content_of(version: PositionVersion) -> Content:
    """What the version says. What is being written says it in one piece; what was published, in rows."""
    if version.draft is not None:
        return Content.of(version.text, version.draft)
    return Content(
        text=version.text,
        readiness=version.readiness,
        review_on=version.review_on,
        covers=tuple(version.covers.order_by("reference").values_list("reference", flat=True)),
        points=tuple(map(_point, version.claims.prefetch_related("about").order_by("number"))),
        impacts=tuple(map(_consequence, version.impacts.prefetch_related("rests_on").order_by("number"))),
    )


def _point(claim: Claim) -> Point:
    return Point(
        kind=claim.kind,
        text=claim.text,
        readiness=claim.readiness,
        figure=claim.figure_words or _plain(claim.figure, claim.unit),
        as_at=claim.as_at,
        evidence=claim.evidence,
        stale_on=claim.stale_on.isoformat() if claim.stale_on else "",
        about=tuple(sorted(each.reference for each in claim.about.all())),
    )


def _consequence(impact: Impact) -> Consequence:
    counted = _plain(impact.count, impact.unit) if impact.amount is None else impact.unit
    return Consequence(
        area=impact.area,
        summary=impact.summary,
        amount=_plain(impact.amount),
        unit=counted,
        rests_on=tuple(sorted(each.reference for each in impact.rests_on.all())),
    )


def _plain(number: Decimal | None, unit: str = "") -> str:
    """A number as somebody would type it: 12, 4.8 posts."""
    if number is None:
        return unit
    digits = f"{number:.2f}".rstrip("0").rstrip(".")
    return f"{digits} {unit}".strip()


def write_rows(version: PositionVersion, content: Content, *, on: date) -> None:
    """Make the rows of a version that is being published. It has none yet."""
    found = {each.reference: each for each in Commitment.objects.filter(reference__in=content.covered)}
    version.covers.set([found[reference] for reference in content.covered if reference in found])
    for number, point in enumerate(content.points, start=1):
        claim = _claim(version, number, point, on=on)
        claim.about.set([found[reference] for reference in point.about if reference in found])
    for number, consequence in enumerate(content.impacts, start=1):
        impact = _impact(version, number, consequence, on=on)
        impact.rests_on.set([found[reference] for reference in consequence.rests_on if reference in found])


def _claim(version: PositionVersion, number: int, point: Point, *, on: date) -> Claim:
    period = read_period(split_words(point.as_at), Asked(said_on=on)) if point.as_at else None
    return Claim.objects.create(
        version=version,
        number=number,
        kind=point.kind,
        text=point.text,
        readiness=point.readiness,
        figure_words=point.figure,
        as_at=point.as_at,
        as_at_end=period.last if period else None,
        evidence=point.evidence,
        stale_on=date.fromisoformat(point.stale_on) if point.stale_on else None,
        known_on=on,
    )


def _impact(version: PositionVersion, number: int, consequence: Consequence, *, on: date) -> Impact:
    return Impact.objects.create(
        version=version,
        number=number,
        area=consequence.area,
        summary=consequence.summary,
        amount=Decimal(consequence.amount) if consequence.amount else None,
        unit=consequence.unit,
        known_on=on,
    )
