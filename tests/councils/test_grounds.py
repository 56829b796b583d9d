"""What positions would change, what that rests on, and what became of it by a day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from councils.grounds import give_grounds, impacts_of
from councils.models import PositionVersion
from councils.standing import ImpactRow, Standing, cite, standings
from pillars.models import Commitment, Programme, Source
from pillars.places import places_of
from tests.builders import (
    make_citation,
    make_commitment,
    make_impact,
    make_position,
    make_programme,
    make_source,
    make_verdict,
    make_version,
)
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

PUBLISHED, ANSWERED, DAY = date(2041, 4, 21), date(2041, 5, 1), date(2041, 6, 1)


@pytest.fixture
def version() -> PositionVersion:
    return make_version(make_position(), published_on=PUBLISHED)


@pytest.fixture
def strategy() -> Programme:
    return make_programme(title="The strategy")


def recommend(**values) -> Commitment:
    return make_commitment(kind=Commitment.Kind.RECOMMENDATION, **values)


def stand(*versions: PositionVersion, on: date = DAY) -> list[Standing]:
    found = standings(PositionVersion.objects.filter(pk__in=[each.pk for each in versions]), on=on)
    give_grounds(found, on=on)
    return found


class TestImpacts:
    def test_in_the_order_of_the_document_with_what_each_rests_on(self, version):
        first, second = recommend(reference="ZZ-1"), make_commitment(reference="ZZ-2")
        one = make_impact(version, second, first, area="money", summary="It costs.", amount=70_000, unit="pounds")
        two = make_impact(version)
        [found] = stand(version)

        assert [row.impact for row in found.impacts] == [one, two]
        assert [[each.reference for each in row.grounds] for row in found.impacts] == [["ZZ-1", "ZZ-2"], []]
        assert (found.impacts[0].impact.area, found.impacts[0].impact.summary) == ("money", "It costs.")
        assert found.impacts[0].impact.amount == 70_000
        assert found.impacts[0].grounds[0].get_absolute_url() == first.get_absolute_url()

    def test_each_version_has_its_own(self, version):
        other = make_version(published_on=PUBLISHED)
        mine, theirs = make_impact(version), make_impact(other)

        assert {each.version.pk: impacts_of([each]) for each in stand(version, other)} == {
            version.pk: [mine], other.pk: [theirs],
        }  # fmt: skip

    def test_only_what_was_known_on_the_day(self, version):
        make_impact(version, recommend(reference="ZZ-1"), recommend(reference="ZZ-2", known_on=DAY))
        make_impact(version, known_on=DAY)
        [before], [after] = stand(version, on=DAY - timedelta(days=1)), stand(version)

        assert [[each.reference for each in row.grounds] for row in before.impacts] == [["ZZ-1"]]
        assert [[each.reference for each in row.grounds] for row in after.impacts] == [["ZZ-1", "ZZ-2"], []]

    def test_places(self, version):
        impact, place = make_impact(version), make_citation()
        impact.citations.add(place)
        found = stand(version)
        cite(found, places_of([version], impacts_of(found), on=DAY))

        assert found[0].impacts[0].citations == [place]

    @pytest.mark.parametrize(
        ("values", "figure"),
        [
            ({}, ""),
            ({"amount": 70_000, "unit": "pounds"}, "£70,000"),
            ({"amount": 70_000, "unit": "pounds a year"}, "£70,000 a year"),
            ({"amount": 1_500_000}, "£1.5 million"),
            ({"count": Decimal("4.80"), "unit": "posts at grade H4"}, "4.8 posts at grade H4"),
            ({"count": 1, "unit": "manager"}, "1 manager"),
            ({"count": 1200, "unit": "children"}, "1,200 children"),
            ({"count": 0, "unit": "posts"}, "0 posts"),
        ],
    )
    def test_figure(self, version, values: dict, figure: str):
        make_impact(version, **values)

        [row] = stand(version)[0].impacts
        assert isinstance(row, ImpactRow)
        assert row.figure == figure


class TestWarning:
    @pytest.mark.parametrize(
        ("verdict", "words"),
        [
            ("rejected", "Rests on ZZ-1, which The strategy rejected"),
            ("not_mentioned", "Rests on ZZ-1, which The strategy does not mention"),
            *((each, "") for each in ("accepted", "adapted", "to_be_tested", "consulting", "to_explore")),
        ],
    )
    def test_by_the_verdict(self, version, strategy, verdict: str, words: str):
        recommendation = recommend(reference="ZZ-1")
        make_verdict(recommendation, programme=strategy, verdict=verdict, known_on=ANSWERED)
        version.covers.add(recommendation)

        assert stand(version)[0].warning == words
        assert stand(version, on=ANSWERED - timedelta(days=1))[0].warning == ""

    def test_our_own_reading_is_called_so(self, version, strategy):
        recommendation = recommend(reference="ZZ-1")
        make_verdict(
            recommendation, programme=strategy, verdict="not_mentioned", basis="inferred", reason="So.", words=""
        )
        make_impact(version, recommendation)

        assert stand(version)[0].warning.endswith("does not mention (inferred by us)")

    def test_the_strategys_answer_decides(self, version, strategy):
        recommendation = recommend()
        rules = make_programme(kind=Programme.Kind.RULES, number=1)
        make_verdict(recommendation, programme=rules, verdict="rejected")
        make_verdict(recommendation, programme=strategy, verdict="accepted")
        version.covers.add(recommendation)

        assert stand(version)[0].warning == ""

    def test_whole_and_its_part(self, version, strategy):
        whole = recommend(reference="ZZ-1")
        part = recommend(reference="ZZ-1a", parent=whole)
        for each in (whole, part):
            make_verdict(each, programme=strategy, verdict="rejected")
        version.covers.add(part)
        assert stand(version)[0].warning == "Rests on ZZ-1a, which The strategy rejected"

        version.covers.add(whole)
        assert stand(version)[0].warning == "Rests on ZZ-1, which The strategy rejected"

    def test_position_on_the_recommendation_itself(self, strategy):
        recommendation = recommend(reference="ZZ-1")
        make_verdict(recommendation, programme=strategy, verdict="rejected")
        version = make_version(make_position(programme=recommendation.programme, commitment=recommendation))

        assert stand(version)[0].warning == "Rests on ZZ-1, which The strategy rejected"


class TestAnswers:
    def test_to_those_asked_for_and_those_covered(self, version, strategy):
        covered, asked, other = recommend(), recommend(), recommend()
        for each in (covered, asked, other):
            make_verdict(each, programme=strategy)
        version.covers.add(covered)
        answers = give_grounds(
            standings(PositionVersion.objects.filter(pk=version.pk), on=DAY), on=DAY, asked=[asked.pk]
        )

        assert set(answers) == {covered.pk, asked.pk}
        assert answers[asked.pk].words == "Accepted"

    @pytest.mark.parametrize("later", ["verdict", "programme", "recommendation"])
    def test_not_before_all_of_it_is_known(self, later: str):
        day = {"known_on": DAY + timedelta(days=1)}
        recommendation = recommend(**(day if later == "recommendation" else {}))
        programme = make_programme(**(day if later == "programme" else {}))
        make_verdict(recommendation, programme=programme, **(day if later == "verdict" else {}))

        assert give_grounds([], on=DAY, asked=[recommendation.pk]) == {}
        assert set(give_grounds([], on=DAY + timedelta(days=1), asked=[recommendation.pk])) == {recommendation.pk}


class TestQueries:
    def test_none_where_nothing_changes_and_nothing_was_recommended(self, version):
        version.covers.add(make_commitment())
        found = stand(version)

        assert count_queries(lambda: give_grounds(found, on=DAY)) == 0

    @pytest.mark.parametrize("number", [1, 9])
    def test_one_for_any_number(self, number: int, strategy):
        versions = [make_version(published_on=PUBLISHED) for _ in range(number)]
        for each in versions:
            recommendation = recommend()
            make_verdict(recommendation, programme=strategy, verdict="rejected")
            make_impact(each, recommendation)
            make_impact(each, recommendation, make_commitment())
        found = stand(*versions)

        assert count_queries(lambda: give_grounds(found, on=DAY)) == 1
        assert count_queries(lambda: [each.warning for each in found if len(each.impacts) == 2]) == 0


class TestDay:
    @pytest.mark.parametrize(
        ("bases", "origin", "is_inferred"),
        [
            (["inferred"], "recorded", True),
            (["inferred", "stated"], "recorded", False),
            (["stated"], "recorded", False),
            ([], "recorded", False),
            (["inferred"], "written", False),
        ],
    )
    def test_inferred_where_every_document_has_none(self, bases: list[str], origin: str, is_inferred: bool):
        version = make_version(published_on=PUBLISHED, origin=origin)
        for basis in bases:
            version.citations.add(make_citation(make_source(published_basis=Source.Basis(basis))))

        assert stand(version)[0].is_day_inferred == is_inferred
