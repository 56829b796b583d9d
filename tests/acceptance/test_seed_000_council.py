"""The Lincolnshire report: what the council says of itself, how it will answer, and every other council."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from consultations.models import Consultation, Step
from councils.models import Claim, Council, Position, PositionVersion
from pillars.models import Commitment
from tests.acceptance.report import COMMITTEE_DAY, REPORT

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# What Lincolnshire says

CLAIMS_AT_LEAST = {1: 13, 2: 10, 3: 10, 4: 21, 5: 6, 6: 2}
FIGURES = [
    (3, "63", "", "2020/21", date(2021, 3, 31), "SH-3-04"),
    (3, "8", "over 8%", "", None, "SH-3-04"),
    (4, "2", "two", "", None, "SH-4-03"),
    (4, "4", "quarterly", "", None, "SH-4-03"),
    (5, "15", "", "", None, "SH-5-03a"),
]
READINESS = [
    (1, "well_placed", "SH-1-06a"),
    (2, "in_place", "SH-2-04"),
    (4, "well_placed", "SH-4-03"),
    (4, "in_place", "SH-4-06"),
    (4, "in_place", "SH-4-11"),
    (4, "well_placed", "SH-4-12"),
]


def claims(pillar: int):
    return Claim.objects.filter(
        version__position__organisation__slug="lincolnshire", version__position__pillar__number=pillar
    )


class TestPositions:
    def test_one_position_for_each_pillar(self):
        found = Position.objects.filter(organisation__slug="lincolnshire", programme__slug="stable-homes")

        assert sorted(found.values_list("pillar__number", flat=True)) == [1, 2, 3, 4, 5, 6]

    @pytest.mark.parametrize("pillar", CLAIMS_AT_LEAST)
    def test_version_is_our_record_of_a_public_document(self, pillar: int):
        version = PositionVersion.objects.get(
            position__organisation__slug="lincolnshire", position__pillar__number=pillar
        )

        assert (version.state, version.origin, version.published_on) == ("published", "recorded", COMMITTEE_DAY)
        assert version.readiness == "not_stated"
        assert version.review_on == date(2023, 10, 21)
        assert version.citations.filter(locator__startswith=f"Pillar {pillar} current position").exists()

    @pytest.mark.parametrize(("pillar", "count"), CLAIMS_AT_LEAST.items())
    def test_claims(self, pillar: int, count: int):
        assert claims(pillar).count() >= count

    @pytest.mark.parametrize("pillar", CLAIMS_AT_LEAST)
    def test_every_claim_rests_on_the_position(self, pillar: int):
        places = {place.locator for claim in claims(pillar) for place in claim.citations.all()}

        assert places
        assert {place for place in places if not place.startswith(f"Pillar {pillar} current position")} == set()

    @pytest.mark.parametrize(("pillar", "figure", "words", "as_at", "end", "about"), FIGURES)
    def test_figure(self, pillar: int, figure: str, words: str, as_at: str, end: date | None, about: str):
        claim = claims(pillar).get(figure=Decimal(figure), figure_words=words)

        assert (claim.as_at, claim.as_at_end) == (as_at, end)
        assert about in claim.about.values_list("reference", flat=True)
        assert claim.unit

    @pytest.mark.parametrize(("home", "stale_on"), [("Robin House", date(2024, 1, 1)), ("Riverhead", date(2025, 1, 1))])
    def test_home_that_opens_in_a_year_can_be_true_until_its_end(self, home: str, stale_on: date):
        claim = claims(4).get(text__contains=home)

        assert (claim.kind, claim.stale_on) == ("plan", stale_on)

    @pytest.mark.parametrize(("pillar", "readiness", "about"), READINESS)
    def test_readiness_where_the_report_says_so(self, pillar: int, readiness: str, about: str):
        assert claims(pillar).filter(readiness=readiness, about__reference=about).exists()

    def test_readiness_nowhere_else(self):
        stated = Claim.objects.filter(citations__source__slug=REPORT).exclude(readiness="not_stated").distinct()

        assert stated.count() == len(READINESS)

    @pytest.mark.parametrize(
        ("pillar", "abouts"),
        [
            (1, "SH-1-02 SH-1-05"),
            (2, "SH-2-03a SH-2-04c"),
            (3, "SH-3-03 SH-3-04"),
            (4, "SH-4-01 SH-4-06b SH-4-06c SH-4-11 SH-4-13"),
            (5, "SH-5-04 SH-5-05"),
        ],
    )
    def test_what_it_welcomes(self, pillar: int, abouts: str):
        welcomed = set(claims(pillar).filter(kind="welcome").values_list("about__reference", flat=True))

        assert set(abouts.split()) - welcomed == set()

    @pytest.mark.parametrize("words", ["Future4Me", "0-19 Health Service", "Mosaic", "MACE", "VoiceAbility", "LSCP"])
    def test_names_are_kept(self, words: str):
        assert Claim.objects.filter(text__contains=words, version__position__organisation__slug="lincolnshire").exists()

    def test_claims_are_numbered_in_the_order_of_the_words(self):
        for pillar, count in CLAIMS_AT_LEAST.items():
            assert list(claims(pillar).order_by("number").values_list("number", flat=True))[:count] == list(
                range(1, count + 1)
            )


# Consultations and the timetable

LIVE = {
    "stable-homes-strategy": "stated",
    "national-framework-and-dashboard": "stated",
    "agency-social-work": "stated",
}
PROMISED = {
    "SH-1-03": ("in Spring 2023", date(2023, 3, 1), date(2023, 5, 31)),
    "SH-2-02": ("in Spring 2023", date(2023, 3, 1), date(2023, 5, 31)),
    "SH-2-04d": ("in Autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
    "SH-4-09b": ("in Autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
    "SH-4-11": ("in Autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
    "SH-4-16": ("in Spring 2023", date(2023, 3, 1), date(2023, 5, 31)),
    "SH-6-06c": ("Before the next Spending Review", None, date(2025, 3, 31)),
}
"""The report itself dates three of them, SH-2-02 less exactly; the rest have their seasons from the briefing."""
STEPS = [
    (1, "throughout April", date(2023, 4, 1), date(2023, 4, 30)),
    (2, "21 April 2023", date(2023, 4, 21), date(2023, 4, 21)),
    (3, "at the end of April", date(2023, 4, 24), date(2023, 4, 30)),
    (4, "on 3 May", date(2023, 5, 3), date(2023, 5, 3)),
    (5, "by 11 May", None, date(2023, 5, 11)),
]


class TestConsultations:
    @pytest.mark.parametrize(("slug", "basis"), LIVE.items())
    def test_live(self, slug: str, basis: str):
        found = Consultation.objects.get(slug=slug)

        assert found.closes_at == datetime(2023, 5, 11, 22, 59, tzinfo=UTC)
        assert found.opens_at == datetime(2023, 2, 2, 0, 0, tzinfo=UTC)
        assert (found.is_closing_time_stated, found.opens_basis) == (False, basis)
        assert found.owner.slug == "department-for-education"
        assert found.citations.filter(locator="2 Conclusion para 1").exists()

    @pytest.mark.parametrize(("reference", "window"), PROMISED.items())
    def test_promised(self, reference: str, window: tuple):
        found = Consultation.objects.get(promised_by__reference=reference)

        assert found.citations.filter(source__slug=REPORT).exists()
        assert (found.opens_words, found.opens_earliest, found.opens_latest) == window
        assert (found.opens_at, found.closes_at) == (None, None)

    def test_every_promise_to_consult_has_its_consultation(self):
        promises = Commitment.objects.filter(
            strength="consult_on", programme__slug="stable-homes", citations__source__slug=REPORT
        )
        has_one = set(Consultation.objects.values_list("promised_by__reference", flat=True))

        assert set(promises.values_list("reference", flat=True)) - has_one == set()

    def test_strategy_and_framework_came_out_together(self):
        assert len(set(Consultation.objects.filter(slug__in=LIVE).values_list("opens_at", flat=True))) == 1


class TestTimetable:
    @pytest.mark.parametrize(("number", "words", "earliest", "latest"), STEPS)
    def test_step(self, number: int, words: str, earliest: date | None, latest: date):
        step = Step.objects.get(organisation__slug="lincolnshire", number=number)

        assert (step.words, step.earliest, step.latest) == (words, earliest, latest)
        assert step.origin == "recorded"
        assert set(step.consultations.values_list("slug", flat=True)) == set(LIVE)

    def test_there_are_no_others(self):
        assert Step.objects.filter(organisation__slug="lincolnshire").count() == len(STEPS)


# Councils


class TestCouncils:
    @pytest.mark.parametrize(
        ("day", "count"),
        [
            pytest.param(date(2020, 1, 1), 151, id="before-buckinghamshire"),
            pytest.param(date(2020, 6, 1), 151, id="before-northamptonshire-was-split"),
            pytest.param(date(2021, 3, 31), 151, id="northamptonshires-last-day"),
            pytest.param(date(2021, 4, 1), 152, id="its-successors-first-day"),
            pytest.param(date(2022, 6, 1), 152, id="before-cumbria-was-split"),
            pytest.param(date(2023, 3, 31), 152, id="cumbrias-last-day"),
            pytest.param(date(2023, 4, 1), 153, id="its-successors-first-day-too"),
            pytest.param(COMMITTEE_DAY, 153, id="the-committee"),
        ],
    )
    def test_count(self, day: date, count: int):
        assert Council.objects.known(on=day).count() == count

    @pytest.mark.parametrize(
        ("slug", "successors"),
        [
            ("northamptonshire", {"north-northamptonshire", "west-northamptonshire"}),
            ("cumbria", {"cumberland", "westmorland-and-furness"}),
        ],
    )
    def test_successors(self, slug: str, successors: set[str]):
        council = Council.objects.get(organisation__slug=slug)

        assert {each.slug for each in council.successors.all()} == successors

    def test_lincolnshire(self):
        council = Council.objects.get(organisation__slug="lincolnshire")

        assert (council.gss_code, council.type, council.region.slug) == ("E10000019", "county", "east-midlands")

    def test_every_council_has_a_region_and_a_place_on_the_map(self):
        now = Council.objects.known(on=COMMITTEE_DAY)

        assert now.filter(region=None).count() == 0
        assert now.filter(tile_row=None).count() == 0
        tiles = list(now.values_list("tile_row", "tile_column"))
        assert len(tiles) == len(set(tiles))
