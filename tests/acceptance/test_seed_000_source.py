"""The Lincolnshire report as a source: every place of it, and what is left out of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from django.db.models import Model
from django.test import Client

from consultations.models import Consultation, Step
from councils.models import Claim, Participation, PositionVersion
from pillars import models as plan
from pillars.models import Citation, Commitment, CommitmentLink, Deadline, FundingLine, Milestone, Phase, Pilot, Source
from tests.acceptance.report import COMMITTEE_DAY, REPORT, citing
from tests.reforms.pages.reading import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# The source itself

CITED_KINDS = (
    plan.Source, plan.Programme, plan.Pillar, Phase, Milestone, plan.Anchor, Commitment, Deadline, FundingLine,
    CommitmentLink, plan.ProgressUpdate, Pilot, plan.Wave, Consultation, Step, PositionVersion, Claim, Participation,
)  # fmt: skip
CONTEXT_ONLY = {
    "Summary",
    "CSC data dashboard para 2 (Appendix A pointer)",
    "3 Consultation a) Risks and Impact Analysis",
    "4 Appendices",
    "Author line",
}


def places():
    return Citation.objects.filter(source__slug=REPORT).order_by("number")


class TestSource:
    def test_report(self):
        report = Source.objects.get(slug=REPORT)

        assert (report.file, report.kind, report.published_on) == ("000", "council_report", COMMITTEE_DAY)
        assert (report.publisher.slug, report.published_basis) == ("lincolnshire", "stated")

    def test_has_128_places_in_the_order_of_its_lines(self):
        lines = list(places().values_list("first_line", flat=True))

        assert len(lines) == 128
        assert lines == sorted(lines)
        assert (lines[0], lines[-1]) == (5, 266)

    def test_every_place_is_cited_or_says_what_it_holds(self):
        cited = {
            pk for kind in CITED_KINDS for pk in kind.citations.through.objects.values_list("citation_id", flat=True)
        }
        silent = [place.locator for place in places() if place.pk not in cited and not place.context]

        assert silent == []

    def test_only_what_no_record_rests_on_is_context(self):
        assert {place.locator for place in places() if place.context} == CONTEXT_ONLY

    def test_page_shows_every_place_in_order(self, public: Client):
        html = source_of(public.get(f"/sources/{REPORT}/?as_at=2023-04-21"))
        shown = [int(number) for number in re.findall(r'id="place-(\d+)"', html)]

        assert shown == list(places().values_list("number", flat=True))
        assert "Nothing known by this day rests on this place" not in html

    @pytest.mark.parametrize(
        ("slug", "official_title"),
        [
            ("stable-homes-strategy", "Stable Homes, Built on Love: Implementation Strategy and Consultation"),
            ("national-framework-consultation-paper", "Children's social care national framework and dashboard"),
            ("workforce-consultation-paper", "Child and family social worker workforce"),
        ],
    )
    def test_background_papers_are_sources(self, slug: str, official_title: str):
        paper = citing(Source, "5 Background Papers").get(slug=slug)

        assert paper.official_title == official_title
        assert paper.url.startswith("https://")
        assert (paper.file, paper.published_on) == ("", date(2023, 2, 2))

    def test_review_is_told(self):
        review = citing(plan.Programme, "1 Background para 1").get()

        assert review.slug == "independent-review"
        for words in ("15 months", "May 2022", "over 80", "seven areas", "2027", "Josh MacAlister"):
            assert words in review.summary


# Nothing falls

AT_LEAST = [
    (plan.Pillar, 6), (Commitment, 153), (Deadline, 33), (FundingLine, 10), (plan.ProgressUpdate, 7),
    (CommitmentLink, 38), (Pilot, 6), (plan.Wave, 3), (Phase, 2), (Milestone, 21), (Consultation, 10), (Step, 5),
    (PositionVersion, 6), (Claim, 62), (Participation, 2),
]  # fmt: skip


@pytest.mark.parametrize(("model", "count"), AT_LEAST, ids=lambda value: getattr(value, "__name__", value))
def test_records_drawn_from_the_report(model: type[Model], count: int):
    assert model._default_manager.filter(citations__source__slug=REPORT).distinct().count() >= count


def test_dates_of_the_report_stay_where_another_document_is_more_exact():
    """What it dates is a deadline, or else a reading beside the deadline that is used."""
    readings = plan.Wording.objects.filter(field="date", is_used=False, citations__source__slug=REPORT)
    deadlines = Deadline.objects.filter(citations__source__slug=REPORT)

    assert deadlines.distinct().count() + readings.distinct().count() >= 35


# What is not loaded

FIXTURES = sorted(settings.FIXTURES_DIR.rglob("*.yaml"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_no_address_or_telephone_number_of_a_person(path):
    text = path.read_text(encoding="utf-8")
    addresses = [each for each in re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", text) if not each.endswith("@example.org")]

    assert addresses == []
    assert re.findall(r"\b0\d{3,4}[ -]?\d{6}\b|\b0\d{2}[ -]\d{4}[ -]\d{4}\b", text) == []


@pytest.mark.parametrize("name", ["Carolyn Knight", "Heather Sandy"])
def test_officers_of_the_report_are_not_loaded(name: str):
    assert [path.name for path in FIXTURES if name in path.read_text(encoding="utf-8")] == []
