"""The outline of the Review that a council wrote for its committee, place by place; and how the strategy answered it.

The tables were made by reading the documents; they name the least there must be, so that later documents may add.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from councils.models import Claim, Impact, PositionVersion
from pillars.models import Citation, Commitment, FundingLine, Milestone, Mission, Pillar, Programme, Verdict
from tests.acceptance import outline
from tests.acceptance.answers import ANSWERS

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BEHIND_PLACES = (Commitment, Mission, FundingLine, Pillar, Programme, Milestone, PositionVersion)
AREA_4 = "blackpool/IR-4"


def known_by(fact) -> str:
    """What the table calls it: a reference, the slug of a programme, or the position that a version is of."""
    if isinstance(fact, PositionVersion):
        return fact.position.reference
    return fact.slug if isinstance(fact, Programme) else fact.reference


def position(reference: str) -> PositionVersion:
    return next(each for each in PositionVersion.objects.all() if each.position.reference == reference)


class TestPlaces:
    def test_every_place_is_in_the_table(self):
        places = Citation.objects.filter(source__slug=outline.SOURCE).order_by("number")
        assert list(places.values_list("locator", flat=True)) == list(outline.PLACES)

    @pytest.mark.parametrize(
        ("locator", "references"),
        [pytest.param(*row, id=row[0]) for row in outline.PLACES.items() if row[1] != "context"],
    )
    def test_place_became(self, locator: str, references: str):
        place = Citation.objects.get(source__slug=outline.SOURCE, locator=locator)
        found = {known_by(fact) for model in BEHIND_PLACES for fact in model._default_manager.filter(citations=place)}
        assert set(references.split()) - found == set()


class TestAnswers:
    @pytest.mark.parametrize(("answer", "basis"), [pytest.param(*each, id="-".join(each)) for each in ANSWERS])
    def test_answered_so(self, answer: str, basis: str):
        verdicts = Verdict.objects.filter(programme__slug="stable-homes", verdict=answer, basis=basis)
        assert {each.reference for each in verdicts} == set(ANSWERS[answer, basis].split())

    def test_every_recommendation_is_answered_once_by_the_strategy(self):
        asked = Commitment.objects.filter(kind=Commitment.Kind.RECOMMENDATION)
        assert asked.filter(parent=None).count() == 81
        answered = Verdict.objects.filter(programme__slug="stable-homes").values_list("recommendation", flat=True)
        assert sorted(answered) == sorted(asked.values_list("pk", flat=True))

    @pytest.mark.parametrize(
        ("reference", "words"),
        [
            pytest.param("IR-4-10", "rejected", id="reviewing-officers"),
            pytest.param("IR-4-11", "decision not to remove", id="visits-to-homes"),
        ],
    )
    def test_by_which_words_it_was_turned_down(self, reference: str, words: str):
        verdict = Verdict.objects.get(recommendation__reference=reference, programme__slug="stable-homes")
        assert words in verdict.words


class TestPositions:
    @pytest.mark.parametrize(
        ("reference", "readiness"),
        [
            pytest.param("blackpool/IR-1", "well_placed", id="1"),
            pytest.param("blackpool/IR-2", "not_stated", id="2"),
            pytest.param("blackpool/IR-3", "well_placed", id="3"),
            pytest.param(AREA_4, "not_stated", id="4"),
            pytest.param("blackpool/IR-5", "well_placed", id="5"),
        ],
    )
    def test_readiness_in_the_words_of_the_outline(self, reference: str, readiness: str):
        assert position(reference).readiness == readiness

    def test_of_two_areas_it_says_nothing(self):
        own = PositionVersion.objects.filter(position__organisation__slug="blackpool")
        assert sorted(own.values_list("position__pillar__number", flat=True)) == [1, 2, 3, 4, 5]

    def test_what_changes_for_conference_chairs_and_at_what_size(self):
        staff = Impact.objects.filter(rests_on__reference="IR-2-02", area="staff")
        sizes = {(each.count, each.unit) for each in staff if each.count}
        assert sizes == {
            (Decimal("4.8"), "full-time equivalent posts at grade H4"),
            (Decimal(1), "manager at grade H5"),
        }

    def test_what_parents_advocacy_costs(self):
        money = Impact.objects.get(version__position__organisation__slug="blackpool", area="money")
        assert money.amount == 70_000
        assert [each.reference for each in money.rests_on.all()] == ["IR-2-09"]

    def test_no_change_needed_is_recorded_as_an_impact(self):
        impacts = Impact.objects.filter(version=position("blackpool/IR-3"))
        assert ["no changes would be required" in each.words for each in impacts] == [True]

    def test_what_rests_on_a_recommendation_that_was_turned_down(self):
        assert Claim.objects.filter(version=position(AREA_4), about__reference="IR-4-10").exists()
        assert position(AREA_4).covers.filter(verdicts__verdict="rejected").exists()


class TestMoney:
    def test_years_come_to_less_than_the_whole(self):
        whole = FundingLine.objects.get(reference="IR-0-F1")
        years = FundingLine.objects.filter(part_of=whole)
        assert (whole.amount, years.count()) == (2_600_000_000, 4)
        assert years.aggregate(sum=Sum("amount"))["sum"] == 2_523_000_000


def test_five_missions_were_public_with_the_review():
    missions = Mission.objects.filter(programme__slug="independent-review")
    assert [each.reference for each in missions] == [f"IR-M{number}" for number in range(1, 6)]
    assert {each.known_on for each in missions} == {date(2022, 5, 23)}
