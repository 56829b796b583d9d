"""The councils that have published, and those whose positions have gone stale, in a line each."""

from __future__ import annotations

from datetime import date

import pytest

from councils.summary import Summary, summaries
from pillars.models import Organisation, Programme
from reforms.pages.heard import Heard, gone_stale, heard
from tests.builders import make_commitment, make_council, make_pillar, make_position, make_programme, make_version

pytestmark = pytest.mark.django_db

PUBLISHED, REVIEW, DAY = date(2041, 4, 1), date(2041, 4, 30), date(2041, 6, 1)


@pytest.fixture
def body() -> Organisation:
    return make_council(name="Alton").organisation


@pytest.fixture
def plan() -> Programme:
    return make_programme(title="The plan", number=700)


def of(body: Organisation) -> list[Summary]:
    return [each for each in summaries(on=DAY) if each.slug == body.slug]


def publish(body: Organisation, programme: Programme, *, pillars: int = 0, commitments: int = 0, **values) -> None:
    for _ in range(pillars):
        make_version(make_position(body, make_pillar(programme)), published_on=PUBLISHED, **values)
    for _ in range(commitments):
        position = make_position(body, programme=programme, commitment=make_commitment(programme))
        make_version(position, published_on=PUBLISHED, **values)


EXTENTS = [
    pytest.param({"pillars": 6}, "6 pillars of The plan", id="pillars"),
    pytest.param({"pillars": 1, "commitments": 2}, "1 pillar and 2 commitments of The plan", id="both"),
    pytest.param({"commitments": 1}, "1 commitment of The plan", id="one-commitment"),
]


@pytest.mark.parametrize(("made", "words"), EXTENTS)
def test_on_what(body: Organisation, plan: Programme, made: dict[str, int], words: str):
    publish(body, plan, **made)

    assert [each.words for each in heard(of(body), Programme.objects.in_bulk())] == [words]


def test_on_the_whole(body: Organisation, plan: Programme):
    make_version(make_position(body, programme=plan), published_on=PUBLISHED)

    assert [each.words for each in heard(of(body), Programme.objects.in_bulk())] == ["The plan as a whole"]


def test_one_line_for_several_programmes_and_the_one_to_compare_with(body: Organisation, plan: Programme):
    publish(body, make_programme(title="The rules", number=600), commitments=2)
    publish(body, plan, pillars=2)

    assert heard(of(body), Programme.objects.in_bulk()) == [
        Heard(body.slug, "Alton", "2 commitments of The rules; 2 pillars of The plan", plan.slug)
    ]


class TestStale:
    def stale(self, body: Organisation) -> list[str]:
        found = [each for each in of(body) if each.stale]
        return [each.words for each in gone_stale(found, Programme.objects.in_bulk(), on=DAY)]

    def test_how_many_and_why(self, body: Organisation, plan: Programme):
        publish(body, plan, pillars=2, review_on=REVIEW)
        publish(body, plan, pillars=1)

        assert self.stale(body) == ["2 positions on The plan: review was due by 30 April 2041"]

    def test_the_first_in_order_says_why(self, body: Organisation, plan: Programme):
        publish(body, plan, commitments=1, review_on=date(2041, 4, 15))
        publish(body, plan, pillars=1, review_on=REVIEW)

        assert self.stale(body) == ["2 positions on The plan: review was due by 30 April 2041"]

    def test_of_several_programmes_only_how_many(self, body: Organisation, plan: Programme):
        publish(body, plan, pillars=1, review_on=REVIEW)
        publish(body, make_programme(), pillars=2, review_on=REVIEW)

        assert self.stale(body) == ["3 positions on 2 programmes"]

    def test_nobody(self, body: Organisation, plan: Programme):
        publish(body, plan, pillars=1)

        assert self.stale(body) == []
