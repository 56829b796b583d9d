"""One commitment: its dates, money and parts, what happened since, and what councils and others say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from consultations.models import Consultation
from consultations.rows import without_later_moments
from councils.models import Participation
from pillars.ledger import JOINED, Entry, cite, draw_all, entries, every
from pillars.models import Commitment, CommitmentLink, FundingLine, Pilot, Wave, Wording
from pillars.money_words import money_words
from pillars.places import places_of
from pillars.readings import Topic, topics
from reforms.alerts.for_pages import flags_about
from reforms.base.access import public_page
from reforms.base.as_at import AsAt
from reforms.base.rendering import render
from reforms.base.requests import Request
from reforms.pages.chain import answering, chain
from reforms.pages.chain.answering import Answering, is_asked_for
from reforms.pages.councils_say import CouncilsSay
from reforms.pages.others_say import others_on

REVERSED = {
    CommitmentLink.Relation.ANSWERS: "Answered by",
    CommitmentLink.Relation.DELIVERS: "Delivered by",
    CommitmentLink.Relation.SUPERSEDES: "Superseded by",
    CommitmentLink.Relation.CONSULTS_ON: "Consulted on by",
    CommitmentLink.Relation.FUNDED_WITH: "Shares its money with",
}


@dataclass(frozen=True)
class Tie:
    """Another commitment that this one is tied to, and why we join the two where no document does."""

    commitment: Commitment
    reason: str

    @property
    def reference(self) -> str:
        return self.commitment.reference


@public_page
def commitment(request: Request, reference: str) -> HttpResponse:
    day = request.as_at.day
    found = get_object_or_404(Commitment.objects.known(on=day).select_related("merged_into"), reference=reference)
    if found.merged_into:
        return redirect(request.as_at.carry(found.merged_into.get_absolute_url()), permanent=True)
    row, around = _answered(found, on=day)
    councils = CouncilsSay(request, row)
    context = {
        "nav": "commitments",
        "crumbs": _crumbs(row.commitment),
        "caption": _caption(row.commitment),
        "row": row,
        "is_recommendation": is_asked_for(found),
        "is_recommended": is_asked_for(found) or bool(around.asked),
        "councils": councils,
        "form": councils.form,
        **_chained(row, around, councils, as_at=request.as_at),
    }
    return render(request, "pages/commitment.html", context, status=400 if councils.form.errors else 200)


def _answered(found: Commitment, *, on: date) -> tuple[Entry, Answering]:
    """The commitment with its parts, and what was asked and answered around it."""
    answers = answering.answers_around(found, on=on) if is_asked_for(found) else {}
    family = answering.with_carriers(found, answers)
    rows = entries(family, on=on, is_cited=False, joined=(*JOINED, "parent", "mission"))
    row, carriers = answering.split(rows, found, answers)
    asked, reviews = ([], []) if is_asked_for(found) else answering.asked_around(row, on=on)
    return row, Answering(answers, carriers, asked, reviews)


def _chained(row: Entry, around: Answering, councils: CouncilsSay, *, as_at: AsAt) -> dict[str, Any]:
    """The facts about it and its parts, with the places that all of them rest on."""
    every_row, carriers, day = every([row]), list(around.carriers.values()), as_at.day
    ids = {entry.commitment.pk for entry in every_row}
    deadlines = [(entry, deadline) for entry in every_row for deadline in entry.deadlines]
    told = {entry.commitment.pk: entry for entry in every([row, *carriers])}
    updates = [update for entry in told.values() for update in entry.updates]
    consultations, participation = _consultations(set(told), as_at=as_at), list(_participation(ids, on=day))
    funding, pilots = list(_funding(ids, on=day)), list(_pilots(ids, on=day))
    commitments, dates = [entry.commitment for entry in told.values()], [deadline for _entry, deadline in deadlines]
    wordings = list(Wording.objects.filter(commitment__in=ids).select_related("commitment"))
    facts = (commitments, around.verdicts, dates, updates, consultations, participation, funding, pilots, wordings)
    places = places_of(*facts, on=day)
    cite([row, *carriers], places)
    scale = draw_all([row], on=day)
    told_differently = topics(wordings, places, on=day)
    others = others_on(row.commitment, ids, on=day)
    return {
        "flags": flags_about([row], on=day),
        "scale": scale,
        "today": scale.percent(day),
        "chain": chain(
            row,
            around,
            consultations=consultations,
            participation=participation,
            councils=councils.count,
            readiness=councils.readiness,
            others=others,
            places=places,
            on=day,
        ),
        "others": others,
        "links": _links(ids, on=day),
        "dates": [(entry, deadline, deadline.means, places.of(deadline)) for entry, deadline in deadlines],
        "funding": [(line, money_words(line), places.of(line)) for line in funding],
        "own_ids": ids,
        "pilots": [(pilot, places.of(pilot)) for pilot in pilots],
        "topics": told_differently,
        "differ_on": _differ_on(told_differently, row),
    }


def _differ_on(told: list[Topic], row: Entry) -> set[str]:
    """What documents put differently; how firmly it is promised only where that is said of itself, not of a part."""
    fields = {(topic.readings[0].wording.field, topic.reference) for topic in told}
    return {field for field, reference in fields if field != Wording.Field.STRENGTH or reference == row.reference}


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
    return known.select_related("commitment", "programme")


def _consultations(ids: set[int], *, as_at: AsAt) -> list[Consultation]:
    """Those that the commitment, or a part of it, promises or is asked about in."""
    asked = Q(promised_by__in=ids) | Q(about__in=ids)
    known = Consultation.objects.known(on=as_at.day).filter(asked).distinct()
    return [without_later_moments(each, as_at=as_at) for each in known.select_related("owner")]


def _links(ids: set[int], *, on: date) -> dict[str, list[Tie]]:
    """What the commitment and its parts are tied to outside themselves, by the words of the tie."""
    both = CommitmentLink.objects.filter(from_commitment__known_on__lte=on, to_commitment__known_on__lte=on)
    known = both.known(on=on).filter(Q(from_commitment__in=ids) ^ Q(to_commitment__in=ids))
    ties: dict[tuple[str, Commitment], str] = {}
    for link in known.select_related("from_commitment", "to_commitment"):
        is_ours = link.from_commitment_id in ids
        words = link.get_relation_display() if is_ours else REVERSED[CommitmentLink.Relation(link.relation)]
        other = link.to_commitment if is_ours else link.from_commitment
        reason = link.reason if link.basis == CommitmentLink.Basis.INFERRED else ""
        ties[words, other] = reason and ties.get((words, other), reason)
    return _merged(ties)


def _merged(ties: dict[tuple[str, Commitment], str]) -> dict[str, list[Tie]]:
    """A commitment tied in two ways is named once: "Delivered by, shares its money with"."""
    words: dict[Tie, list[str]] = {}
    for (word, other), reason in ties.items():
        words.setdefault(Tie(other, reason), []).append(word)
    found: dict[str, list[Tie]] = {}
    for tie, (first, *more) in words.items():
        found.setdefault(", ".join([first, *(word.lower() for word in more)]), []).append(tie)
    return found


def _pilots(ids: set[int], *, on: date) -> QuerySet[Pilot]:
    waves = Prefetch("waves", Wave.objects.known(on=on))
    return Pilot.objects.known(on=on).filter(commitment__in=ids).prefetch_related(waves)


def _participation(ids: set[int], *, on: date) -> QuerySet[Participation]:
    known = Participation.objects.known(on=on).filter(pilot__commitment__in=ids)
    return known.select_related("organisation", "pilot")
