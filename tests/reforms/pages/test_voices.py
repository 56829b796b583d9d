"""A council's position as the reader sees it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from councils.models import PositionVersion
from councils.standing import standings
from reforms.pages.voices import Voice, age_words, readiness_words, voice_of
from tests.builders import make_citation, make_version
from tests.reforms.pages.making import COMMITTEE_DAY, make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> PositionVersion:
    return make_version(published_on=date(2023, 4, 1), text="First.\n\nSecond.\n\n  \n\nThird.")


def standing(version: PositionVersion, on: date = COMMITTEE_DAY):
    return standings(PositionVersion.objects.filter(pk=version.pk), on=on)[0]


def voice(version: PositionVersion, **more) -> Voice:
    on = more.pop("on", COMMITTEE_DAY)
    return voice_of(standing(version, on), title="A council", **more)


class TestVoice:
    def test_paragraphs(self, version):
        assert voice(version).paragraphs == ["First.", "Second.", "Third."]

    def test_day_age_and_review(self, version):
        version.review_on = date(2023, 10, 1)
        version.save()
        found = voice(version)

        assert (found.published_on, found.age, found.review_on) == (date(2023, 4, 1), "20 days ago", date(2023, 10, 1))

    @pytest.mark.parametrize(
        ("origin", "words"), [("recorded", "Recorded by us from a public document"), ("written", "")]
    )
    def test_origin(self, version, origin: str, words: str):
        version.origin = origin
        version.save()

        assert voice(version).origin == words

    def test_sources(self, version):
        place = make_citation()
        version.citations.add(place)

        assert voice(version).citations == [place]

    def test_stale(self, version):
        make_claim(version, stale_on=COMMITTEE_DAY)

        assert voice(version).stale == "1 point overtaken by 21 April 2023"
        assert voice(version, on=date(2023, 4, 20)).stale == ""


class TestClaims:
    @pytest.fixture
    def claims(self, version):
        make_claim(version, text="A figure.", figure=Decimal(63), as_at="2020/21", as_at_end=date(2021, 3, 31))
        make_claim(version, text="A readiness.", readiness="well_placed")
        make_claim(version, text="A plan.", stale_on=date(2023, 4, 1))

    def test_figures_alone_unless_all_are_asked_for(self, version, claims):
        assert [claim.text for claim in voice(version).claims] == ["A figure."]
        assert [claim.text for claim in voice(version, shows_all=True).claims] == [
            "A figure.", "A readiness.", "A plan.",
        ]  # fmt: skip

    def test_age_readiness_and_expiry(self, version, claims):
        figure, readiness, plan = voice(version, shows_all=True).claims

        assert (figure.state, figure.timing) == ("Figure for 2020/21, over 2 years old", "stale")
        assert (readiness.figure, readiness.timing) == ("Well placed:", "")
        assert (plan.state, plan.timing) == ("Overtaken by 1 April 2023", "stale")


READINESS = [
    pytest.param([], "Readiness not stated", id="silent"),
    pytest.param(["not_stated", "not_stated"], "Readiness not stated", id="silent-points"),
    pytest.param(["in_place"], "In place on 1 point", id="one"),
    pytest.param(["in_place", "well_placed", "in_place"], "In place on 2 points, well placed on 1 point", id="several"),
]


class TestReadiness:
    @pytest.mark.parametrize(("points", "words"), READINESS)
    def test_words_of_points(self, version, points: list[str], words: str):
        for readiness in points:
            make_claim(version, readiness=readiness)

        assert readiness_words(standing(version)) == words

    @pytest.mark.parametrize("readiness", [each for each in PositionVersion.Readiness if each != "not_stated"])
    def test_words_for_the_whole_go_before(self, version, readiness: str):
        version.readiness = readiness
        version.save()
        make_claim(version, readiness="not_yet")

        assert readiness_words(standing(version)) == PositionVersion.Readiness(readiness).label


@pytest.mark.parametrize(
    ("published_on", "words"),
    [
        (None, ""),
        (date(2023, 4, 21), "today"),
        (date(2023, 4, 20), "1 day ago"),
        (date(2021, 3, 31), "over 2 years ago"),
    ],
)
def test_age(published_on: date | None, words: str):
    assert age_words(published_on, on=COMMITTEE_DAY) == words
