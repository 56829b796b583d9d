"""The page of changes, its twins, and the sheet for a committee's meeting, over the wire."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client

from reforms.alerts.feeds.told import ChangeKind
from reforms.reports.changes.kinds import HEADINGS, ORDER
from reforms.reports.models import Committee, CommitteeAction, CommitteeReport
from tests.builders import make_commitment, make_update, make_version
from tests.queries import count_queries
from tests.reforms.pages.reading import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2023, 4, 21)
CANARY = "KNOWN-ONLY-TO-US"
MOST_QUERIES = 45


def page(public: Client, query: str = "", status: int = 200) -> str:
    response = public.get(f"/changes/{query}")
    assert response.status_code == status
    return source_of(response)


class TestChanges:
    def test_without_a_day_it_tells_the_last_28(self, public):
        html = page(public, "?as_at=2023-04-21")

        assert "after 24 March 2023, up to and including 21 April 2023" in html

    def test_it_groups_by_kind_and_counts(self, public):
        html = page(public, "?since=2023-04-21&as_at=2026-11-01")
        rows = public.get("/changes.csv?since=2023-04-21&as_at=2026-11-01").content.decode("utf-8-sig")
        kinds = [row["kind"] for row in csv.DictReader(io.StringIO(rows))]

        assert f"<strong>{len(kinds)} changes</strong>" in html
        for kind in {ChangeKind(each) for each in kinds[:50]}:
            assert HEADINGS[kind] in html
        assert kinds == sorted(kinds, key=[each.value for each in ORDER].index)

    def test_what_did_not_happen_is_said(self, public):
        html = page(public, "?since=2020-01-01&as_at=2020-01-02")

        assert html.count('app-overview__count">none<') == len(ChangeKind) - 1
        assert html.count('app-overview__count">listed apart<') == 1
        assert "Nothing changed in this time" in html

    def test_one_kind_alone(self, public):
        query = "?since=2023-04-21&as_at=2026-11-01&kind=met"
        found = public.get(f"/changes.json{query}").json()

        assert found["count"] == len(found["results"]) > 0
        assert {row["kind"] for row in found["results"]} == {"met"}
        assert f"{found['count']} change" in page(public, query)

    @pytest.mark.parametrize(
        ("query", "is_told"),
        [("", False), ("&council=lincolnshire", True), ("&kind=position-stale", True), ("&kind=met", False)],
    )
    def test_what_went_stale_is_told_of_one_council_or_apart(self, public, query, is_told):
        """As with flags: among those of 150 councils everything else would drown."""
        whole = f"?since=2023-05-01&as_at=2026-11-01{query}"
        kinds = {
            row["kind"]
            for row in csv.DictReader(io.StringIO(public.get(f"/changes.csv{whole}").content.decode("utf-8-sig")))
        }

        assert ("position-stale" in kinds) is is_told
        assert (">listed apart<" in page(public, whole)) is not is_told

    def test_the_twins_hold_the_same(self, public):
        query = "?since=2023-04-21&as_at=2026-11-01&programme=stable-homes"
        rows = csv.DictReader(io.StringIO(public.get(f"/changes.csv{query}").content.decode("utf-8-sig")))
        results, url = [], f"/changes.json{query}"
        while url:
            found = public.get(url).json()
            results += found["results"]
            url = found["next"]

        assert [row["reference"] for row in rows] == [row["reference"] for row in results]
        assert found["count"] == len(results) > 50
        assert list(results[0]) == ["kind", "reference", "day", "title", "summary", "path"]

    def test_a_pillar_alone_is_one_of_the_strategy(self, public):
        query = "since=2023-04-21&as_at=2026-11-01&pillar=4"
        alone = public.get(f"/changes.json?{query}").json()["results"]

        assert alone == public.get(f"/changes.json?{query}&programme=stable-homes").json()["results"]
        assert {row["reference"][:4] for row in alone if row["kind"] in ("met", "passed", "progress")} == {"SH-4"}

    def test_a_council(self, public):
        found = public.get("/changes.json?since=2023-04-20&as_at=2023-04-21&council=lincolnshire").json()

        assert {row["kind"] for row in found["results"]} >= {"position"}
        assert all("incolnshire" in row["title"] + row["path"] for row in found["results"])

    @pytest.mark.parametrize(
        ("query", "at_fault"),
        [
            pytest.param("colour=red", ["colour"], id="unknown parameter"),
            pytest.param("since=yesterday", ["since"], id="no day"),
            pytest.param("since=2023-02-30", ["since"], id="no real day"),
            pytest.param("since=2023-04-22&as_at=2023-04-21", ["since"], id="a day to come"),
            pytest.param("since=2023-04-21&since=2023-04-22", ["since"], id="two days"),
            pytest.param("programme=x", ["programme"], id="unknown programme"),
            pytest.param("programme=stable-homes&as_at=2020-01-01", ["programme"], id="not known by the day"),
            pytest.param("pillar=99", ["pillar"], id="unknown pillar"),
            pytest.param("pillar=four", ["pillar"], id="no number"),
            pytest.param("council=narnia", ["council"], id="unknown council"),
            pytest.param("council=department-for-education", ["council"], id="no council"),
            pytest.param("council=kent&council=blackpool", ["council"], id="two councils"),
            pytest.param("kind=gossip", ["kind"], id="unknown kind"),
            pytest.param("council=%00", ["council"], id="NUL"),
            pytest.param("council=" + "x" * 10_000, ["council"], id="10 kB"),
            pytest.param("page=0", ["page"], id="no such page"),
            pytest.param("sort=day", ["sort"], id="unknown order"),
        ],
    )
    def test_what_it_does_not_understand_it_refuses(self, public, query, at_fault):
        response = public.get(f"/changes.json?{query}")

        assert response.status_code == 400
        assert list(response.json()["errors"]) == at_fault
        assert "There is a problem" in page(public, f"?{query}", 400)

    @pytest.mark.parametrize("query", ["since=", "programme=&council=", "kind=&pillar="])
    def test_what_is_left_blank_asks_for_nothing(self, public, query):
        assert public.get(f"/changes.json?{query}").content == public.get("/changes.json").content

    def test_the_feed_of_the_same_is_named(self, public):
        assert 'href="/changes.atom?programme=stable-homes&amp;pillar=4"' in page(public, "?pillar=4")
        assert 'href="/changes.atom"' in page(public, "?pillar=4&pillar=5")

    def test_a_draft_changes_nothing(self, public):
        before = public.get("/changes.csv?since=2023-04-01").content
        make_version(state="draft", published_on=None, known_on=DAY, text=CANARY)

        assert public.get("/changes.csv?since=2023-04-01").content == before

    def test_it_asks_a_fixed_number_of_questions(self, public):
        query = "?since=2023-01-01"
        before = count_queries(lambda: page(public, query))
        for _ in range(30):
            make_version(published_on=date(2026, 1, 1))
            make_update(make_commitment(), known_on=date(2026, 1, 1))

        assert count_queries(lambda: page(public, query)) <= before + 1 <= MOST_QUERIES


@pytest.fixture
def committee(db):
    from pillars.models import Organisation

    lincolnshire = Organisation.objects.get(slug="lincolnshire")
    return Committee.objects.create(organisation=lincolnshire, slug="children", name="Children’s Scrutiny")


def act(committee: Committee, meeting_on: date) -> CommitteeAction:
    number = committee.actions.count() + 1
    return CommitteeAction.objects.create(
        committee=committee, number=number, meeting_on=meeting_on, wording="Tell us.", due_on=date(2030, 1, 1),
        due_rule="committee",
    )  # fmt: skip


def report(committee: Committee, meeting_on: date, published_on: date | None, **values) -> CommitteeReport:
    from pillars.models import Programme

    defaults = {
        "organisation": committee.organisation,
        "number": CommitteeReport.objects.count() + 1,
        "committee": committee,
        "programme": Programme.objects.get(slug="stable-homes"),
        "layout": "scrutiny",
        "depth": "headline",
        "meeting_on": meeting_on,
        "as_at": meeting_on,
        "subject": CANARY,
    }
    if published_on:
        at = f"{published_on}T09:00:00Z"
        defaults |= {
            "state": "published", "published_on": published_on, "published_at": at, "frozen": {}, "digest": "d",
        }  # fmt: skip
    return CommitteeReport.objects.create(**defaults | values)


class TestCommitteeSince:
    ADDRESS = "/committees/lincolnshire/children/since/"

    def sheet(self, public: Client, query: str = "", status: int = 200) -> str:
        response = public.get(f"{self.ADDRESS}{query}")
        assert response.status_code == status
        return source_of(response)

    def test_where_no_meeting_is_recorded_it_says_so(self, public, committee):
        html = self.sheet(public)

        assert "No earlier meeting is recorded here" in html
        assert "app-brief" not in html

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            pytest.param("", "after 21 April 2024, up to and including", id="the last meeting"),
            pytest.param("?meeting=2024-04-21", "after 21 April 2023, up to and including 21 April 2024", id="meeting"),
            pytest.param("?as_at=2024-04-20", "after 21 April 2023, up to and including 20 April 2024", id="a day"),
            pytest.param("?since=2024-01-01&meeting=2024-04-21", "after 1 January 2024, up to and", id="a day given"),
        ],
    )  # fmt: skip
    def test_since_the_meeting_before(self, public, committee, query, words):
        act(committee, date(2023, 4, 21))
        report(committee, date(2024, 4, 21), date(2024, 4, 10))

        assert words in self.sheet(public, query)

    @pytest.mark.parametrize(
        "values",
        [
            pytest.param({"published_on": None}, id="a draft"),
            pytest.param({"published_on": None, "state": "discarded"}, id="discarded"),
            pytest.param({"published_on": date(2025, 1, 1)}, id="published after the day"),
        ],
    )
    def test_a_report_that_nobody_could_read_tells_of_no_meeting(self, public, committee, values):
        report(committee, date(2024, 4, 21), **values)
        html = self.sheet(public, "?as_at=2024-06-01")

        assert "No earlier meeting is recorded here" in html
        assert CANARY not in html

    def test_it_tells_the_plan_and_what_the_organisation_says_and_nobody_else(self, public, committee):
        act(committee, date(2023, 2, 1))
        other = make_version(published_on=date(2023, 4, 1))
        html = self.sheet(public, "?meeting=2023-04-22")

        assert "Lincolnshire: position published" in html
        assert "Consultations opened" in html
        assert other.position.organisation.name not in html

    def test_it_asks_about_the_pillars_of_the_last_report(self, public, committee):
        made = report(committee, date(2023, 4, 21), date(2023, 4, 10))
        made.pillars.set(made.programme.pillars.filter(number=4))

        assert "programme=stable-homes&amp;pillar=4" in self.sheet(public)

    @pytest.mark.parametrize(
        "query",
        [
            "?meeting=soon",
            "?since=2023-02-30",
            "?since=2999-01-01",
            "?since=2024-01-01&meeting=2023-01-01",
            "?colour=red",
        ],
    )
    def test_what_it_does_not_understand_it_refuses(self, public, committee, query):
        assert "There is a problem" in self.sheet(public, query, 400)

    @pytest.mark.parametrize("address", ["lincolnshire/none", "kent/children"])
    def test_an_unknown_committee(self, public, committee, address):
        assert public.get(f"/committees/{address}/since/").status_code == 404

    def test_it_asks_a_fixed_number_of_questions(self, public, committee):
        act(committee, date(2023, 1, 1))
        before = count_queries(lambda: self.sheet(public))
        for _ in range(30):
            make_version(published_on=date(2026, 1, 1))
            make_update(make_commitment(), known_on=date(2026, 1, 1))

        assert count_queries(lambda: self.sheet(public)) <= before <= MOST_QUERIES
