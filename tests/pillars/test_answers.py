"""What became of recommendations, as known on a day."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.answers import answers_to, asked_of, carried_with_timing, main_answer, main_answers
from pillars.models import Commitment, Programme, Verdict
from pillars.replies import reply_of
from tests.builders import make_commitment, make_deadline, make_programme, make_update

pytestmark = pytest.mark.django_db

REVIEWED, ANSWERED, LATER = date(2022, 5, 23), date(2023, 2, 2), date(2023, 5, 1)


@pytest.fixture
def strategy():
    return make_programme(slug="strategy", kind=Programme.Kind.STRATEGY, number=1, known_on=ANSWERED)


@pytest.fixture
def framework():
    return make_programme(slug="framework", kind=Programme.Kind.FRAMEWORK, number=0, known_on=ANSWERED)


@pytest.fixture
def recommendation():
    review = make_programme(slug="review", kind=Programme.Kind.REVIEW, number=2, known_on=REVIEWED)
    return make_commitment(programme=review, kind=Commitment.Kind.RECOMMENDATION, known_on=REVIEWED)


def answer(recommendation, programme, verdict="accepted", *carriers, basis="stated", known_on=ANSWERED) -> Verdict:
    made = Verdict.objects.create(
        recommendation=recommendation,
        programme=programme,
        verdict=verdict,
        basis=basis,
        words="words",
        reason="a reason",
        known_on=known_on,
    )
    made.carried_by.set(carriers)
    return made


def test_each_answer_with_the_commitments_that_carry_it(recommendation, strategy, django_assert_num_queries):
    second, first = (make_commitment(programme=strategy, reference=name, known_on=ANSWERED) for name in ("S-2", "S-1"))
    verdict = answer(recommendation, strategy, "adapted", second, first)
    with django_assert_num_queries(2):
        found = answers_to([recommendation.pk], on=ANSWERED)[recommendation.pk]
        assert [(each.verdict, list(each.carried_by)) for each in found] == [(verdict, [first, second])]
        assert found[0].verdict.programme == strategy


@pytest.mark.parametrize(
    ("basis", "words"),
    [pytest.param("stated", "Adapted", id="stated"), pytest.param("inferred", "Adapted, inferred by us", id="ours")],
)
def test_it_says_what_is_our_own_reading(recommendation, strategy, basis, words):
    answer(recommendation, strategy, "adapted", basis=basis)
    assert answers_to([recommendation.pk], on=LATER)[recommendation.pk][0].words == words


@pytest.mark.parametrize(
    ("verdict", "is_unanswered"),
    [
        *(pytest.param(each, False, id=each) for each in ("accepted", "adapted", "to_be_tested", "consulting")),
        pytest.param("to_explore", False, id="to-explore"),
        pytest.param("rejected", True, id="rejected"),
        pytest.param("not_mentioned", True, id="not-mentioned"),
    ],
)
def test_what_leaves_a_recommendation_with_nothing_to_stand_on(recommendation, strategy, verdict, is_unanswered):
    answer(recommendation, strategy, verdict)
    assert answers_to([recommendation.pk], on=LATER)[recommendation.pk][0].is_unanswered is is_unanswered


def test_nothing_is_known_before_its_day(recommendation, strategy):
    carrier = make_commitment(programme=strategy, known_on=LATER)
    answer(recommendation, strategy, "accepted", carrier)
    assert answers_to([recommendation.pk], on=REVIEWED) == {}
    assert answers_to([recommendation.pk], on=ANSWERED)[recommendation.pk][0].carried_by == []
    assert asked_of([carrier.pk], on=ANSWERED) == {}
    assert list(asked_of([carrier.pk], on=LATER)) == [carrier.pk]


def test_what_a_commitment_answers(recommendation, strategy, django_assert_num_queries):
    carrier, other = (make_commitment(programme=strategy, known_on=ANSWERED) for _ in range(2))
    verdict = answer(recommendation, strategy, "accepted", carrier, other)
    with django_assert_num_queries(2):
        found = asked_of([carrier.pk], on=LATER)
        assert [(each.verdict, each.verdict.recommendation) for each in found[carrier.pk]] == [
            (verdict, recommendation)
        ]
        assert other.pk not in found


def test_the_answer_of_the_strategy_counts_most(recommendation, strategy, framework):
    answer(recommendation, framework, "consulting")
    alone = answers_to([recommendation.pk], on=LATER)[recommendation.pk]
    assert [each.verdict.programme for each in alone] == [framework]
    assert main_answer(alone) is alone[0]
    main = answer(recommendation, strategy)
    both = answers_to([recommendation.pk], on=LATER)
    assert [each.verdict.programme for each in both[recommendation.pk]] == [framework, strategy]
    assert {key: each.verdict for key, each in main_answers(both).items()} == {recommendation.pk: main}
    assert main_answer([]) is None


@pytest.mark.parametrize(
    ("status", "kind", "state"),
    [
        pytest.param("", "passed", "Window passed, nothing reported", id="silent"),
        pytest.param("under_way", "passed_reported", "Window passed, something reported", id="under way"),
        pytest.param("met", "met", "Met", id="met"),
    ],
)
def test_what_carries_it_is_silent_only_where_nothing_is_reported(recommendation, strategy, status, kind, state):
    carrier = make_deadline(make_commitment(strategy, known_on=ANSWERED), latest=date(2023, 3, 31)).commitment
    if status:
        make_update(carrier, status=status, happened_on=date(2023, 3, 1))
    answer(recommendation, strategy, "accepted", carrier)
    [found] = answers_to([recommendation.pk], on=LATER, carried=carried_with_timing)[recommendation.pk]

    assert [(each.timing, each.state) for each in reply_of(found).carried_by] == [(kind, state)]
