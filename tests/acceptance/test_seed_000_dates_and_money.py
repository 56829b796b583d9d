"""The Lincolnshire report: its time phrases, its sums, its pathfinders and pilots."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from councils.models import Participation
from pillars.models import Commitment, Deadline, FundingLine, Milestone, Phase, Pilot, ProgressUpdate, Wording
from pillars.money import Line, total
from tests.acceptance.report import COMMITTEE_DAY, REPORT, citing

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# When: the published words and the window they mean

DEADLINES = [
    ("SH-0-04", "due", "over the next two years", "2023-04-01", "2025-03-31"),
    ("SH-0-05", "start", "After two years", "2025-02-02", None),
    ("SH-0-06", "start", "After two years", "2025-02-02", None),
    ("SH-0-07", "start", "After two years", "2025-02-02", None),
    ("SH-1-01b", "due", "in 2024", "2024-01-01", "2024-12-31"),
    ("SH-3-02", "due", "by the end of 2023", None, "2023-12-31"),
    ("SH-3-03", "due", "by the end of this Parliament", None, "2024-12-17"),
    ("SH-4-01", "due", "over two years", "2023-04-01", "2025-03-31"),
    ("SH-4-03a", "due", "in 2023", "2023-01-01", "2023-12-31"),
    ("SH-4-03b", "due", "in 2024", "2024-01-01", "2024-12-31"),
    ("SH-4-10", "due", "over two years", "2023-04-01", "2025-03-31"),
    ("SH-4-11", "due", "in Autumn 2023", "2023-09-01", "2023-11-30"),
    ("SH-5-01a", "due", "by July 2025", None, "2025-07-31"),
    ("SH-5-02a", "start", "in Spring 2023", "2023-03-01", "2023-05-31"),
    ("SH-5-03d", "due", "March", "2023-03-01", "2023-03-31"),
    ("SH-6-01", "due", "by the end of 2023", None, "2023-12-31"),
    ("SH-6-01a", "due", "by the end of 2023", None, "2023-12-31"),
    ("SH-6-01b", "due", "by the end of 2024", None, "2024-12-31"),
    ("SH-6-02a", "due", "by the end of 2023", None, "2023-12-31"),
    ("SH-6-06", "due", "Before the next Spending Review", None, "2025-03-31"),
    ("AR-0-01", "due", "in September 2023", "2023-09-01", "2023-09-30"),
    ("AR-1a", "due", "By spring 2024", None, "2024-05-31"),
    *[(f"AR-{number}", "due", "By spring 2024", None, "2024-05-31") for number in range(1, 9)],
]

READINGS = [
    ("SH-1-01a", "in 2023", date(2023, 1, 1), date(2023, 12, 31)),
    ("SH-2-02", "in 2023", date(2023, 1, 1), date(2023, 12, 31)),
]
"""Where another document has the more exact words: the report's own stay, as a reading that is not used."""


def reading(reference: str, words: str) -> Wording:
    return Wording.objects.get(
        commitment__reference=reference, words=words, citations__source__slug=REPORT, is_used=False
    )


class TestDates:
    @pytest.mark.parametrize(("reference", "role", "words", "earliest", "latest"), DEADLINES)
    def test_words_and_window(self, reference: str, role: str, words: str, earliest: str | None, latest: str | None):
        found = Deadline.objects.filter(commitment__reference=reference).values_list(
            "role", "words", "earliest", "latest"
        )
        days = [date.fromisoformat(day) if day else None for day in (earliest, latest)]

        assert (role, words, *days) in list(found)

    @pytest.mark.parametrize(("reference", "words", "earliest", "latest"), READINGS)
    def test_words_of_the_report_stay_where_others_are_more_exact(
        self, reference: str, words: str, earliest: date, latest: date
    ):
        kept, used = reading(reference, words), Deadline.objects.get(commitment__reference=reference)

        assert (kept.field, kept.earliest, kept.latest) == ("date", earliest, latest)
        assert earliest <= used.earliest <= used.latest <= latest

    def test_every_deadline_rests_on_a_place(self):
        assert list(Deadline.objects.filter(citations=None)) == []

    def test_bids_in_march_say_why_the_year_is_ours(self):
        deadline = Deadline.objects.get(commitment__reference="SH-5-03d")

        assert deadline.basis == "inferred"
        assert "No year is given" in deadline.basis_note

    @pytest.mark.parametrize(
        ("reference", "anchor"),
        [("SH-3-03", "this-parliament-2019"), ("SH-6-06", "next-spending-review-2021")],
    )
    def test_words_that_lean_on_an_anchor(self, reference: str, anchor: str):
        assert Deadline.objects.get(commitment__reference=reference).anchor.slug == anchor

    def test_month_of_graduation_is_no_deadline(self):
        assert not Deadline.objects.filter(commitment__reference="AR-3a").exists()
        assert "April 2024" in Commitment.objects.get(reference="AR-3a").summary

    @pytest.mark.parametrize(
        ("number", "words", "earliest", "latest"),
        [
            (1, "over the next two years", date(2023, 4, 1), date(2025, 3, 31)),
            (2, "After two years", date(2025, 2, 2), None),
        ],
    )
    def test_phases(self, number: int, words: str, earliest: date, latest: date | None):
        phase = Phase.objects.get(programme__slug="stable-homes", number=number)

        assert (phase.words, phase.earliest, phase.latest) == (words, earliest, latest)

    @pytest.mark.parametrize(
        ("slug", "words", "earliest", "latest"),
        [
            ("review-published", "in May 2022", date(2022, 5, 1), date(2022, 5, 31)),
            ("recommendations-in-place", "by 2027", None, date(2027, 12, 31)),
            ("national-rules-complied-with", "By spring 2024", None, date(2024, 5, 31)),
        ],
    )
    def test_milestones_dated_by_words(self, slug: str, words: str, earliest: date | None, latest: date):
        milestone = Milestone.objects.get(slug=slug)

        assert (milestone.words, milestone.earliest, milestone.latest) == (words, earliest, latest)

    def test_phase_one_ends(self):
        milestone = Milestone.objects.get(slug="phase-one-ends")

        assert milestone.latest == date(2025, 3, 31)
        assert milestone.basis == "inferred"

    @pytest.mark.parametrize(
        ("slug", "reference"),
        [
            ("strategy-refreshed", "SH-0-05"),
            ("first-pathfinders", "SH-1-01a"),
            ("further-pathfinders", "SH-1-01b"),
            ("kinship-strategy", "SH-3-02"),
            ("supported-accommodation-registration", "SH-4-03a"),
            ("supported-accommodation-inspection", "SH-4-03b"),
            ("corporate-parenting-consultation", "SH-4-11"),
            ("social-work-training-inspected", "SH-5-01a"),
            ("early-career-framework-early-adopters", "SH-5-02a"),
            ("national-framework-introduced", "SH-6-01"),
            ("national-framework-implemented", "SH-6-01b"),
            ("data-strategy", "SH-6-02a"),
            ("funding-formula", "SH-6-06"),
            ("national-rules-set-out", "AR-0-01"),
        ],
    )
    def test_milestones_dated_by_a_commitment(self, slug: str, reference: str):
        assert Milestone.objects.get(slug=slug).commitment.reference == reference
        assert Deadline.objects.filter(commitment__reference=reference).exists()


# Money

MONEY = [
    ("SH-0-F1", "headline", "sum", "200000000", "£200m over the next two years"),
    ("SH-1-01-F1", "itemised", "sum", "45000000", "£45m"),
    ("SH-3-03-F1", "itemised", "sum", "9000000", "£9m"),
    ("SH-4-01-F1", "itemised", "sum", "27000000", "£27m over two years"),
    ("SH-4-10-F1", "itemised", "sum", "30000000", "£30m over two years"),
    ("SH-4-02-F1", "itemised", "percentage", "12.43", "12.43%"),
    ("SH-5-03a-F1", "itemised", "unspecified", None, "social work apprentice additional funding"),
]
MONEY_READINGS = [
    ("SH-2-04e-F1", "unspecified", "areas will be funded"),
    ("SH-4-12c-F1", "rate", "an uplift to the apprenticeship bursary"),
    ("SH-4-13a-F1", "rate", "an uplift in the leaving care allowance"),
]
"""Where the report gives no figure, and another document gives one or says outright that there is none."""


class TestMoney:
    @pytest.mark.parametrize(("reference", "role", "shape", "figure", "words"), MONEY)
    def test_line(self, reference: str, role: str, shape: str, figure: str | None, words: str):
        line = FundingLine.objects.get(reference=reference)
        found = line.percent if shape == "percentage" else line.amount

        assert (line.role, line.shape, line.words) == (role, shape, words)
        assert found == (Decimal(figure) if figure else None)

    @pytest.mark.parametrize(("reference", "shape", "words"), MONEY_READINGS)
    def test_words_of_the_report_stay_where_it_gives_no_figure(self, reference: str, shape: str, words: str):
        line = FundingLine.objects.get(reference=reference, citations__source__slug=REPORT)

        assert reading(line.commitment.reference, words).field == "money"
        assert (line.role, line.shape) == ("itemised", shape)

    @pytest.mark.parametrize("reference", ["SH-0-F1", "SH-4-01-F1", "SH-4-10-F1"])
    def test_two_years_are_two_financial_years(self, reference: str):
        assert FundingLine.objects.get(reference=reference).years == ["2023-24", "2024-25"]

    def test_report_never_says_what_is_inside_the_headline(self):
        lines = FundingLine.objects.filter(citations__source__slug=REPORT)

        assert set(lines.values_list("inside_headline", flat=True)) == {"not_stated"}
        assert not lines.exclude(part_of=None).exists()

    def lines(self, locator: str = "") -> list[Line]:
        found = FundingLine.objects.filter(citations__source__slug=REPORT, programme__slug="stable-homes").distinct()
        chosen = found.filter(citations__locator__startswith=locator)
        return [Line(line.reference, line.title, line.role, line.shape, line.amount) for line in chosen.distinct()]

    @pytest.mark.parametrize(
        ("pillar", "amount"),
        [("Pillar 1", 45_000_000), ("Pillar 3 bullet 3", 9_000_000), ("Pillar 4", 57_000_000), ("Pillar 5", None)],
    )
    def test_itemised_sums_of_a_pillar(self, pillar: str, amount: int | None):
        assert total(self.lines(pillar), role="itemised").amount == amount

    def test_itemised_sums_together_leave_the_headline_out(self):
        itemised = total(self.lines(), role="itemised")

        assert itemised.amount == 111_000_000
        assert sorted(line.amount for line in itemised.lines) == [9_000_000, 27_000_000, 30_000_000, 45_000_000]
        assert total(self.lines(), role="headline").amount == 200_000_000

    def test_pathfinder_money_pays_for_three_pillars(self):
        line = FundingLine.objects.get(reference="SH-1-01-F1")

        assert set(line.also_funds.values_list("reference", flat=True)) >= {"SH-2-01", "SH-3-01a", "SH-3-01b"}

    def test_every_line_rests_on_a_place(self):
        assert list(FundingLine.objects.filter(citations=None)) == []


# Pathfinders and pilots

PILOTS = {
    "families-first-for-children": ("pathfinder", "SH-1-01", "up to 12"),
    "family-network-pilot": ("pilot", "SH-3-01c", "seven"),
    "fostering-north-east": ("pilot", "SH-4-01", "North East region"),
    "regional-care-cooperatives": ("pathfinder", "SH-4-04", "two areas"),
    "early-career-framework": ("early_adopter", "SH-5-02", ""),
    "social-work-apprentices": ("programme", "SH-5-03", "up to 500 apprentices"),
}
WAVES = [
    ("families-first-for-children", 1, "three", "in September 2023", date(2023, 9, 1), date(2023, 9, 30)),
    ("families-first-for-children", 2, "up to nine", "in 2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("early-career-framework", 1, "", "in Spring 2023", date(2023, 3, 1), date(2023, 5, 31)),
]


class TestPilots:
    @pytest.mark.parametrize("slug", PILOTS)
    def test_pilot(self, slug: str):
        pilot = Pilot.objects.get(slug=slug)

        assert (pilot.kind, pilot.commitment.reference, pilot.places) == PILOTS[slug]

    @pytest.mark.parametrize(("slug", "number", "places", "words", "earliest", "latest"), WAVES)
    def test_wave(self, slug: str, number: int, places: str, words: str, earliest: date, latest: date):
        wave = Pilot.objects.get(slug=slug).waves.get(number=number)

        assert (wave.places, wave.words, wave.earliest, wave.latest) == (places, words, earliest, latest)

    def test_report_s_count_of_apprentices_is_kept(self):
        assert reading("SH-5-03a", "an additional 500").field == "count"

    def test_nobody_was_chosen_yet(self):
        updates = citing(ProgressUpdate, "Pathfinders and Pilots para 1")

        assert {"SH-1-01", "SH-3-01c", "SH-4-04", "SH-5-02a"} <= {each.commitment.reference for each in updates}
        assert {each.status for each in updates} == {"not_yet"}

    @pytest.mark.parametrize(
        ("pilot", "locator"),
        [
            ("early-career-framework", "Pathfinders and Pilots para 1"),
            ("social-work-apprentices", "Pathfinders and Pilots para 2"),
        ],
    )
    def test_lincolnshire_expressed_an_interest(self, pilot: str, locator: str):
        found = citing(Participation, locator).get(organisation__slug="lincolnshire", pilot__slug=pilot)

        assert (found.status, found.said_on) == ("interested", COMMITTEE_DAY)

    def test_lincolnshire_is_in_no_pilot(self):
        found = Participation.objects.filter(organisation__slug="lincolnshire", citations__source__slug=REPORT)

        assert found.count() == 2
        assert not found.exclude(status="interested").exists()
