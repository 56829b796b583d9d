"""What was asked and how it was answered, around one commitment or recommendation, as known on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from pillars.answers import Answered, answers_to, asked_of, main_answer
from pillars.ledger import Entry, every
from pillars.models import Commitment, Programme, Verdict

Answers = Mapping[int, Sequence[Answered]]


@dataclass(frozen=True)
class Asked:
    """A recommendation that a commitment answers. `through` are the parts, or the whole, that answer in its place."""

    answered: Answered
    through: Sequence[Commitment] = ()

    @property
    def recommendation(self) -> Commitment:
        return self.answered.verdict.recommendation


@dataclass(frozen=True)
class Answering:
    """`answers` are by the key of a recommendation; `carriers` by the key of a commitment that carries one of them."""

    answers: Answers = field(default_factory=dict)
    carriers: Mapping[int, Entry] = field(default_factory=dict)
    asked: Sequence[Asked] = ()
    reviews: Sequence[Programme] = ()

    @property
    def verdicts(self) -> list[Verdict]:
        """Every answer there is, once."""
        found = [answered for answers in self.answers.values() for answered in answers]
        return [answered.verdict for answered in (*found, *(each.answered for each in self.asked))]


def is_asked_for(commitment: Commitment) -> bool:
    """Whether it asks, and so is answered by others; else it may be an answer itself."""
    return commitment.kind == Commitment.Kind.RECOMMENDATION


def answers_around(recommendation: Commitment, *, on: date) -> Answers:
    """The answers to a recommendation, to its parts and to its whole: two queries."""
    pk, whole = recommendation.pk, recommendation.parent_id
    kin = Commitment.objects.standing().filter(Q(pk__in=[pk, whole or pk]) | Q(parent=pk))
    return answers_to(kin.order_by().values("pk"), on=on)


def with_carriers(commitment: Commitment, answers: Answers) -> QuerySet[Commitment]:
    """The commitment with its parts, and what carries the answers to them, with the parts of that."""
    carrying = {each.pk for each in carriers_of(commitment, answers)}
    return Commitment.objects.filter(Q(pk__in=[commitment.pk, *carrying]) | Q(parent__in=[commitment.pk, *carrying]))


def carriers_of(recommendation: Commitment, answers: Answers) -> list[Commitment]:
    """What carries the answers to it and to its parts; an answer to its whole is the whole's own."""
    own = [answer for key, each in answers.items() if key != recommendation.parent_id for answer in each]
    return list({each.pk: each for answer in own for each in answer.carried_by}.values())


def split(rows: Sequence[Entry], commitment: Commitment, answers: Answers) -> tuple[Entry, dict[int, Entry]]:
    """The row of the commitment itself, and those of the commitments that carry the answers to it."""
    by_key = {entry.commitment.pk: entry for entry in every(rows)}
    row = by_key[commitment.pk]
    for entry in every([row]):
        entry.answered = main_answer(answers.get(entry.commitment.pk, ()))
    found = (by_key.get(each.pk) for each in carriers_of(commitment, answers))
    carriers = sorted(filter(None, found), key=lambda entry: (entry.commitment.programme.number, entry.reference))
    return row, {entry.commitment.pk: entry for entry in carriers}


def asked_around(row: Entry, *, on: date) -> tuple[list[Asked], list[Programme]]:
    """The recommendations that a commitment answers, itself or through its kin, and every review: three queries."""
    kin = {entry.commitment.pk: entry.commitment for entry in every([row])}
    whole = row.commitment.parent
    if whole and whole.known_on <= on:
        kin[whole.pk] = whole
    found = asked_of(kin, on=on)
    verdicts = {answered.verdict.pk: answered for answers in found.values() for answered in answers}
    asked = [_asked(answered, row.commitment, kin) for answered in verdicts.values()]
    asked.sort(key=lambda each: (each.recommendation.reference, each.answered.verdict.programme.number))
    return asked, list(Programme.objects.known(on=on).filter(kind=Programme.Kind.REVIEW))


def _asked(answered: Answered, own: Commitment, kin: Mapping[int, Commitment]) -> Asked:
    carrying = [each for each in answered.carried_by if each.pk in kin]
    return Asked(answered, () if own in carrying else carrying)
