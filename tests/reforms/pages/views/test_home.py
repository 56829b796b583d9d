"""Home: the picture of one day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client

from pillars.ledger import entries, every
from pillars.models import Commitment, Programme, Source
from pillars.outcomes import Outcome
from reforms.base.as_at import with_day
from tests.builders import make_consultation, make_deadline, make_update
from tests.reforms.pages.reading import items_of, links_of, main_of, source_of, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]

COMMITTEE_DAY = "2023-04-21"
THREE = [
    "National rules for agency social work",
    "The national framework and its dashboard",
    "The strategy for children's social care",
]


def home(client: Client, day: str):
    return client.get("/", {"as_at": day} if day else {})


class TestClosing:
    def test_three_consultations_close_together(self, public: Client):
        page = main_of(home(public, COMMITTEE_DAY))
        closing = page.partition("Closes soon")[2].partition("All consultations")[0]

        assert "20 days left" in closing
        assert "All three close 11 May 2023 at 11:59pm" in closing
        assert [title for title in THREE if title not in closing] == []

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            pytest.param("2023-04-12", "No consultation closes in the 28 days from 12 April 2023", id="29-days"),
            pytest.param("2023-04-13", "28 days left", id="28-days"),
            pytest.param("2023-05-10", "1 day left", id="1-day"),
            pytest.param("2023-05-11", "0 days left", id="the-last-day"),
            pytest.param("2023-05-12", "No consultation closes in the 28 days from 12 May 2023", id="the-day-after"),
        ],
    )
    def test_days_left(self, public: Client, day: str, words: str):
        assert words in main_of(home(public, day))

    def test_next_moment_comes_first_and_the_other_in_a_group_of_its_own(self, public: Client):
        make_consultation(title="A later one", closes_on=date(2023, 5, 15))
        page = main_of(home(public, COMMITTEE_DAY))

        assert page.index("All three close 11 May 2023") < page.index("It closes 15 May 2023 at 11:59pm")
        assert "A later one" in page

    def test_every_one_leads_to_its_page(self, public: Client):
        links = links_of(home(public, COMMITTEE_DAY))

        for slug in ("agency-social-work", "national-framework-and-dashboard", "stable-homes-strategy"):
            assert f"/consultations/{slug}/?as_at=2023-04-21" in links


class TestAttention:
    def test_window_that_passed(self, public: Client):
        found = items_of(home(public, COMMITTEE_DAY), "Take detailed bids")

        assert found == ["Take detailed bids for the apprentice funding “March”, 21 days past"]

    @pytest.mark.parametrize("day", [COMMITTEE_DAY, "2024-01-15", "2025-08-15", "2026-11-01"])
    def test_list_it_leads_to_holds_the_same_and_what_stands_by_its_parts(self, public: Client, day: str):
        """The page and the list apply one rule, in two languages."""
        response = home(public, day)
        plan = Programme.objects.get(slug="stable-homes").commitments.all()
        rows = every(entries(plan, on=date.fromisoformat(day)))

        for name, outcome in (("passed", Outcome.PASSED), ("reported", Outcome.PASSED_REPORTED)):
            address = with_day(response.context[f"{name}_url"], date.fromisoformat(day)).replace("/?", ".json?")
            listed = {row["reference"] for row in public.get(address).json()["results"]}
            found = [row for row in rows if row.outcome is outcome]
            assert listed == {row.reference for row in found}
            assert response.context[f"{name}_count"] == len([row for row in found if not row.is_dated_by_parts])

    def test_what_is_reported_is_not_said_to_be_silent(self, public: Client):
        response = home(public, "2026-11-01")
        number = response.context["reported_count"]

        assert number > 5
        assert f"Of {number} more whose window has passed, something is reported" in main_of(response)
        assert "Of " not in main_of(home(public, COMMITTEE_DAY)).partition("Needs attention")[2].partition("Why")[0]

    def test_only_the_first_five_stand_here(self, public: Client):
        response = home(public, "2026-11-01")
        address = "/commitments/?programme=stable-homes&timing=passed&reported={}&as_at=2026-11-01"

        assert len(response.context["passed"]) == 5
        assert address.format("nothing") in links_of(response)
        assert address.format("something") in links_of(response)

    def test_silence_is_never_called_late(self, public: Client):
        page = main_of(home(public, "2026-11-01")).replace("is not “late”", "").replace("Met late", "")
        before, _reported, after = page.partition("Reported last")

        # What a source reports, it may call late.
        assert " late" not in before + after.partition("What became of every promise")[2]

    @pytest.mark.parametrize(
        ("day", "is_stale"), [("2023-04-21", False), ("2023-10-21", False), ("2023-10-22", True), ("2024-02-01", True)]
    )
    def test_position_goes_stale_after_its_review_day(self, public: Client, day: str, is_stale: bool):
        page = main_of(home(public, day))

        assert ("Lincolnshire 6 positions on Stable Homes: review was due by 21 October 2023" in page) == is_stale

    @pytest.mark.parametrize(("day", "is_stale"), [("2023-02-01", False), ("2023-02-02", True)])
    def test_position_goes_stale_when_the_government_answers(self, public: Client, day: str, is_stale: bool):
        """Blackpool wrote of what the review recommended before the strategy said what became of it."""
        page = main_of(home(public, day))

        assert ("Councils with positions gone stale" in page) == is_stale
        assert ("Blackpool 4 positions on Independent Review: " in page) == is_stale

    def test_consultation_promised_and_not_opened_needs_attention(self, public: Client):
        page = main_of(home(public, "2023-06-02"))
        dates, _head, attention = page.partition("Needs attention")

        assert "Promised consultation: window passed" in attention.partition("Six pillars")[0]
        assert "Promised consultation: window passed" not in dates

    def test_phase_that_began(self, public: Client):
        assert "Began 20 days ago, on 1 April 2023" in main_of(home(public, COMMITTEE_DAY))

    def test_windows_that_opened_are_counted_and_the_list_has_them(self, public: Client):
        """The pillars below show the same windows: they are not pushed down the page by them."""
        response = home(public, COMMITTEE_DAY)
        address = f"/flags/?kind=deadline_opening&as_at={COMMITTEE_DAY}"
        listed = public.get(address.replace("/?", ".json?")).json()["results"]

        assert listed
        assert f"Deadline: window opening: {len(listed)}" in main_of(response)
        assert address in links_of(response)

    def test_nothing_needs_attention_before_the_documents(self, public: Client):
        assert "Nothing on this day." in main_of(home(public, "2022-06-01"))


class TestGlance:
    def rows(self, client: Client, day: str = COMMITTEE_DAY) -> dict[str, list[str]]:
        return {row[0]: row[2:] for row in table_rows(home(client, day)) if len(row) == 10}

    def test_pillars_by_where_they_stand(self, public: Client):
        rows = self.rows(public)

        assert rows["1. Family help"] == ["8", "0", "0", "0", "3", "1", "4", "£45m"]
        assert rows["4. Children in care and care leavers"] == [
            "26",
            "0",
            "0",
            "0",
            "8",
            "3",
            "15",
            "£81m, 2 rates, 2 percentages, 1 sum not stated",
        ]
        assert rows["5. Social workers"][2] == "2"

    @pytest.mark.parametrize("day", [COMMITTEE_DAY, "2023-09-01", "2024-06-01", "2026-11-01"])
    def test_columns_add_up(self, public: Client, day: str):
        rows = self.rows(public, day)
        together = [int(cell) for cell in rows.pop("All together")[:7]]
        pillars = [[int(cell) for cell in cells[:7]] for name, cells in rows.items() if name[0].isdigit()]

        assert [sum(column) for column in zip(*pillars, strict=True)] == together
        assert all(cells[0] == sum(cells[1:]) for cells in (*pillars, together))

    def test_money_shows_its_working_and_leaves_the_headline_out(self, public: Client):
        page = main_of(home(public, COMMITTEE_DAY))

        assert self.rows(public)["All together"][-1] == "£135m, 2 rates, 2 percentages, 8 sums not stated"
        assert "£45m Families First for Children pathfinders + £30m" in page
        assert "£200m" not in page.partition("at a glance")[2].partition("What comes when")[0]

    def test_what_is_met_is_counted(self, public: Client):
        commitment = Programme.objects.get(slug="stable-homes").commitments.get(reference="SH-4-04")
        make_deadline(commitment, words="in 2023", known_on=date(2023, 4, 21))
        make_update(commitment, happened_on=date(2023, 4, 20), known_on=date(2023, 4, 21))

        assert self.rows(public)["4. Children in care and care leavers"][1] == "1"


class TestSchedule:
    def test_phases_and_what_comes_next(self, public: Client):
        page = main_of(home(public, COMMITTEE_DAY)).partition("What comes when")[2]

        assert "Phase one: test, and lay foundations “over the next two years”, 1 April 2023 to 31 March 2025" in page
        assert "Early adopters of the early career framework start “in Spring 2023”" in page
        assert "Detailed bids for social work apprentices" not in page

    def test_at_most_eight_milestones(self, public: Client):
        assert len(home(public, COMMITTEE_DAY).context["schedule"].milestones) == 8


class TestOtherDays:
    def test_today_offers_the_committees_day(self, public: Client):
        with time_machine.travel(datetime(2026, 11, 21, 12, tzinfo=UTC)):
            response = home(public, "")

        assert "/?as_at=2023-04-21" in links_of(response)
        assert "See it as it stood on 21 April 2023" in main_of(response)

    def test_past_day_offers_no_other(self, public: Client):
        assert "See it as it stood on" not in main_of(home(public, COMMITTEE_DAY))

    def test_before_the_plan(self, public: Client):
        page = main_of(home(public, "2020-01-01"))

        assert "The newest document recorded here is of 1 April 2019" in page
        assert "at a glance" not in page
        assert "All 151 councils" in page

    def test_before_any_document(self, public: Client):
        Source.objects.filter(known_on__lt=date(2020, 1, 2)).update(known_on=date(2020, 1, 2))
        page = main_of(home(public, "2020-01-01"))

        assert "No document recorded here had come out by this day." in page

    @pytest.mark.parametrize(("day", "count"), [("2023-02-02", 24), ("2023-03-01", 24), (COMMITTEE_DAY, 71)])
    def test_commitments_that_documents_had_listed(self, public: Client, day: str, count: int):
        """On its first day a news report lists 20, and four parts of others that only came out later."""
        assert f"6 pillars, {count} commitments" in main_of(home(public, day))

    def test_strategy_was_out_and_nothing_had_listed_its_commitments(self, public: Client):
        Commitment.objects.filter(programme__slug="stable-homes").update(known_on=date(2023, 4, 21))
        page = main_of(home(public, "2023-03-01"))

        assert "6 pillars, 0 commitments" in page

    def test_no_council_had_been_recorded(self, public: Client):
        assert "None recorded here by this day." in main_of(home(public, "2022-11-29"))

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ("2023-03-13", "is of 2 February 2023: Community Care."),
            ("2023-03-14", "is of 14 March 2023: LGA briefing."),
            (COMMITTEE_DAY, "is of 21 April 2023: Lincolnshire report."),
        ],
    )
    def test_newest_document(self, public: Client, day: str, words: str):
        assert f"The newest document recorded here {words}" in main_of(home(public, day))


def test_councils_are_found_by_name(public: Client):
    html = source_of(home(public, COMMITTEE_DAY))

    assert '<form class="app-find" action="/councils/" method="get">' in html
    assert 'name="q"' in html
    assert 'name="as_at" value="2023-04-21"' in html


def test_council_with_a_position_leads_to_it(public: Client):
    links = links_of(home(public, COMMITTEE_DAY))

    assert "/councils/lincolnshire/?as_at=2023-04-21" in links
    assert "/councils/lincolnshire/compare/stable-homes/?as_at=2023-04-21" in links


class TestReportedLast:
    AFTER = "2023-05-09"

    def test_newest_first_with_its_day_its_source_and_how_we_know(self, public: Client):
        promise = Commitment.objects.get(reference="SH-1-01")
        make_update(promise, happened_on=date(2023, 5, 1), summary="Begun.", status="under_way")
        make_update(promise, happened_on=date(2023, 5, 2), summary="Done.", date_basis="inferred")
        reported = main_of(home(public, self.AFTER)).partition("Reported last")[2].partition("Needs attention")[0]

        assert "Met, 2 May 2023 (day inferred by us). Done." in reported
        assert reported.index("Done.") < reported.index("Under way, 1 May 2023. Begun.")

    def test_no_more_than_a_few(self, public: Client):
        promise = Commitment.objects.get(reference="SH-1-01")
        for number in range(1, 9):
            make_update(promise, happened_on=date(2023, 5, number), summary=f"The {number}th.")
        page = main_of(home(public, self.AFTER))

        assert [f"The {number}th." in page for number in range(1, 9)] == [False] * 4 + [True] * 4

    def test_nothing_is_said_of_what_was_not_known(self, public: Client):
        make_update(Commitment.objects.get(reference="SH-1-01"), happened_on=date(2023, 4, 22), summary="Later.")

        assert "Later." not in main_of(home(public, COMMITTEE_DAY))

    def test_before_any_report_there_is_no_such_list(self, public: Client):
        assert "Reported last" not in main_of(home(public, "2022-06-01"))
