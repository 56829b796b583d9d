"""A council's position as the reader sees it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from councils.grounds import give_grounds
from councils.models import PositionVersion
from councils.standing import standings
from pillars.models import Commitment, Source
from reforms.pages.voices import (
    MANY_IMPACTS,
    Voice,
    age_words,
    changes_of,
    published_words,
    readiness_words,
    said_of,
    voice_of,
)
from tests.builders import (
    make_citation,
    make_commitment,
    make_impact,
    make_position,
    make_source,
    make_verdict,
    make_version,
)
from tests.reforms.pages.making import COMMITTEE_DAY, make_claim

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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


class TestChanges:
    def changes(self, version: PositionVersion, **more):
        found = standing(version)
        give_grounds([found], on=COMMITTEE_DAY)
        return changes_of(found, **more)

    def test_by_area_in_the_order_of_areas(self, version):
        for area in ("systems", "staff", "money", "staff"):
            make_impact(version, area=area, summary=f"On {area}.")
        found = self.changes(version)

        assert [(each.area, [impact.summary for impact in each.impacts]) for each in found.areas] == [
            ("Staff", ["On staff.", "On staff."]), ("Money", ["On money."]), ("Systems", ["On systems."]),
        ]  # fmt: skip

    def test_every_figure_stands_in_the_line_that_says_it_in_brief(self, version):
        make_impact(version, count=Decimal("4.8"), unit="posts")
        make_impact(version, count=1, unit="manager")
        make_impact(version, area="money", amount=70_000)
        make_impact(version, area="policy")

        assert self.changes(version).brief == "staff (2): 4.8 posts, 1 manager; money (1): £70,000; policy (1)"

    @pytest.mark.parametrize(("number", "is_folded"), [(MANY_IMPACTS, False), (MANY_IMPACTS + 1, True)])
    def test_many_are_folded(self, version, number: int, is_folded: bool):
        one = make_commitment()
        for _ in range(number):
            make_impact(version, one)

        assert self.changes(version).is_folded == is_folded
        assert not self.changes(version, of={one.pk}).is_folded

    def test_grounds_of_which_the_same_became_stand_together(self, version):
        ask = Commitment.Kind.RECOMMENDATION
        one, two, three = (make_commitment(kind=ask, reference=f"ZZ-{number}") for number in (1, 2, 3))
        for each, verdict in ((one, "rejected"), (two, "accepted"), (three, "rejected")):
            make_verdict(each, verdict=verdict, known_on=date(2023, 4, 1))
        make_impact(version, one, two, three, make_commitment(reference="ZZ-4"))
        [grounds] = [impact.grounds for each in self.changes(version).areas for impact in each.impacts]

        assert [([reference for reference, _url in each.links], each.words) for each in grounds] == [
            (["ZZ-1", "ZZ-3"], "Rejected"), (["ZZ-2"], "Accepted"), (["ZZ-4"], ""),
        ]  # fmt: skip

    def test_only_what_rests_on_some(self, version):
        one, other = make_commitment(), make_commitment()
        make_impact(version, one, summary="On one.")
        make_impact(version, other, summary="On the other.")

        assert [each.summary for each in self.changes(version, of={one.pk}).areas[0].impacts] == ["On one."]
        assert self.changes(version, of={make_commitment().pk}) is None

    def test_nothing_changes(self, version):
        assert self.changes(version) is None
        assert voice(version).changes is None


class TestWarning:
    def test_stands_with_the_words(self):
        recommendation = make_commitment(kind=Commitment.Kind.RECOMMENDATION, reference="ZZ-1")
        make_verdict(recommendation, verdict="rejected", known_on=date(2023, 4, 1))
        found = standing(make_version(make_position(programme=recommendation.programme, commitment=recommendation)))
        give_grounds([found], on=COMMITTEE_DAY)

        assert said_of(found).warning.startswith("Rests on ZZ-1, which ")
        assert voice_of(found, title="A council").warning == said_of(found).warning


class TestPublished:
    def test_day_of_our_own_reading_is_called_so(self, version):
        version.citations.add(make_citation(make_source(published_basis=Source.Basis.INFERRED)))

        assert published_words(standing(version)) == "Published 1 April 2023 (day inferred by us), 20 days ago"
        assert voice(version).is_day_inferred

    def test_day_that_a_document_gives(self, version):
        assert published_words(standing(version)) == "Published 1 April 2023, 20 days ago"


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
