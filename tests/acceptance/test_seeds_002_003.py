"""The news report and the briefing, place by place: a commitment, part of one, a mission, money, or context.

The tables were made by reading the documents; they name the least there must be, so that later documents may add.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Model

from consultations.models import Consultation
from pillars.models import (
    Citation,
    Commitment,
    Deadline,
    FundingLine,
    Milestone,
    Mission,
    Pillar,
    Pilot,
    Programme,
    ProgressUpdate,
    Source,
    Wording,
)
from reforms.base.loading.kinds import kinds
from tests.acceptance import briefing, news_report

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TABLES = [pytest.param(table, id=table.SOURCE) for table in (news_report, briefing)]
BEHIND_PLACES: tuple[type[Model], ...] = (Commitment, Mission, FundingLine, Pillar, Programme)


def known_by(fact: Model) -> str:
    """What the tables call it: a reference, or the slug of a programme."""
    return fact.slug if isinstance(fact, Programme) else fact.reference


def became(source: str, locator: str) -> set[str]:
    """Everything of the tables' kinds that rests on a place."""
    place = Citation.objects.get(source__slug=source, locator=locator)
    return {known_by(fact) for model in BEHIND_PLACES for fact in model._default_manager.filter(citations=place)}


def citing(model: type[Model], source: str):
    return model._default_manager.filter(citations__source__slug=source).distinct()


class TestPlaces:
    @pytest.mark.parametrize("table", TABLES)
    def test_every_place_is_in_the_table(self, table):
        places = Citation.objects.filter(source__slug=table.SOURCE).order_by("number")

        assert list(places.values_list("locator", flat=True)) == list(table.PLACES)

    @pytest.mark.parametrize(
        ("source", "locator", "references"),
        [
            pytest.param(table.SOURCE, locator, references, id=f"{table.SOURCE}-{locator}")
            for table in (news_report, briefing)
            for locator, references in table.PLACES.items()
            if references != "context"
        ],
    )
    def test_place_became(self, source: str, locator: str, references: str):
        assert set(references.split()) - became(source, locator) == set()

    @pytest.mark.parametrize("table", TABLES)
    def test_every_place_is_cited_or_says_what_it_holds(self, table):
        cited = {
            pk
            for kind in kinds()
            if "citations" in kind.codecs
            for pk in kind.model.citations.through.objects.values_list("citation_id", flat=True)
        }
        places = Citation.objects.filter(source__slug=table.SOURCE)

        assert [place.locator for place in places if (place.pk in cited) == bool(place.context)] == []

    def test_lists_of_policy_and_money_are_all_commitments(self):
        listed = {f"Appendix A 3.{n}" for n in range(1, 29)} | {f"Appendix A 4.{n}" for n in range(1, 11)}

        assert {place for place in listed if briefing.PLACES[place] == "context"} == set()


class TestSources:
    def test_news_report(self):
        found = Source.objects.get(slug=news_report.SOURCE)

        assert (found.file, found.kind, found.published_on) == ("002", "news", date(2023, 2, 2))
        assert found.published_basis == "inferred"

    def test_briefing(self):
        found = Source.objects.get(slug=briefing.SOURCE)

        assert (found.file, found.kind, found.published_on) == ("003", "briefing", date(2023, 3, 14))


STRENGTHS = {
    "consult_on": "SH-2-02b SH-2-03b SH-2-04d SH-2-04g SH-2-04k SH-2-06a SH-3-08 SH-4-07a SH-4-12a SH-4-20 SH-5-02c",
    "explore": "SH-2-03a SH-3-05 SH-4-13b SH-4-13c SH-5-03a SH-6-06d",
    "test_first": "SH-1-01 SH-1-04c SH-2-01a SH-2-07 SH-2-08 SH-2-10a SH-4-04a SH-5-10c SH-6-05f",
    "subject_to": "SH-2-04f SH-4-09d SH-6-01d",
    "firm": "SH-1-02a SH-2-05d SH-3-06 SH-4-12e SH-4-12f SH-4-13d SH-4-13e SH-4-26 SH-5-02f SH-5-08 SH-6-02c SH-6-07",
    "ambition": "SH-0-08 SH-0-11 SH-3-07 SH-4-12g SH-4-17 SH-4-19 SH-4-24 SH-5-02d SH-5-02e SH-5-06",
}
LEADS = {
    "SH-2-05g": "care-proceedings-reform-group",
    "SH-2-07a": "durham-university",
    "SH-2-08": "youth-endowment-fund",
    "SH-2-10": "child-safeguarding-practice-review-panel",
    "SH-4-18": "ofsted",
    "SH-5-07": "social-work-england",
    "SH-5-10a": "department-for-education",
    "SH-6-02c": "department-for-education",
}
AT_LEAST = [
    (news_report.SOURCE, Commitment, 55), (news_report.SOURCE, Deadline, 2), (news_report.SOURCE, FundingLine, 9),
    (news_report.SOURCE, Wording, 34), (news_report.SOURCE, Pilot, 5), (news_report.SOURCE, Consultation, 5),
    (briefing.SOURCE, Commitment, 210), (briefing.SOURCE, Deadline, 52), (briefing.SOURCE, FundingLine, 24),
    (briefing.SOURCE, Mission, 6), (briefing.SOURCE, Pilot, 13), (briefing.SOURCE, Wording, 65),
    (briefing.SOURCE, Milestone, 3), (briefing.SOURCE, ProgressUpdate, 12), (briefing.SOURCE, Consultation, 15),
]  # fmt: skip


class TestNothingFalls:
    @pytest.mark.parametrize(("source", "model", "count"), AT_LEAST)
    def test_as_many_as_before(self, source: str, model: type[Model], count: int):
        assert citing(model, source).count() >= count

    def test_commitments_in_all(self):
        assert Commitment.objects.filter(merged_into=None).count() >= 261


# What the places say of a commitment


class TestCommitments:
    @pytest.mark.parametrize("number", range(1, 7))
    def test_paragraphs_under_a_mission_are_its_commitments(self, number: int):
        found = Commitment.objects.filter(
            citations__source__slug=briefing.SOURCE, citations__locator__regex=rf"^Appendix A 13\.{number + 3}\.[0-9]"
        )

        assert set(found.values_list("mission__reference", flat=True)) == {f"SH-4-M{number}"}

    @pytest.mark.parametrize(("strength", "references"), STRENGTHS.items())
    def test_strength(self, strength: str, references: str):
        found = dict(Commitment.objects.filter(reference__in=references.split()).values_list("reference", "strength"))

        assert found == dict.fromkeys(references.split(), strength)

    @pytest.mark.parametrize(("reference", "lead"), LEADS.items())
    def test_lead(self, reference: str, lead: str):
        assert Commitment.objects.get(reference=reference).lead.slug == lead

    def test_every_promise_to_consult_has_its_consultation(self):
        promises = Commitment.objects.filter(strength="consult_on", programme__slug="stable-homes")
        promised = set(Consultation.objects.values_list("promised_by__reference", flat=True))
        asked = set(Consultation.objects.values_list("about__reference", flat=True))

        assert set(promises.values_list("reference", flat=True)) - promised - asked == set()

    @pytest.mark.parametrize("reference", ["SH-2-06a", "SH-2-07", "SH-3-08", "SH-4-20", "SH-5-10b", "SH-5-10c"])
    def test_work_already_under_way_says_so(self, reference: str):
        updates = ProgressUpdate.objects.known(on=date(2023, 4, 21)).filter(commitment__reference=reference)

        assert set(updates.values_list("status", flat=True)) == {"under_way"}


# Dates: the exact words and the window they mean

WINDOWS = {
    "SH-1-01a": ("in September 2023", date(2023, 9, 1), date(2023, 9, 30)),
    "SH-1-01d": ("in Spring 2023", date(2023, 3, 1), date(2023, 5, 31)),
    "SH-1-02": ("by Summer 2024", None, date(2024, 8, 31)),
    "SH-1-02a": ("in Autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
    "SH-1-03": ("in Spring 2023", date(2023, 3, 1), date(2023, 5, 31)),
    "SH-2-03": ("by Summer 2023", None, date(2023, 8, 31)),
    "SH-2-04d": ("in Autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
    "SH-2-05g": ("by 2024", None, date(2024, 12, 31)),
    "SH-3-02": ("by the end of 2023", None, date(2023, 12, 31)),
    "SH-0-04": ("over the next two years", date(2023, 4, 1), date(2025, 3, 31)),
    "SH-2-07a": ("in Summer 2023", date(2023, 6, 1), date(2023, 8, 31)),
    "SH-2-07b": ("in 2024", date(2024, 1, 1), date(2024, 12, 31)),
    "SH-4-07a": ("in Autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
    "SH-4-12i": ("between 2023-2025", date(2023, 4, 1), date(2025, 3, 31)),
    "SH-4-12c": ("from August 2023", date(2023, 8, 1), date(2023, 8, 31)),
    "SH-4-12e": ("by 2027", None, date(2027, 12, 31)),
    "SH-4-13a": ("from April 2023", date(2023, 4, 1), date(2023, 4, 30)),
    "SH-5-02c": ("from Autumn 2023", date(2023, 9, 1), date(2023, 11, 30)),
    "SH-5-02d": ("from September 2026", date(2026, 9, 1), date(2026, 9, 30)),
    "SH-5-09b": ("in 2023 to 2024", date(2023, 1, 1), date(2024, 12, 31)),
    "SH-5-04a": ("in early 2023", date(2023, 1, 1), date(2023, 3, 31)),
    "SH-0-09": ("in early 2023", date(2023, 1, 1), date(2023, 3, 31)),
}


class TestDates:
    @pytest.mark.parametrize(("reference", "window"), WINDOWS.items())
    def test_window(self, reference: str, window: tuple):
        found = Deadline.objects.filter(commitment__reference=reference).order_by("number").first()

        assert (found.words, found.earliest, found.latest) == window

    def test_phase_one_ends_in_the_words_of_the_briefing(self):
        milestone = Milestone.objects.get(slug="phase-one-ends")

        assert milestone.words == "up to the end of this Spending Review period in March 2025"
        assert milestone.latest == date(2025, 3, 31)

    def test_missions_one_to_five_have_a_year_and_the_sixth_has_none(self):
        latest = dict(
            Mission.objects.filter(programme__slug="stable-homes").order_by("number").values_list("number", "latest")
        )

        assert latest == {number: date(2027, 12, 31) for number in range(1, 6)} | {6: None}


# Money

LINES = {
    "SH-1-01-F1": ("sum", 45_000_000, None, None),
    "SH-3-03-F1": ("sum", 9_000_000, None, None),
    "SH-4-01-F1": ("sum", 27_000_000, None, None),
    "SH-4-01a-F1": ("sum", 3_000_000, None, None),
    "SH-4-01b-F1": ("sum", 24_000_000, None, None),
    "SH-4-10-F1": ("sum", 30_000_000, None, None),
    "SH-4-12i-F1": ("sum", 24_000_000, None, None),
    "SH-4-12c-F1": ("rate", 3000, 1000, None),
    "SH-4-13a-F1": ("rate", 3000, 2000, None),
    "SH-4-02-F1": ("percentage", None, None, 12.43),
    "SH-4-12d-F1": ("percentage", None, None, 30),
    "SH-4-04-F1": ("unspecified", None, None, None),
    "SH-2-04e-F1": ("unspecified", None, None, None),
    "IR-0-F1": ("sum", 2_600_000_000, None, None),
}


class TestMoney:
    @pytest.mark.parametrize(("reference", "figures"), LINES.items())
    def test_line(self, reference: str, figures: tuple):
        line = FundingLine.objects.get(reference=reference)
        percent = float(line.percent) if line.percent is not None else None

        assert (line.shape, line.amount, line.amount_from, percent) == figures

    def test_every_promise_of_money_without_a_figure_is_a_line(self):
        lines = FundingLine.objects.filter(shape="unspecified", citations__source__slug=briefing.SOURCE)

        assert set(lines.values_list("reference", flat=True)) == {
            *("SH-2-04e-F1", "SH-2-05e-F1", "SH-2-07-F1", "SH-4-04-F1", "SH-5-02f-F1", "SH-5-10b-F1", "SH-5-10c-F1"),
        }

    def test_27_million_is_3_and_24_and_the_other_24_is_not(self):
        parts = FundingLine.objects.filter(part_of__reference="SH-4-01-F1").values_list("reference", flat=True)

        assert set(parts) == {"SH-4-01a-F1", "SH-4-01b-F1"}
        assert FundingLine.objects.get(reference="SH-4-12i-F1").part_of is None

    def test_no_source_says_what_is_inside_the_headline(self):
        lines = FundingLine.objects.filter(role=FundingLine.Role.ITEMISED)

        assert set(lines.values_list("inside_headline", flat=True)) == {"not_stated"}


# Wordings: one record, every reading

READINGS = {
    ("SH-1-01a", "date"): {"in 2023", "in September 2023"},
    ("SH-4-13b", "strength"): {
        "entitlements up to age 23",
        "Legislation will be brought forward",
        "will explore extending",
    },
    ("SH-5-03a", "count"): {"an additional 500", "up to 500 additional"},
    ("SH-0-04", "money"): {"investing £200m", "£200m in funding", "£200 million of additional investment"},
    ("SH-1-01", "count"): {"up to 12", "The 12 pathfinders"},
    ("SH-3-01b", "name"): {"Family Network Support Packages", "family support network packages"},
    ("SH-4-12c", "money"): {"an uplift to the apprenticeship bursary", "from £1,000 to £3,000"},
    ("AR-2", "name"): {"national price caps", "price rates"},
    ("SH-5-02d", "date"): {"in 2026", "likely be in 2026", "from September 2026"},
}


class TestWordings:
    @pytest.mark.parametrize(("key", "words"), READINGS.items())
    def test_both_are_kept(self, key: tuple[str, str], words: set[str]):
        reference, field = key
        found = Wording.objects.filter(commitment__reference=reference, field=field)

        assert words <= set(found.values_list("words", flat=True))

    def test_each_cites_where_it_stands(self):
        assert list(Wording.objects.filter(citations=None)) == []

    def test_one_reading_of_each_thing_is_used(self):
        topics: dict[tuple[str, str, str], int] = {}
        for wording in Wording.objects.select_related("commitment"):
            key = (wording.commitment.reference, wording.field, wording.topic)
            topics[key] = topics.get(key, 0) + wording.is_used

        assert [key for key, used in topics.items() if used != 1] == []

    def test_the_reading_used_says_why(self):
        assert list(Wording.objects.filter(is_used=True, reason="")) == []
