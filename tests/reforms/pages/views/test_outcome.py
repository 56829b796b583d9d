"""Promise and outcome, with the plan that is loaded and with programmes of its own."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from pillars.ledger import entries
from pillars.models import Programme
from tests.builders import make_commitment, make_deadline, make_pillar, make_programme, make_update
from tests.reforms.pages.reading import links_of, main_of, source_of, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STRATEGY, RULES, FRAMEWORK = (
    *("/programmes/stable-homes/outcome/", "/programmes/agency-rules/outcome/"),
    "/programmes/national-framework/outcome/",
)
COMMITTEE_DAY, LATER, TODAY = "2023-04-21", "2024-06-01", "2026-11-21"


def ask(client: Client, address: str, day: str = COMMITTEE_DAY):
    return client.get(address, {"as_at": day})


def cells(page) -> list[tuple[str, int]]:
    """The address and the figure of every cell that leads to something."""
    found = re.findall(r'class="app-outcome__n" href="([^"]*)">(\d+)<', source_of(page))
    return [(unescape(url), int(number)) for url, number in found]


class TestTables:
    @pytest.mark.parametrize("day", [pytest.param(COMMITTEE_DAY, marks=pytest.mark.long), LATER, TODAY])
    @pytest.mark.parametrize("address", [STRATEGY, pytest.param(RULES, marks=pytest.mark.long)])
    def test_every_figure_is_what_the_list_it_leads_to_counts(self, public: Client, address: str, day: str):
        found = cells(ask(public, address, day))

        assert len(found) > 5
        for url, number in found:
            assert public.get(url.replace("/commitments/", "/commitments.json")).json()["count"] == number, url

    @pytest.mark.parametrize("day", [COMMITTEE_DAY, LATER, TODAY])
    @pytest.mark.parametrize("slug", ["stable-homes", "agency-rules", "national-framework"])
    def test_both_sums_are_the_number_of_whole_commitments(self, public: Client, slug: str, day: str):
        programme = Programme.objects.get(slug=slug)
        tables = ask(public, f"/programmes/{slug}/outcome/", day).context["tables"]
        wholes = entries(programme.commitments.all(), on=date.fromisoformat(day), is_cited=False)

        assert len(tables) == (2 if programme.pillar_noun else 1)
        for table in tables:
            assert table.total.number == sum(line.number for line in table.lines) == len(wholes)
            for line in (*table.lines, table.total):
                assert sum(cell.number for cell in line.cells) == line.number

    def test_on_the_committees_day_nothing_was_met(self, public: Client):
        page = ask(public, STRATEGY)

        assert "Met None reported as met by this day" in main_of(page)
        assert "Passed 3 windows passed: 3 with nothing reported" in main_of(page)
        assert page.context["counts"].met == 0
        assert "Nothing recorded here by 21 April 2023 reports that a promise was met after" in main_of(page)

    def test_cells_read_whole(self, public: Client):
        rows = {row[0]: row[1:] for row in table_rows(ask(public, STRATEGY))}

        assert rows["1. Family help"][0] == "8 commitments, 1. Family help"
        assert rows["5. Social workers"][3] == "2 commitments, 5. Social workers, window passed, nothing reported"
        assert rows["No one pillar"][0] == "11 commitments, No one pillar"

    def test_before_it_was_known(self, public: Client):
        assert ask(public, STRATEGY, "2023-02-01").status_code == 404

    def test_links_keep_the_day(self, public: Client):
        links = [each for each in links_of(ask(public, STRATEGY)) if each.startswith("/commitments/")]

        assert [each for each in links if "as_at=2023-04-21" not in each] == []


class TestLists:
    def test_only_what_is_met_is_called_late(self, public: Client):
        response = ask(public, STRATEGY, TODAY)
        page, counts = main_of(response), response.context["counts"]

        assert page.count(" days after the last day of its window") == 3
        assert f"{counts.met} reported as met, none of them late; 3 parts were met late" in page
        assert (counts.late, len(response.context["told"].late)) == (0, 3)
        assert counts.passed_words in page

    def test_what_was_reported_is_not_called_silent(self, public: Client):
        """The pathfinders were reported under way, and the early career framework changed."""
        counts = ask(public, STRATEGY, TODAY).context["counts"]

        assert counts.by_status["changed"] == 1
        assert counts.by_status["under_way"] == counts.reported - 1 > 5
        assert counts.silent > counts.reported

    def test_late_stands_before_what_was_met_in_time(self, public: Client):
        page = main_of(ask(public, STRATEGY, TODAY))
        late, _, rest = page.partition("Met in time Met by the last day of its window")

        assert "SH-2-02b Consult on updates to Working Together Promised “in Spring 2023”: 1 March to 31" in late
        assert "Met on 21 June 2023, 21 days after the last day of its window" in late
        assert "SH-4-13a" in rest
        assert "SH-4-13a" not in late

    def test_what_slipped_is_told_in_the_words_of_its_report(self, public: Client):
        page = main_of(ask(public, RULES, TODAY))

        assert "Slipped 1 AR-1 Use only procurement routes" in page
        assert "AR-8 Make a data return every quarter 25 October 2023 (day inferred by us):" in page


class TestOtherProgrammes:
    def test_review_promises_nothing(self, public: Client):
        answer = ask(public, "/programmes/independent-review/outcome/")

        assert (answer.status_code, answer["Location"]) == (302, "/programmes/independent-review/?as_at=2023-04-21")

    def test_without_pillars_there_is_one_table(self, public: Client):
        page = ask(public, RULES, TODAY)

        assert [table.noun for table in page.context["tables"]] == ["wording"]
        assert "3 reported as met, late" in main_of(page)

    def test_undated(self, public: Client):
        assert "11 enablers" not in main_of(ask(public, FRAMEWORK))
        assert ask(public, FRAMEWORK).context["dated"] == 0

    def test_empty(self, public: Client):
        programme = make_programme(title="Bare")
        page = main_of(ask(public, f"/programmes/{programme.slug}/outcome/"))

        assert "Nothing to count on this day" in page
        assert "By wording" not in page

    def test_pillars_without_a_commitment(self, public: Client):
        programme = make_programme()
        make_pillar(programme, number=1, title="Empty")
        make_commitment(programme)
        rows = table_rows(ask(public, f"/programmes/{programme.slug}/outcome/"))

        assert ["1. Empty", "0", "0", "0", "0", "0", "0", "0", "0", "0"] in rows

    def test_met_late_as_a_whole(self, public: Client):
        programme = make_programme()
        for happened_on in (date(2023, 3, 1), date(2023, 4, 2)):
            due = make_deadline(make_commitment(programme), words="in March", latest=date(2023, 3, 31))
            make_update(due.commitment, happened_on=happened_on)
        page = main_of(ask(public, f"/programmes/{programme.slug}/outcome/"))

        assert "2 reported as met, 1 of them late" in page
        assert "Met on 2 April 2023, 2 days after the last day of its window" in page

    def test_unknown(self, public: Client):
        assert ask(public, "/programmes/unstable-homes/outcome/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/", "/programmes/stable-homes/", "/programmes/stable-homes/pillars/4/"],
)
def test_pages_that_count_lead_here(public: Client, address: str):
    assert f"{STRATEGY}?as_at=2023-04-21" in links_of(ask(public, address))


@pytest.mark.parametrize(("address", "leads"), [("agency-rules", True), ("national-framework", False)])
def test_programme_without_pillars_leads_here_where_anything_is_dated(public: Client, address: str, leads: bool):
    links = links_of(ask(public, f"/programmes/{address}/", TODAY))

    assert (f"/programmes/{address}/outcome/?as_at={TODAY}" in links) == leads
