"""Questions that are written down once answer as the same queryset would, whatever is asked of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db.models import Q

from pillars.models import Commitment, Pillar
from reforms.base.prepared import WORD, Prepared, Question
from tests.builders import DAY, make_commitment, make_pillar, make_programme
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

LATER = DAY + timedelta(days=30)
OF_PROGRAMMES: Prepared[Commitment] = Prepared(
    lambda on, programmes: Commitment.objects.known(on=on).filter(programme__in=programmes), names=("programme",)
)
EITHER: Prepared[Commitment] = Prepared(
    lambda on, keys, parents: Commitment.objects.known(on=on).filter(Q(pk__in=keys) | Q(parent__in=parents)), sets=2
)
OF_SLUG: Prepared[Pillar] = Prepared(
    lambda on, slug: Pillar.objects.known(on=on).filter(programme__slug=slug), sets=0, has_word=True
)
NAMED = Question(lambda on: Commitment.objects.known(on=on).order_by("reference").values_list("reference", "known_on"))


@pytest.fixture
def rows() -> list[Commitment]:
    """Two of one programme, of which one became known later; and one of another."""
    first = make_commitment()
    return [first, make_commitment(first.programme, known_on=LATER), make_commitment()]


@pytest.mark.parametrize(("on", "count"), [pytest.param(DAY, 1, id="before"), pytest.param(LATER, 2, id="from-then")])
def test_each_day_has_its_own_answer(rows, on: date, count: int):
    assert OF_PROGRAMMES.ask([rows[0].programme_id], on=on) == rows[:count]


def test_what_is_asked_first_is_not_what_is_answered_next(rows):
    assert OF_PROGRAMMES.ask([rows[0].programme_id], on=LATER) == rows[:2]
    assert OF_PROGRAMMES.ask([rows[2].programme_id], on=LATER) == rows[2:]
    assert OF_PROGRAMMES.ask([], on=LATER) == []


def test_every_set_has_its_own_keys(rows):
    part = make_commitment(parent=rows[0])
    assert set(EITHER.ask([rows[2].pk], [rows[0].pk], on=LATER)) == {part, rows[2]}
    assert EITHER.ask([rows[2].pk], [], on=LATER) == [rows[2]]


@pytest.mark.parametrize("slug", ["a-plan", "o'plan", "100%s", WORD])
def test_a_word_is_taken_as_it_is(slug: str):
    pillar = make_pillar(make_programme(slug=slug))
    make_pillar()
    assert OF_SLUG.ask(on=DAY, word=slug) == [pillar]


def test_plain_rows_are_as_django_reads_them(rows):
    asked = Commitment.objects.known(on=LATER).order_by("reference").values_list("reference", "known_on")
    assert [tuple(row) for row in NAMED.rows(on=LATER)] == list(asked)


def test_one_query_with_what_is_named(rows):
    assert count_queries(lambda: [each.programme.title for each in OF_PROGRAMMES.ask([1], on=DAY)]) == 1


def test_what_is_at_hand_is_put_in_its_place(rows):
    bare: Prepared[Commitment] = Prepared(lambda on, keys: Commitment.objects.known(on=on).filter(pk__in=keys))
    plan = rows[0].programme
    (found,) = bare.ask([rows[0].pk], on=DAY, given={"programme": [plan]})
    assert found.programme is plan


def test_a_column_left_out_is_asked_for_when_it_is_read(rows):
    brief: Prepared[Commitment] = Prepared(
        lambda on, keys: Commitment.objects.known(on=on).filter(pk__in=keys).defer("summary")
    )
    (found,) = brief.ask([rows[0].pk], on=DAY)
    assert count_queries(lambda: found.title) == 0
    assert count_queries(lambda: found.summary) == 1


def test_a_set_that_nothing_asks_for_is_refused():
    unasked: Prepared[Commitment] = Prepared(lambda on, keys: Commitment.objects.known(on=on))
    with pytest.raises(ValueError, match="Nothing asks for"):
        unasked.ask([1], on=DAY)
