"""What two bodies said, and what happened since: counted by hand in fixtures/views and in fixtures/plan."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.test import Client

from consultations.models import Consultation
from councils.models import Council, Participation, Region, View
from pillars.models import Citation, ProgressUpdate, Source

pytestmark = pytest.mark.django_db

STANCES = {
    "local-government-association": {"welcome": 51, "concern": 38, "ask": 34, "suggestion": 14, "question": 6},
    "association-of-london-directors-of-childrens-services": {
        "ask": 71, "concern": 55, "suggestion": 37, "welcome": 32, "question": 13,
    },
}  # fmt: skip
MET_LATE = {
    "SH-2-02b": "2023-06-21",
    "SH-5-02a": "2023-09-21",
    "AR-0-01": "2023-10-25",
    "AR-6": "2024-10-31",
    "AR-8": "2024-10-31",
    "SH-3-02a": "2024-10-31",
}
"""What was promised in February 2023 and reported as met after the last day of its words, and on which day."""
REPORTED_BY = {
    "SH-2-02b": ("stated", {"staffordshire-working-together-notice"}),
    "SH-5-02a": ("inferred", {"community-care-early-adopters"}),
    "AR-0-01": ("stated", {"cyp-now-agency-teams", "family-lawyer-workforce-outcome"}),
    "AR-6": ("stated", {"lg-lawyer-agency-guidance", "dfe-agency-resources"}),
    "AR-8": ("stated", {"lg-lawyer-agency-guidance", "dfe-agency-resources"}),
    "SH-3-02a": ("inferred", {"kinship-policy-tracker"}),
}
"""Whether a source gives that day, and which sources report it."""


@pytest.mark.parametrize("body", STANCES)
def test_every_view_has_its_stance_and_its_place(body: str):
    views = View.objects.filter(organisation__slug=body)

    assert Counter(views.values_list("stance", flat=True)) == STANCES[body]
    assert [view.reference for view in views if not view.citations.exclude(locator="").exists()] == []


def test_asks_that_are_for_london_alone():
    places = View.objects.exclude(for_place="").values_list("organisation__slug", "for_place")

    assert Counter(places) == {("association-of-london-directors-of-childrens-services", "London"): 9}


def test_what_worries_the_association_about_regional_care_cooperatives():
    found = View.objects.filter(
        organisation__slug="local-government-association", stance="concern", about__reference="SH-4-04"
    )

    assert found.count() >= 1
    places = Citation.objects.filter(pk__in=found.values("citations"))
    assert set(places.values_list("source__slug", flat=True)) == {"lga-2023"}


def test_met_late(public: Client):
    query = {"programme": ["stable-homes", "agency-rules"], "timing": "met_late"}
    rows = public.get("/commitments.json", query).json()["results"]

    assert {row["reference"] for row in rows} == MET_LATE.keys()


@pytest.mark.parametrize(("reference", "reported"), REPORTED_BY.items())
def test_met_late_says_by_whom_it_was_reported(reference: str, reported: tuple[str, set[str]]):
    [update] = ProgressUpdate.objects.filter(commitment__reference=reference, status="met")
    sources = set(update.citations.values_list("source__slug", flat=True))

    assert update.happened_on == date.fromisoformat(MET_LATE[reference])
    assert (update.date_basis, sources) == reported


@pytest.mark.parametrize(("reference", "day"), MET_LATE.items())
def test_met_late_is_not_known_before_it_was_met(public: Client, reference: str, day: str):
    before = date.fromordinal(date.fromisoformat(day).toordinal() - 1)
    rows = public.get("/commitments.json", {"q": reference, "timing": "met_late", "as_at": before.isoformat()})

    assert reference not in {row["reference"] for row in rows.json()["results"]}


@pytest.mark.parametrize(
    ("slug", "outcome_on", "basis"),
    [
        ("stable-homes-strategy", date(2023, 9, 21), "stated"),
        ("national-framework-and-dashboard", date(2023, 12, 15), "stated"),
        ("agency-social-work", date(2023, 10, 25), "stated"),
        ("working-together", date(2023, 12, 15), "inferred"),
        ("agency-statutory-guidance", date(2024, 9, 30), "inferred"),
    ],
)
def test_outcomes(slug: str, outcome_on: date, basis: str):
    found = Consultation.objects.get(slug=slug)

    assert found.outcome
    assert (found.outcome_on, found.outcome_basis) == (outcome_on, basis)


def test_what_was_to_be_asked_reads_well_on_any_day():
    found = Consultation.objects.filter(summary__icontains="will ask")

    assert list(found.values_list("slug", flat=True)) == []


def test_who_takes_part():
    chosen = Participation.objects.filter(status="selected").values_list("pilot__slug", "wave__number")

    assert Counter(chosen) == {
        ("families-first-for-children", 1): 3,
        ("families-first-for-children", 2): 7,
        ("family-network-pilot", 1): 4,
        ("family-network-pilot", 2): 3,
        ("early-career-framework", 1): 9,  # eight employers, one of which serves two councils
        ("regional-care-cooperatives", 1): 10,
        ("kinship-zones", 1): 7,
    }


def test_every_region_has_its_alliance():
    stated = Region.objects.filter(alliance__isnull=False, alliance_basis="stated")

    assert Region.objects.filter(alliance__kind="alliance").count() == 9
    assert set(stated.values_list("slug", flat=True)) == {"north-east", "east-midlands", "east-of-england", "london"}
    assert Council.objects.filter(region__alliance__slug="london-innovation-and-improvement-alliance").count() == 33


def test_what_came_after_is_cited_by_title_and_address():
    later = Source.objects.filter(published_on__gt=date(2023, 5, 11))

    assert later.count() > 40
    assert [source.slug for source in later if not source.url] == []
