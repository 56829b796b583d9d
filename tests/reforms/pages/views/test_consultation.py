"""One consultation: what it asks, when it closes, and how councils get ready to answer."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from consultations.models import Consultation
from tests.builders import make_consultation, make_organisation
from tests.reforms.pages.making import make_step
from tests.reforms.pages.reading import links_of, main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIVE = ["stable-homes-strategy", "national-framework-and-dashboard", "agency-social-work"]
SPRING = "“in Spring 2023”: 1 March to 31 May 2023"
AUTUMN = "“in Autumn 2023”: 1 September to 30 November 2023"
PROMISED = {
    "child-in-need-case-holding": SPRING,
    "multi-agency-child-protection-standards": SPRING,
    "education-as-safeguarding-partner": AUTUMN,
    "standards-of-care-legislation": AUTUMN,
    "corporate-parenting": AUTUMN,
    "care-leaver-deaths": SPRING,
    "working-together": SPRING,
    "information-sharing-guidance": SPRING,
    "opt-out-advocacy": AUTUMN,
    "early-career-framework": "“from Autumn 2023”: 1 September to 30 November 2023",
    "virtual-school-heads": "No date given",
    "childrens-services-funding-formula": "“Before the next Spending Review”: by 31 March 2025",
}


def ask(client: Client, slug: str, day: str = "2023-04-21"):
    return client.get(f"/consultations/{slug}/", {"as_at": day} if day else {})


class TestLive:
    @pytest.mark.parametrize("slug", LIVE)
    def test_closes_in_twenty_days(self, public: Client, slug: str):
        words = main_of(ask(public, slug))

        assert "20 days left" in words
        assert "Closes 11 May 2023 at 11:59pm. No time is published, so we take the end of the day" in words
        assert "Status Closing soon" in words

    @pytest.mark.parametrize(
        ("day", "status"),
        [
            ("2023-02-02", "Open"),
            ("2023-04-12", "Open"),
            ("2023-04-13", "Closing soon"),
            ("2023-05-11", "Closing soon"),
            ("2023-05-12", "Closed"),
        ],
    )
    def test_status(self, public: Client, day: str, status: str):
        assert f"Status {status} " in main_of(ask(public, "stable-homes-strategy", day))

    @pytest.mark.parametrize(
        ("now", "status"),
        [
            pytest.param(datetime(2023, 5, 11, 22, 58, tzinfo=UTC), "Closing soon", id="11:58pm"),
            pytest.param(datetime(2023, 5, 11, 22, 59, tzinfo=UTC), "Closed", id="11:59pm"),
        ],
    )
    def test_closes_at_a_moment_in_england(self, public: Client, now: datetime, status: str):
        with time_machine.travel(now, tick=False):
            assert f"Status {status} " in main_of(ask(public, "stable-homes-strategy", ""))

    def test_stated_time_needs_no_excuse(self, public: Client):
        found = make_consultation(is_closing_time_stated=True)

        assert "No time is published" not in main_of(ask(public, found.slug))

    def test_opening_day_we_inferred_says_so(self, public: Client):
        inferred = make_consultation(opens_basis="inferred")

        assert "2 February 2023 (inferred by us)" in main_of(ask(public, inferred.slug))

    @pytest.mark.parametrize("slug", LIVE)
    def test_opening_day_that_the_source_states(self, public: Client, slug: str):
        assert "2 February 2023 (a date the source states)" in main_of(ask(public, slug))

    def test_what_it_asks_about(self, public: Client):
        response = ask(public, "national-framework-and-dashboard")
        links = links_of(response)

        assert all(
            f"/commitments/NF-{each}/?as_at=2023-04-21" in links for each in ("P1", "P5", "O1", "O4", "E1", "E2")
        )

    def test_whole_strategy(self, public: Client):
        """All six pillars, and by name the three commitments that the briefing says it asks about."""
        response = ask(public, "stable-homes-strategy")
        words = main_of(response).partition("What it asks about")[2]

        assert "The whole of Stable Homes. 1. Family help" in words
        assert "/programmes/stable-homes/pillars/6/?as_at=2023-04-21" in links_of(response)
        assert re.findall(r"SH-\S+", words.partition("It asks by name about:")[2]) == ["SH-2-06a", "SH-3-08", "SH-4-20"]

    @pytest.mark.parametrize("slug", ["national-framework-and-dashboard", "agency-social-work", *PROMISED])
    def test_one_that_a_commitment_promises_is_not_on_the_whole(self, public: Client, slug: str):
        words = main_of(ask(public, slug))

        assert "The whole of" not in words
        assert "Not stated." not in words


class TestPromised:
    @pytest.mark.parametrize(("slug", "opens"), PROMISED.items())
    def test_opens(self, public: Client, slug: str, opens: str):
        words = main_of(ask(public, slug))

        assert f"Opens {opens}" in words
        assert "Closes No date given" in words
        assert "Status Promised, not yet opened" in words

    @pytest.mark.parametrize("slug", PROMISED)
    def test_names_the_promise(self, public: Client, slug: str):
        promise = Consultation.objects.get(slug=slug).promised_by

        assert f"Promised by {promise.reference} {promise.title}" in main_of(ask(public, slug))

    def test_window_that_passed_is_not_late(self, public: Client):
        words = main_of(ask(public, "corporate-parenting", "2023-12-01"))

        assert "Promised, window passed, nothing reported" in words
        assert " late" not in words

    def test_nobody_plans_to_answer_yet(self, public: Client):
        assert "No council’s plans to answer are recorded here by this day." in main_of(
            ask(public, "care-leaver-deaths")
        )


class TestTimetable:
    STEPS = [
        ("Hold several virtual sessions", "“throughout April”"),
        ("Take the proposals to the Children and Young People Scrutiny Committee", "“21 April 2023”"),
        ("Bring together everything that staff have said", "“at the end of April”"),
        ("Show the draft responses", "“on 3 May”"),
        ("Submit the council's collective response", "“by 11 May”"),
    ]

    @pytest.mark.parametrize("slug", LIVE)
    def test_lincolnshires_five_steps_in_order(self, public: Client, slug: str):
        words = main_of(ask(public, slug)).partition("Lincolnshire’s timetable")[2]
        places = [words.find(part) for step in self.STEPS for part in step]

        assert -1 not in places
        assert places == sorted(places)

    def test_step_past_its_day_is_not_called_late(self, public: Client):
        words = main_of(ask(public, "agency-social-work", "2023-06-01")).partition("Lincolnshire’s timetable")[2]

        assert " late" not in words

    def test_body_that_is_no_council(self, public: Client):
        asked = make_consultation()
        make_step(make_organisation(name="Association of Councils"), asked, title="Ask our members")
        response = ask(public, asked.slug)

        assert "Association of Councils’s timetable" in main_of(response)
        assert [url for url in links_of(response) if not url or url.startswith("?")] == []


def test_outcome(public: Client):
    found = make_consultation(outcome="Ministers changed two of the rules.")

    assert "What came of it Ministers changed two of the rules." in main_of(ask(public, found.slug))


@pytest.mark.parametrize(
    ("day", "is_told"),
    [("2023-09-20", False), ("2023-09-21", True), ("2026-01-01", True)],
    ids=["before", "on", "after"],
)
def test_outcome_is_told_from_its_day(public: Client, day: str, is_told: bool):
    dated = {"outcome_on": date(2023, 9, 21), "outcome_basis": "inferred"}
    found = make_consultation(outcome="Ministers changed two of the rules.", **dated)
    words = main_of(public.get(f"{found.get_absolute_url()}?as_at={day}"))

    assert ("Ministers changed two" in words) is is_told
    assert ("21 September 2023 (inferred by us)" in words) is is_told


def test_opening_and_closing_that_were_learnt_later_are_not_told_before(public: Client):
    """Promised for spring, and then open in the summer."""
    before, after = (
        main_of(public.get(f"/consultations/working-together/?as_at={day}")) for day in ("2023-06-20", "2023-06-21")
    )

    assert "21 June 2023" not in before
    assert "6 September 2023" not in before
    assert "“in Spring 2023”" in before
    assert "Opens 21 June 2023 (a date the source states)" in after
    assert "Closes 6 September 2023 at 11:59pm" in after


def test_consultation_on_nothing_in_particular(public: Client):
    assert "Not stated." in main_of(ask(public, make_consultation(closes_on=date(2023, 6, 1)).slug))
