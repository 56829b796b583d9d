"""What became of recommendations: the answers to them, and the commitments in which each answer lives on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import F, QuerySet

from pillars.models import Commitment, Programme, Verdict
from reforms.base.sharing import shared

ANSWERS: dict[str, str] = dict(Verdict.Answer.choices)
"""The words of each value: a page prints hundreds, and the model's own way of finding them is slow."""
UNANSWERED = frozenset({Verdict.Answer.REJECTED.value, Verdict.Answer.NOT_MENTIONED.value})
"""Answers that leave a recommendation with nothing to stand on."""


class Carrying(Protocol):
    """A way to ask which commitments carry verdicts, by the verdict's key."""

    def __call__(self, keys: Sequence[int], *, on: date) -> Mapping[int, list[Commitment]]: ...


@dataclass(frozen=True)
class Answered:
    """How one programme answered one recommendation, as known on a day. `carried_by` is in order of reference."""

    verdict: Verdict
    carried_by: Sequence[Commitment] = ()

    @property
    def kind(self) -> str:
        """Its value, which is also the name of its glyph."""
        return self.verdict.verdict

    @property
    def words(self) -> str:
        """ "Accepted", or "Accepted, inferred by us"."""
        return verdict_words(self.verdict)

    @property
    def is_unanswered(self) -> bool:
        """Whether it was rejected or passed over."""
        return self.kind in UNANSWERED


def verdict_words(verdict: Verdict) -> str:
    """What was answered, and whether that is our own reading."""
    said = ANSWERS[verdict.verdict]
    return f"{said}, inferred by us" if verdict.basis == Verdict.Basis.INFERRED else said


def answers_to(
    recommendations: Iterable[int] | QuerySet[Any], *, on: date, carried: Carrying | None = None
) -> dict[int, list[Answered]]:
    """The answers known on the day to recommendations, by key, as the answering programmes are ordered: two queries.

    `carried` is another way to ask what carries them than `carried_alone`: `carried_with_timing`, or `carried_unasked`,
    which asks nothing.
    """
    return _by_recommendation(Verdict.objects.filter(recommendation__in=recommendations), on=on, carried=carried)


def asked_of(commitments: Iterable[int], *, on: date) -> dict[int, list[Answered]]:
    """The recommendations that commitments answer, by the commitment's key: each with its answer, two queries.

    The recommendation stands in `verdict.recommendation`.
    """
    keys = set(commitments)
    verdicts = Verdict.objects.filter(pk__in=_carrying().filter(commitment__in=keys).values("verdict"))
    found: defaultdict[int, list[Answered]] = defaultdict(list)
    for answers in _by_recommendation(verdicts, on=on, joined=("recommendation",)).values():
        for answered in answers:
            for each in answered.carried_by:
                if each.pk in keys:
                    found[each.pk].append(answered)
    return found


def main_answer(answers: Sequence[Answered]) -> Answered | None:
    """The strategy's, which answers them all; else the first there is."""
    strategic = (each for each in answers if each.verdict.programme.kind == Programme.Kind.STRATEGY)
    return next(strategic, answers[0] if answers else None)


def main_answers(answers: Mapping[int, Sequence[Answered]]) -> dict[int, Answered]:
    """The main answer to each recommendation that has any."""
    found = {key: main_answer(each) for key, each in answers.items()}
    return {key: answered for key, answered in found.items() if answered}


def answered_all(verdicts: QuerySet[Verdict], *, on: date) -> list[Answered]:
    """Verdicts that were known on the day, in their order, each with what carries it: two queries."""
    places = ("recommendation__programme", "recommendation__pillar")
    loaded = list(verdicts.select_related("programme", "recommendation", *places))
    carried = carried_alone([verdict.pk for verdict in loaded], on=on)
    return [Answered(verdict, carried[verdict.pk]) for verdict in loaded]


def carried_unasked(keys: Sequence[int], *, on: date) -> Mapping[int, list[Commitment]]:
    """Nothing, for a page that does not say what carries an answer."""
    return defaultdict(list)


def carried_with_timing(keys: Sequence[int], *, on: date) -> Mapping[int, list[Commitment]]:
    """The commitments that carry each verdict, each with its `timing` and what is `reported` by the day: one query."""
    known = Commitment.objects.known(on=on).standing().with_reported(on=on)
    found: defaultdict[int, list[Commitment]] = defaultdict(list)
    for commitment in known.annotate(carries=F("answers_carried")).filter(carries__in=keys).with_timing(on=on):
        found[commitment.carries].append(commitment)
    return found


def _by_recommendation(
    verdicts: Any, *, on: date, joined: Sequence[str] = (), carried: Carrying | None = None
) -> dict[int, list[Answered]]:
    known = verdicts.known(on=on).filter(programme__known_on__lte=on, recommendation__known_on__lte=on)
    loaded = shared(known.order_by("recommendation__reference", "programme__number", "pk"), ("programme", *joined))
    carrying = (carried or carried_alone)([verdict.pk for verdict in loaded], on=on)
    found: defaultdict[int, list[Answered]] = defaultdict(list)
    for verdict in loaded:
        found[verdict.recommendation_id].append(Answered(verdict, carrying[verdict.pk]))
    return found


def carried_alone(keys: Sequence[int], *, on: date) -> defaultdict[int, list[Commitment]]:
    """The commitments that carry each verdict; what was merged into another is left out."""
    found: defaultdict[int, list[Commitment]] = defaultdict(list)
    known = _carrying().filter(verdict__in=keys, commitment__known_on__lte=on, commitment__merged_into=None)
    for link in shared(known.order_by("commitment__reference"), ("commitment",)):
        found[link.verdict_id].append(link.commitment)
    return found


def _carrying() -> Any:
    through: Any = Verdict.carried_by.through
    return through.objects.all()
