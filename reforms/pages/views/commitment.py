"""One commitment: its dates, money and parts, what happened since, and what councils say."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from consultations.models import Consultation
from consultations.rows import without_later_moments
from councils import standing
from councils.models import Participation, PositionVersion
from pillars.ledger import Entry, draw_all, entries, every
from pillars.models import Citation, Commitment, CommitmentLink, FundingLine, Pilot, Wave
from pillars.money_words import money_words
from reforms.base.access import public_page
from reforms.base.as_at import AsAt
from reforms.base.requests import Request
from reforms.pages.chain import chain

REVERSED = {
    CommitmentLink.Relation.ANSWERS: "Answered by",
    CommitmentLink.Relation.DELIVERS: "Delivered by",
    CommitmentLink.Relation.SUPERSEDES: "Superseded by",
    CommitmentLink.Relation.CONSULTS_ON: "Consulted on by",
    CommitmentLink.Relation.FUNDED_WITH: "Shares its money with",
}


@public_page
def commitment(request: Request, reference: str) -> HttpResponse:
    day = request.as_at.day
    found = get_object_or_404(Commitment.objects.known(on=day).select_related("merged_into"), reference=reference)
    if found.merged_into:
        return redirect(request.as_at.carry(found.merged_into.get_absolute_url()), permanent=True)
    family = Commitment.objects.filter(pk=found.pk) | Commitment.objects.filter(parent=found)
    row = entries(family.select_related("parent"), on=day)[0]
    _load_citations([row], on=day)
    ids = {entry.commitment.pk for entry in every([row])}
    scale = draw_all([row], on=day)
    steps = chain(
        row,
        consultations=_consultations(ids, as_at=request.as_at),
        participation=_participation(ids, on=day),
        voices=_voices(ids, on=day),
        on=day,
    )
    context = {
        "nav": "commitments",
        "crumbs": _crumbs(row.commitment),
        "caption": _caption(row.commitment),
        "row": row,
        "scale": scale,
        "today": scale.percent(day),
        "chain": steps,
        "links": _links(ids, on=day),
        "dates": [(entry, deadline, deadline.means) for entry in every([row]) for deadline in entry.deadlines],
        "funding": [(line, money_words(line)) for line in _funding(ids, on=day)],
        "own_ids": ids,
        "pilots": _pilots(ids, on=day),
    }
    return render(request, "pages/commitment.html", context)


def _load_citations(rows: list[Entry], *, on: date) -> None:
    """The places that give its dates and say what happened: no other page prints them."""
    places = Prefetch("citations", Citation.objects.known(on=on))
    prefetch_related_objects([deadline for row in every(rows) for deadline in row.deadlines], places)
    prefetch_related_objects([update for row in every(rows) for update in row.updates], places)


def _caption(commitment: Commitment) -> str:
    """The reference, with the pillar where there is one."""
    pillar = commitment.pillar
    noun = commitment.programme.pillar_noun
    return f"{commitment.reference}, {noun} {pillar.number}" if pillar else commitment.reference


def _crumbs(commitment: Commitment) -> list[tuple[str, str]]:
    """The plan, the programme, and the pillar where there is one."""
    crumbs = [("Plan", reverse("programmes")), (commitment.programme.title, commitment.programme.get_absolute_url())]
    if commitment.pillar:
        crumbs.append(
            (str(commitment.pillar), reverse("pillar", args=[commitment.programme.slug, commitment.pillar.number]))
        )
    return crumbs


def _funding(ids: set[int], *, on: date) -> QuerySet[FundingLine]:
    """Lines the commitment or its parts own, and lines of others that pay for it too."""
    known = FundingLine.objects.known(on=on).filter(Q(commitment__in=ids) | Q(also_funds__in=ids)).distinct()
    return known.select_related("commitment", "programme").with_citations(on=on)


def _consultations(ids: set[int], *, as_at: AsAt) -> list[Consultation]:
    """Those that the commitment, or a part of it, promises or is asked about in."""
    asked = Q(promised_by__in=ids) | Q(about__in=ids)
    known = Consultation.objects.known(on=as_at.day).filter(asked).distinct()
    found = known.select_related("owner").with_citations(on=as_at.day)
    return [without_later_moments(each, as_at=as_at) for each in found]


def _links(ids: set[int], *, on: date) -> dict[str, list[Commitment]]:
    """What the commitment and its parts are tied to outside themselves, by the words of the tie."""
    both = CommitmentLink.objects.filter(from_commitment__known_on__lte=on, to_commitment__known_on__lte=on)
    known = both.known(on=on).filter(Q(from_commitment__in=ids) ^ Q(to_commitment__in=ids))
    ties: dict[str, list[Commitment]] = {}
    for link in known.select_related("from_commitment", "to_commitment"):
        is_ours = link.from_commitment_id in ids
        words = link.get_relation_display() if is_ours else REVERSED[CommitmentLink.Relation(link.relation)]
        other = link.to_commitment if is_ours else link.from_commitment
        if other not in ties.setdefault(words, []):
            ties[words].append(other)
    return _merged(ties)


def _merged(ties: dict[str, list[Commitment]]) -> dict[str, list[Commitment]]:
    """Ties to the same commitments said once: "Delivered by, shares its money with"."""
    words: dict[tuple[int, ...], list[str]] = {}
    for each, others in ties.items():
        words.setdefault(tuple(sorted(other.pk for other in others)), []).append(each)
    return {", ".join([first, *(word.lower() for word in more)]): ties[first] for first, *more in words.values()}


def _pilots(ids: set[int], *, on: date) -> QuerySet[Pilot]:
    waves = Prefetch("waves", Wave.objects.known(on=on))
    return Pilot.objects.known(on=on).filter(commitment__in=ids).with_citations(on=on).prefetch_related(waves)


def _participation(ids: set[int], *, on: date) -> QuerySet[Participation]:
    known = Participation.objects.known(on=on).filter(pilot__commitment__in=ids)
    return known.select_related("organisation", "pilot").with_citations(on=on)


def _voices(ids: set[int], *, on: date) -> list[tuple[standing.Standing, list[standing.ClaimRow]]]:
    """Each council whose published words cover the commitment, with the claims that speak of it."""
    versions = PositionVersion.objects.public(on=on).filter(covers__in=ids).distinct()
    return [(each, each.claims_about(ids)) for each in standing.standings(versions, on=on)]
