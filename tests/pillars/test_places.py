"""The places that facts of several kinds rest on, in one statement."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from pillars.models import Commitment
from pillars.places import places_of
from tests.builders import make_citation, make_commitment, make_deadline, make_source, make_wording
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)


def test_each_kind_has_its_own():
    """A commitment and a deadline may have the same key."""
    commitment = make_commitment()
    deadline = make_deadline(commitment)
    first, second = (make_citation(make_source(slug=slug)) for slug in ("a-report", "b-report"))
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

    assert not places_of([commitment], on=DAY - timedelta(days=1)).of(commitment)
    assert len(places_of([commitment], on=DAY).of(commitment)) == 1


def test_nothing_is_asked_for_nothing():
    commitment = make_commitment()

    assert count_queries(lambda: places_of([], iter(()), on=DAY)) == 0
    assert not places_of([], on=DAY).of(commitment)


def test_one_query_for_any_number():
    def ask(number: int) -> int:
        facts = [make_commitment() for _ in range(number)]
        deadlines = [make_deadline(fact) for fact in facts]
        for fact in (*facts, *deadlines):
            fact.citations.add(make_citation())
        return count_queries(lambda: places_of(facts, deadlines, on=DAY))

    assert ask(2) == ask(9) == 1


# Whether documents differ on a commitment


def test_documents_differ_on_a_commitment_from_the_day_of_the_second(django_assert_num_queries):
    commitment, other = make_commitment(), make_commitment()
    early, late = (make_citation(make_source(known_on=day, published_on=day)) for day in (DAY - timedelta(days=1), DAY))
    for place, words in ((early, "in 2023"), (late, "in 2024")):
        make_wording(commitment, place, words=words)
    make_wording(other, early, words="in 2023")

    with django_assert_num_queries(2):
        before, after = (places_of([commitment, other], on=day) for day in (DAY - timedelta(days=1), DAY))
    assert [places.differing(commitment) for places in (before, after)] == [set(), {"scope"}]
    assert after.differing(other) == set()
    assert not after.of(commitment)


def test_a_reading_known_later_than_its_source_waits():
    commitment = make_commitment()
    make_wording(commitment, words="in 2023")
    make_wording(commitment, words="in 2024", known_on=DAY + timedelta(days=1))

    assert places_of([commitment], on=DAY).differing(commitment) == set()
    assert places_of([commitment], on=DAY + timedelta(days=1)).differing(commitment) == {"scope"}


def test_readings_of_other_things_are_not_weighed_against_each_other():
    commitment = make_commitment()
    make_wording(commitment, topic="when it starts", words="in 2023")
    make_wording(commitment, topic="when it ends", words="in 2024")

    assert places_of([commitment], on=DAY).differing(commitment) == set()


def test_readings_are_no_places_of_another_fact_with_the_same_key():
    commitment = make_commitment()
    wording = make_wording(commitment, words="in 2023")

    places = places_of([commitment], [wording], on=DAY)

    assert places.of(wording) == list(wording.citations.all())
    assert not places.of(commitment)


@pytest.mark.parametrize("day", ["2023-02-02", "2023-03-14", "2023-04-21", "2023-05-11", "2026-11-01"])
def test_marks_and_the_list_say_the_same_of_the_whole_plan(public, day):
    """The list works it out from the readings, the marks from what a page cites."""
    on = date.fromisoformat(day)
    commitments = list(Commitment.objects.known(on=on).standing())
    places = places_of(commitments, on=on)
    marked = {each.reference for each in commitments if places.differing(each)}
    text = public.get(f"/sources/conflicts.csv?as_at={day}").content.decode("utf-8-sig")

    assert marked == {row["reference"] for row in csv.DictReader(io.StringIO(text))}
    assert marked


def test_each_field_that_differs_is_named():
    commitment = make_commitment()
    for field, words in (("date", "in 2023"), ("date", "in 2024"), ("money", "£1m"), ("money", "£1 million")):
        make_wording(commitment, field=field, words=words)

    assert places_of([commitment], on=DAY).differing(commitment) == {"date"}
