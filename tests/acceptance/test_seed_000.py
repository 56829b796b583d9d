"""The Lincolnshire report, place by place: what each of its promises has to have become.

The tables were made by reading the report; they name the least there must be, so that later documents may add to it.
"""

from __future__ import annotations

import pytest

from consultations.models import Consultation
from pillars.models import Citation, Commitment, CommitmentLink, Programme
from tests.acceptance.report import REPORT, citing

pytestmark = [pytest.mark.django_db, pytest.mark.once]


# What each place promises: the references that have to cite it

PROMISES = {
    "1 Background aims bullet 1": "SH-0-01",
    "1 Background aims bullet 2": "SH-0-02",
    "1 Background aims bullet 3": "SH-0-03",
    "1 Background para 3": "SH-0-04 SH-0-05 SH-0-06 SH-0-07",
    "Pillar 1 bullet 1": "SH-1-01 SH-1-01a SH-1-01b SH-1-01c SH-2-01 SH-3-01",
    "Pillar 1 bullet 2": "SH-1-02",
    "Pillar 1 bullet 3": "SH-1-03",
    "Pillar 1 bullet 4": "SH-1-04 SH-1-04a SH-1-04b",
    "Pillar 1 bullet 5": "SH-1-05",
    "Pillar 1 bullet 6": "SH-1-06 SH-1-06a SH-1-06b",
    "Pillar 2 bullet 1": "SH-2-01",
    "Pillar 2 bullet 2": "SH-2-02 SH-2-02a",
    "Pillar 2 bullet 3": "SH-2-03 SH-2-03a",
    "Pillar 2 bullet 4": "SH-2-04 SH-2-04a SH-2-04b SH-2-04c SH-2-04d SH-2-04e SH-2-04f",
    "Pillar 2 bullet 5": "SH-2-05 SH-2-05a SH-2-05b",
    "Pillar 3 bullet 1": "SH-3-01 SH-3-01a SH-3-01b SH-3-01c",
    "Pillar 3 bullet 2": "SH-3-02",
    "Pillar 3 bullet 3": "SH-3-03",
    "Pillar 3 bullet 4": "SH-3-04",
    "Pillar 4 bullet 1": "SH-4-01 SH-4-01a",
    "Pillar 4 bullet 2": "SH-4-02",
    "Pillar 4 bullet 3": "SH-4-03 SH-4-03a SH-4-03b",
    "Pillar 4 bullet 4": "SH-4-04",
    "Pillar 4 bullet 5": "SH-4-05",
    "Pillar 4 bullet 6": "SH-4-06 SH-4-06a SH-4-06b SH-4-06c SH-4-06d",
    "Pillar 4 bullet 7": "SH-4-07",
    "Pillar 4 bullet 8": "SH-4-08",
    "Pillar 4 bullet 9": "SH-4-09 SH-4-09a SH-4-09b",
    "Pillar 4 bullet 10": "SH-4-10",
    "Pillar 4 bullet 11": "SH-4-11",
    "Pillar 4 bullet 12": "SH-4-12 SH-4-12a SH-4-12b SH-4-12c SH-4-12d",
    "Pillar 4 bullet 13": "SH-4-13 SH-4-13a SH-4-13b SH-4-13c",
    "Pillar 4 bullet 14": "SH-4-14 SH-4-14a SH-4-14b",
    "Pillar 4 bullet 15": "SH-4-15 SH-4-15a SH-4-15b",
    "Pillar 4 bullet 16": "SH-4-16",
    "Pillar 5 bullet 1": "SH-5-01 SH-5-01a SH-5-01b SH-5-01c",
    "Pillar 5 bullet 2": "SH-5-02 SH-5-02a",
    "Pillar 5 bullet 3": "SH-5-03 SH-5-03a SH-5-03b SH-5-03c",
    "Pillar 5 bullet 4": "SH-5-04",
    "Pillar 5 bullet 5": "SH-5-05 SH-5-05a SH-5-05b SH-5-05c",
    "Pillar 6 bullet 1": "SH-6-01 SH-6-01a SH-6-01b SH-6-01c",
    "Pillar 6 bullet 2": "SH-6-02 SH-6-02a SH-6-02b",
    "Pillar 6 bullet 3": "SH-6-03 SH-6-03a",
    "Pillar 6 bullet 4": "SH-6-04",
    "Pillar 6 bullet 5": "SH-6-05 SH-6-05a SH-6-05b SH-6-05c",
    "Pillar 6 bullet 6": "SH-6-06 SH-6-06a SH-6-06b SH-6-06c",
    "Pathfinders and Pilots para 2": "SH-5-03a SH-5-03d",
    "National Framework principle 1": "NF-P1",
    "National Framework principle 2": "NF-P2",
    "National Framework principle 3": "NF-P3",
    "National Framework principle 4": "NF-P4",
    "National Framework principle 5": "NF-P5",
    "National Framework outcome 1": "NF-O1",
    "National Framework outcome 2": "NF-O2",
    "National Framework outcome 3": "NF-O3",
    "National Framework outcome 4": "NF-O4",
    "National Framework enabler 1": "NF-E1",
    "National Framework enabler 2": "NF-E2",
    "Workforce Consultation para 1": "AR-0-01",
    "Workforce Consultation para 2": "AR-0-02 AR-0-02a",
    "National rules item 1": "AR-1",
    "National rules item 2": "AR-2",
    "National rules item 3": "AR-3",
    "National rules item 4": "AR-4",
    "National rules item 5": "AR-5",
    "National rules item 6": "AR-6",
    "National rules item 7": "AR-7",
    "National rules item 8": "AR-8",
    "Procurement bullet 1": "AR-1a",
    "Procurement bullet 2": "AR-1b",
    "Procurement bullet 3": "AR-1c",
    "Price caps bullet 1": "AR-2a",
    "Price caps bullet 2": "AR-2b",
    "Price caps bullet 3": "AR-2c",
    "Price caps bullet 4": "AR-2d",
    "Post-qualified experience bullet 1": "AR-3a",
    "Post-qualified experience bullet 2": "AR-3b",
    "Post-qualified experience bullet 3": "AR-3c",
    "Project teams bullet 1": "AR-4",
    "Project teams bullet 2": "AR-4a",
    "Data and monitoring intro": "AR-8",
    "Data and monitoring bullet 1": "AR-8a",
    "Data and monitoring bullet 2": "AR-8b",
    "Data and monitoring bullet 3": "AR-8c",
    "Data and monitoring bullet 4": "AR-8d",
    "Data and monitoring bullet 5": "AR-8e",
    "Data and monitoring bullet 6": "AR-8f",
    "Data and monitoring bullet 7": "AR-8g",
    "Data and monitoring bullet 8": "AR-8h",
}


class TestPromises:
    @pytest.mark.parametrize(("locator", "references"), PROMISES.items())
    def test_place_became(self, locator: str, references: str):
        found = set(citing(Commitment, locator).values_list("reference", flat=True))

        assert set(references.split()) - found == set()

    def test_every_bullet_of_the_pillars_is_in_the_table(self):
        places = Citation.objects.filter(source__slug=REPORT, locator__regex=r"^Pillar \d bullet")

        assert set(places.values_list("locator", flat=True)) - set(PROMISES) == set()

    def test_bullets_of_each_pillar(self):
        counts = {n: sum(f"Pillar {n} bullet" in locator for locator in PROMISES) for n in range(1, 7)}

        assert counts == {1: 6, 2: 5, 3: 4, 4: 16, 5: 5, 6: 6}

    def test_every_commitment_rests_on_a_place(self):
        assert list(Commitment.objects.filter(citations=None)) == []

    def test_parts_hang_under_their_own(self):
        wrong = [
            part.reference
            for part in Commitment.objects.exclude(parent=None).select_related("parent")
            if part.parent and part.reference[:-1] != part.parent.reference
        ]

        assert wrong == []

    def test_commitments_stand_in_the_pillar_of_their_reference(self):
        wrong = [
            each.reference
            for each in Commitment.objects.exclude(pillar=None).select_related("pillar")
            if each.pillar and each.reference.split("-")[1] != str(each.pillar.number)
        ]

        assert wrong == []


# How firmly: where the report is plain

STRENGTHS = {
    "consult_on": "SH-1-03 SH-2-02 SH-2-04d SH-4-09b SH-4-11 SH-4-16 SH-5-05c SH-6-01c",
    "explore": "SH-2-03a SH-3-04 SH-4-06d SH-5-03c",
    "test_first": "SH-1-01 SH-2-01 SH-3-01 SH-3-01a SH-3-01b SH-4-01a SH-4-04",
    "subject_to": "SH-0-07 SH-2-04e SH-2-04f AR-0-01 AR-0-02a",
    "firm": "SH-1-05 SH-3-02 SH-3-03 SH-4-02 SH-4-07 SH-4-08 SH-4-10 SH-5-01a SH-6-01 SH-6-02a",
    "ambition": "SH-0-01 SH-0-02 SH-0-03 SH-1-04 SH-1-06 SH-6-06",
}


@pytest.mark.parametrize(("strength", "references"), STRENGTHS.items())
def test_strength(strength: str, references: str):
    found = dict(Commitment.objects.filter(reference__in=references.split()).values_list("reference", "strength"))

    assert found == dict.fromkeys(references.split(), strength)


@pytest.mark.parametrize("reference", ["SH-0-07", "SH-2-04e", "SH-2-04f", "AR-0-01", "AR-0-02a"])
def test_what_is_subject_to_something_says_to_what(reference: str):
    assert Commitment.objects.get(reference=reference).condition.startswith("subject to ")


LEADS = {
    "SH-0-05": "department-for-education",
    "SH-1-05": "law-commission",
    "SH-4-05": "department-for-education",
    "SH-5-01": "social-work-england",
    "SH-5-04": "national-workload-action-group",
    "SH-6-03a": "ofsted",
    "SH-6-05": "department-for-education",
    "SH-6-06": "department-for-education",
    "AR-0-01": "department-for-education",
}


@pytest.mark.parametrize(("reference", "lead"), LEADS.items())
def test_lead(reference: str, lead: str):
    assert Commitment.objects.get(reference=reference).lead.slug == lead


# The framework and the rules


class TestFramework:
    @pytest.mark.parametrize(("kind", "count"), [("principle", 5), ("outcome", 4), ("enabler", 2)])
    def test_counts(self, kind: str, count: int):
        assert Commitment.objects.filter(programme__slug="national-framework", kind=kind, parent=None).count() == count

    def test_nothing_in_the_draft_was_settled(self):
        found = Commitment.objects.filter(programme__slug="national-framework", citations__source__slug=REPORT)

        assert set(found.values_list("strength", flat=True)) == {"consult_on"}

    @pytest.mark.parametrize("reference", ["NF-O1", "NF-O2", "NF-O3", "NF-O4"])
    def test_outcomes_keep_their_official_words(self, reference: str):
        assert Commitment.objects.get(reference=reference).official_title

    @pytest.mark.parametrize(
        "locator",
        [
            "National Framework purpose",
            "National Framework includes bullet 1",
            "National Framework principles intro",
            "National Framework outcomes intro",
            "National Framework enablers intro",
            "National Framework wider outcomes",
            "CSC data dashboard para 1",
        ],
    )
    def test_programme_tells_the_rest(self, locator: str):
        assert citing(Programme, locator).get().slug == "national-framework"

    @pytest.mark.parametrize("words", ["targets", "tasks", "adds none", "dashboard", "chapter"])
    def test_summary_says(self, words: str):
        assert words in Programme.objects.get(slug="national-framework").summary


class TestRules:
    def test_eight_rules(self):
        rules = Commitment.objects.filter(programme__slug="agency-rules", kind="rule", parent=None)

        assert list(rules.values_list("reference", flat=True)) == [f"AR-{number}" for number in range(1, 9)]

    def test_eight_items_of_data(self):
        items = Commitment.objects.filter(parent__reference="AR-8")

        assert list(items.values_list("reference", flat=True)) == [f"AR-8{letter}" for letter in "abcdefgh"]

    @pytest.mark.parametrize(
        ("reference", "words"),
        [
            ("AR-3", "five years"),
            ("AR-3", "ASYE"),
            ("AR-6", "three months"),
            ("AR-6", "same region"),
            ("AR-7", "six weeks"),
            ("AR-8", "quarter"),
            ("AR-2b", "holiday pay"),
            ("AR-3c", "open question"),
        ],
    )
    def test_summary_keeps_the_figure(self, reference: str, words: str):
        assert words in Commitment.objects.get(reference=reference).summary

    def test_rules_are_what_the_consultation_asks_about(self):
        asked = Consultation.objects.get(slug="agency-social-work").about.values_list("reference", flat=True)

        assert {f"AR-{number}" for number in range(1, 9)} <= set(asked)

    def test_rules_deliver_the_pledge_to_cut_the_cost(self):
        links = CommitmentLink.objects.filter(to_commitment__reference="SH-5-05", relation="delivers")

        assert "AR-0-01" in links.values_list("from_commitment__reference", flat=True)
