"""Document 004, London's answer: what it tells of the plan itself, beside what it thinks of it.

The tables were made by reading the document; they name the least there must be, so that later documents may add.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from consultations.models import Consultation
from pillars.models import Citation, Commitment, FundingLine, Pilot, Verdict, Wording
from tests.reforms.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SOURCE = "aldcs-2023"
DAY = date(2023, 5, 11)
TOLD = {
    "Q1 ch.1 list (1) bullet 1": "SH-2-01",
    "Q1 ch.1 list (1) bullet 5": "SH-2-01",
    "Q1 ch.1 list (2) bullet 5": "SH-2-02a SH-2-07 SH-2-07b",
    "Q1 ch.2": "SH-1-01c",
    "Q1 ch.2 bullet 6": "SH-1-01",
    "Q1 ch.3": "SH-2-06a",
    "Q1 ch.3 para 1": "SH-2-06b",
    "Q2 ch.3": "SH-2-06a",
    "Q3 ch.3": "SH-2-06a",
    "Q2 ch.4 bullet 3": "SH-3-01a",
    "Q4 ch.4": "SH-3-08",
    "Q1 ch.5": "SH-4-26",
    "Q1 ch.5 bullet 1": "SH-4-13c SH-4-13i",
    "Q1 ch.5 bullet 2": "SH-4-13f",
    "Q1 ch.5 bullet 3": "SH-4-13e",
    "Q1 ch.5 bullet 4": "SH-4-27",
    "Q1 ch.5 bullet 5": "SH-4-10",
    "Q2 ch.5": "SH-4-20",
    "Q3 ch.5": "SH-4-20",
    "Q4 ch.5": "SH-4-04",
    "Q5 ch.5 para 1": "SH-4-04",
    "Q5 ch.5 residential workforce bullet 1": "SH-4-22",
    "Q6 ch.5": "SH-4-11",
    "Q7 ch.5": "SH-4-11",
    "Q2 ch.6 bullet 3": "SH-5-03a",
    "Q2 ch.6 bullet 4": "SH-5-02 SH-5-02e",
    "Q2 ch.6 bullet 8": "SH-5-05",
    "Q1 ch.7 para 2": "SH-6-01",
}
"""What each place tells of a promise."""
MONEY = {
    "SH-0-F5": ("Q7 ch.5 Pan London Compact", "sum", 110_000),
    "SH-0-F6": ("Q1 ch.2 bullet 7", "sum", 2_000_000_000),
}
"""Money that the document alone tells of: context, which no total takes in."""
ALONE = {
    "SH-2-06b": ("test_first", "over the next two years", date(2023, 4, 1), date(2025, 3, 31)),
    "SH-4-13i": ("firm", None, None, None),
    "SH-4-27": ("firm", "due spring '23", date(2023, 3, 1), date(2023, 5, 31)),
}
"""Promises that it alone tells of, with their dates."""


def places_of(record) -> set[tuple[str, str]]:
    return set(record.citations.values_list("source__slug", "locator"))


@pytest.mark.parametrize(("locator", "references"), TOLD.items())
def test_place_became(locator: str, references: str):
    place = Citation.objects.get(source__slug=SOURCE, locator=locator)
    found = set(Commitment.objects.filter(citations=place).values_list("reference", flat=True))

    assert set(references.split()) - found == set()


def test_its_consultation_rests_on_it():
    consultation = Consultation.objects.get(slug="stable-homes-strategy")

    assert {(SOURCE, "Submission line"), (SOURCE, "Evaluation Q1")} <= places_of(consultation)


@pytest.mark.parametrize(("reference", "figures"), MONEY.items())
def test_money(reference: str, figures: tuple):
    line = FundingLine.objects.get(reference=reference)

    assert places_of(line) == {(SOURCE, figures[0])}
    assert (line.role, line.shape, line.amount) == ("context", *figures[1:])


@pytest.mark.parametrize(("reference", "promise"), ALONE.items())
def test_promise_it_alone_tells_of(reference: str, promise: tuple):
    commitment = Commitment.objects.get(reference=reference)
    deadline = commitment.deadlines.first()
    dated = (deadline.words, deadline.earliest, deadline.latest) if deadline else (None, None, None)

    assert {source for source, _locator in places_of(commitment)} == {SOURCE}
    assert (commitment.known_on, commitment.strength, *dated) == (DAY, *promise)


def test_survey_is_led_by_those_who_make_it():
    lead = Commitment.objects.get(reference="SH-4-27").lead

    assert lead.slug == "what-works-for-early-intervention-and-childrens-social-care"


def test_pilot_it_alone_tells_of():
    assert Pilot.objects.get(slug="parental-representation").known_on == DAY


@pytest.mark.parametrize("reference", ALONE)
def test_nothing_of_it_shows_before_its_day(public: Client, reference: str):
    asked = [public.get(f"/commitments/{reference}/", {"as_at": f"2023-05-{day}"}) for day in (10, 11)]

    assert [response.status_code for response in asked] == [404, 200]


class TestParents:
    """The review asked for independent help for parents; the form asks how parents are represented."""

    def test_what_became_of_the_recommendation(self):
        verdict = Verdict.objects.get(recommendation__reference="IR-2-09")

        assert (verdict.programme.slug, verdict.verdict, verdict.basis) == ("stable-homes", "consulting", "inferred")
        assert {(SOURCE, "Q1 ch.3"), ("lga-2023", "Appendix A 9.6")} <= places_of(verdict)

    def test_pilots_show_on_it_from_their_day(self, public: Client):
        words = [main_of(public.get("/commitments/IR-2-09/", {"as_at": f"2023-05-{day}"})) for day in (10, 11)]

        assert ["SH-2-06b" in each for each in words] == [False, True]


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("SH-2-01a", {"Report on the deaths of", "inquiry into the murders of", "review into the murders of"}),
        (
            "SH-4-05",
            {
                "Children's Social Care market study",
                "study of the children's social care market",
                "report into the children's social care market",
            },
        ),
    ],
)
def test_reports_that_the_strategy_answers_have_three_names(reference: str, words: set[str]):
    found = Wording.objects.filter(commitment__reference=reference, field="name")

    assert words <= set(found.values_list("words", flat=True))
