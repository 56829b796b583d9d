"""The places that facts of several kinds rest on, in one statement."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pillars.places import places_of
from tests.builders import make_citation, make_commitment, make_deadline, make_source
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)


def test_each_kind_has_its_own():
    """A commitment and a deadline may have the same key."""
    commitment = make_commitment()
    deadline = make_deadline(commitment)
    first, second = make_citation(), make_citation()
    commitment.citations.add(first)
    deadline.citations.add(second, first)

    places = places_of([commitment], [deadline], on=DAY)

    assert places.of(commitment) == [first]
    assert places.of(deadline) == [first, second]


def test_a_place_says_what_a_citation_prints(django_assert_num_queries):
    commitment = make_commitment()
    place = make_citation(make_source(short_title="The report", file="007"), locator="page 4", number=12)
    commitment.citations.add(place)
    (found,) = places_of([commitment], on=DAY).of(commitment)

    with django_assert_num_queries(0):
        assert (str(found), found.number, found.locator) == ("The report, page 4", 12, "page 4")
        assert (found.source.slug, found.source.file) == (place.source.slug, "007")


def test_in_the_order_of_the_documents_and_of_the_places_in_each():
    commitment = make_commitment()
    late, early = (make_source(published_on=day, known_on=day) for day in (DAY, DAY - timedelta(days=1)))
    places = [
        make_citation(source, number=number, locator=f"at {number}")
        for source, number in ((late, 2), (late, 1), (early, 9))
    ]
    commitment.citations.add(*places)

    assert places_of([commitment], on=DAY).of(commitment) == places[::-1]
    assert list(commitment.citations.known(on=DAY)) == places[::-1]


def test_a_source_that_had_not_come_out_is_left_out():
    commitment = make_commitment()
    commitment.citations.add(make_citation(make_source(known_on=DAY, published_on=DAY)))

    assert places_of([commitment], on=DAY - timedelta(days=1)).of(commitment) == []
    assert len(places_of([commitment], on=DAY).of(commitment)) == 1


def test_nothing_is_asked_for_nothing():
    commitment = make_commitment()

    assert count_queries(lambda: places_of([], iter(()), on=DAY)) == 0
    assert places_of([], on=DAY).of(commitment) == []


def test_one_query_for_any_number():
    def ask(number: int) -> int:
        facts = [make_commitment() for _ in range(number)]
        deadlines = [make_deadline(fact) for fact in facts]
        for fact in (*facts, *deadlines):
            fact.citations.add(make_citation())
        return count_queries(lambda: places_of(facts, deadlines, on=DAY))

    assert ask(2) == ask(9) == 1
