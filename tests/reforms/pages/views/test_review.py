"""The Review: its areas and what became of them, where the answers live on, and its missions beside those adopted."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from pillars.models import Commitment, Programme
from tests import builders as make
from tests.queries import count_queries
from tests.reforms.pages.reading import items_of, links_of, main_of, source_of, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = "2023-04-21"
REVIEW = "/programmes/independent-review/"
AREA = f"{REVIEW}pillars/4/"
BEFORE = "2022-12-01"
"""Blackpool had outlined the recommendations, and nobody had answered."""
MOST = 12


def ask(client: Client, address: str, day: str = DAY):
    return client.get(address, {"as_at": day})


def row_of(response, start: str, width: int) -> list[str]:
    """The first row that begins so, of a table of so many columns."""
    return next(row for row in table_rows(response) if row[0].startswith(start) and len(row) == width)


class TestAreas:
    @pytest.mark.parametrize(
        ("area", "counts"),
        [
            pytest.param("1.", [6, 0, 2, 2, 0, 0, 0, 2], id="family help"),
            pytest.param("4.", [14, 1, 4, 1, 2, 0, 2, 4], id="homes"),
            pytest.param("No one area", [6, 0, 3, 0, 0, 0, 0, 3], id="no one area"),
            pytest.param("All together", [81, 17, 19, 11, 9, 5, 4, 16], id="all"),
        ],
    )
    def test_counts_by_answer(self, public: Client, area: str, counts: list[int]):
        assert row_of(ask(public, REVIEW), area, 9)[1:] == [str(number) for number in counts]

    def test_a_sentence_for_each(self, public: Client):
        said = row_of(ask(public, REVIEW), "4.", 9)[0]

        assert said == "4. Homes and voice 8 of 14 taken up in some form, 2 rejected, 4 not mentioned."

    def test_leads_to_the_areas_and_to_every_answer(self, public: Client):
        links = links_of(ask(public, REVIEW))

        assert [f"{REVIEW}pillars/{number}/?as_at={DAY}" in links for number in range(1, 8)] == [True] * 7
        assert f"/verdicts/?programme=independent-review&as_at={DAY}" in links

    def test_timing_is_not_counted(self, public: Client):
        words = main_of(ask(public, REVIEW))

        assert "Nothing reported" not in words
        assert "No date given" not in words.partition("Phases and milestones")[0]

    def test_before_any_answer(self, public: Client):
        page = ask(public, REVIEW, BEFORE)

        assert row_of(page, "4.", 2) == ["4. Homes and voice No answer was known by this day.", "14"]
        assert "Not mentioned" not in main_of(page)
        assert "SH-" not in source_of(page)

    def test_before_any_recommendation_was_listed(self, public: Client):
        page = ask(public, REVIEW, "2022-06-01")

        assert row_of(page, "4.", 2) == ["4. Homes and voice None was listed one by one by this day.", "0"]
        assert "Asked for None was listed one by one by this day." in main_of(ask(public, AREA, "2022-06-01"))


class TestCrosswalk:
    """Counted by hand in fixtures/plan/independent-review.yaml: whole recommendations only."""

    @pytest.mark.parametrize(
        ("area", "cells"),
        [
            pytest.param("2.", ["3", "9", "0", "1", "0", "0", "1", "4"], id="child protection"),
            pytest.param("4.", ["0", "0", "0", "10", "0", "0", "0", "4"], id="homes"),
        ],
    )
    def test_cells(self, public: Client, area: str, cells: list[str]):
        row = [re.sub(r" recommendations?, .*", "", cell) for cell in self.rows(public, area)]

        assert row == cells

    def rows(self, client: Client, area: str) -> list[str]:
        page = ask(client, REVIEW)
        return table_rows_after(page, "Where the answers live on", area)

    def test_each_cell_leads_to_what_it_counts(self, public: Client):
        html = source_of(ask(public, REVIEW))
        cells = re.findall(r'<a href="(/verdicts/[^"]*carried=[^"]*)">(\d+)<', html)

        assert len(cells) == 24
        for url, number in cells:
            plain = url.replace("&amp;", "&").replace("/verdicts/", "/verdicts.json")
            assert public.get(plain).json()["count"] == int(number), url

    def test_says_that_one_may_stand_in_several(self, public: Client):
        assert "counts in each of them, as 4 do: a line may come to more than its area." in main_of(ask(public, REVIEW))

    def test_cell_says_in_words_what_it_counts(self, public: Client):
        assert "10 recommendations, 4. Homes and voice, carried by 4. Children in care" in main_of(ask(public, REVIEW))

    def test_before_the_strategy_there_is_none(self, public: Client):
        assert "Where the answers live on" not in main_of(ask(public, REVIEW, BEFORE))

    def test_strategy_leads_to_it(self, public: Client):
        assert f"{REVIEW}?as_at={DAY}#crosswalk" in links_of(ask(public, "/programmes/stable-homes/"))


def table_rows_after(page, heading: str, start: str) -> list[str]:
    """The other cells of the row that begins so, in the table under a heading."""

    class After:
        content = source_of(page).partition(heading)[2].encode()

    return next(row[1:] for row in table_rows(After) if row[0].startswith(start))


class TestMissions:
    def test_five_proposed_have_their_places(self, public: Client):
        html = source_of(ask(public, REVIEW))

        assert [html.count(f'id="mission-{number}"') for number in range(1, 7)] == [1, 1, 1, 1, 1, 0]

    def test_six_adopted_with_targets_and_years(self, public: Client):
        words = main_of(ask(public, REVIEW))

        assert "Proposed by the review: 5" in words
        assert "Adopted by the strategy: 6" in words
        assert "Measured by: 3,500 jobs and twice the apprenticeships" in words
        assert "No year is given." in words.partition("Mission 6. Health")[2]

    def test_answer_to_each(self, public: Client):
        [second] = items_of(ask(public, REVIEW), "Mission 2. Good education")

        assert "IR-5-01b Adapted, inferred by us" in second
        assert "Mission 4 of the strategy joins it with work." in second

    def test_before_the_strategy(self, public: Client):
        words = main_of(ask(public, REVIEW, BEFORE))

        assert "No mission of the strategy was known by this day." in words
        assert "Mission 2. Good education" in words
        assert "Measured by: 3,500 jobs" not in words


class TestArea:
    def test_says_how_many_were_answered_how(self, public: Client):
        said = "14 recommendations: 1 accepted; 4 adapted; 1 to be tested; 2 consulting; 2 rejected; 4 not mentioned."

        assert said in main_of(ask(public, AREA))

    def test_row_has_its_answer_and_what_carries_it_in_place_of_a_date(self, public: Client):
        page = ask(public, AREA)
        words = main_of(page)

        assert "IR-4-02 Set up regional care cooperatives" in words
        assert "To be tested “initially be tested in two pathfinder areas” Carried by SH-4-04" in words
        assert "app-window" not in source_of(page)
        assert "app-axis" not in source_of(page)

    def test_carrier_says_where_it_stands(self, public: Client):
        assert items_of(ask(public, f"{REVIEW}pillars/1/"), r"^SH-1-01 ")[0] == "SH-1-01 Window open"

    def test_part_has_its_own_answer(self, public: Client):
        [part] = items_of(ask(public, AREA), r"^IR-4-02c ")

        assert part.endswith("Adapted, inferred by us")

    def test_leads_to_the_list(self, public: Client):
        assert f"/verdicts/?programme=independent-review&pillar=4&as_at={DAY}" in links_of(ask(public, AREA))

    def test_council_s_words_stand_beside(self, public: Client):
        words = main_of(ask(public, AREA))

        assert "Blackpool’s current position" in words
        assert 'href="#beside"' in source_of(ask(public, AREA))

    def test_before_any_answer(self, public: Client):
        page = ask(public, AREA, BEFORE)
        words = main_of(page)

        assert "14 recommendations. No answer was known by this day." in words
        assert "Not mentioned" not in words
        assert "SH-" not in source_of(page)
        assert "No date given" not in words

    def test_between_two_documents(self, public: Client):
        """The news report had come out, and the briefing had not."""
        words = main_of(ask(public, f"{REVIEW}pillars/1/", "2023-02-10"))

        assert "6 recommendations: 1 adapted; 2 to be tested; 3 without an answer known by this day." in words

    def test_money_is_what_a_source_names(self, public: Client):
        assert "Money named Family help over five years: £2bn (context)" in main_of(ask(public, f"{REVIEW}pillars/1/"))
        assert "Money named Not stated" in main_of(ask(public, AREA))

    def test_nothing_that_was_written_becomes_markup(self, public: Client):
        programme = make.make_programme(kind="review", pillar_noun="area")
        asked = make.make_commitment(
            pillar=make.make_pillar(programme), kind=Commitment.Kind.RECOMMENDATION, title="Do <i>it</i>"
        )
        make.make_verdict(asked, words="<b>we</b> accept it")
        html = source_of(ask(public, f"{programme.get_absolute_url()}pillars/{asked.pillar.number}/"))

        assert "“&lt;b&gt;we&lt;/b&gt; accept it”" in html
        assert "<i>it" not in html


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(
            DAY,
            "81 recommendations: 17 accepted; 19 adapted; 11 to be tested; 9 consulting; 5 to explore; 4 rejected;"
            " 16 not mentioned.",
            id="answered",
        ),
        pytest.param(BEFORE, "74 recommendations. No answer was known by this day.", id="before any answer"),
    ],
)
def test_index_counts_answers(public: Client, day: str, words: str):
    assert words in main_of(ask(public, "/programmes/", day))


class TestListOfCommitments:
    def test_recommendations_have_their_answers(self, public: Client):
        words = main_of(public.get(f"/commitments/?programme=independent-review&pillar=4&as_at={DAY}"))

        assert "IR-4-10" in words
        assert "No date given" not in words.partition("Sorted by")[2]
        assert "Rejected" in words

    def test_before_any_answer(self, public: Client):
        words = main_of(public.get(f"/commitments/?programme=independent-review&pillar=4&as_at={BEFORE}"))

        assert words.count("No answer was known by this day") >= 14
        assert "Rejected" not in words

    def test_one_with_a_date_keeps_its_window(self, public: Client):
        words = main_of(public.get(f"/commitments/?programme=independent-review&q=IR-0-06&as_at={DAY}"))

        assert "“over 4 years” 1 April 2022 to 31 March 2026 Window open" in words
        assert "Adapted" in words

    def test_area_without_dates_has_no_axis(self, public: Client):
        html = source_of(public.get(f"/commitments/?programme=independent-review&pillar=3&as_at={DAY}"))

        assert "app-axis" not in html
        assert "app-axis" in source_of(public.get(f"/commitments/?programme=independent-review&pillar=4&as_at={DAY}"))

    @pytest.mark.parametrize(
        "query", ["", "programme=independent-review", "programme=independent-review&q=care&sort=due"]
    )
    def test_asks_little(self, public: Client, query: str):
        assert counted(public, f"/commitments/?{query}") <= MOST


# Cost


class World:
    """A review, a strategy and a council that can grow."""

    def __init__(self) -> None:
        self.review = make.make_programme(kind="review", pillar_noun="area", pillar_noun_plural="areas")
        self.area = make.make_pillar(self.review)
        self.strategy = Programme.objects.get(slug="stable-homes")
        self.council = make.make_council().organisation
        self.position = make.make_version(make.make_position(self.council, self.area), published_on=date(2023, 4, 1))

    def grow(self, times: int) -> None:
        for _ in range(times):
            for area in (self.area, make.make_pillar(self.review), None):
                whole = self.ask_for(area)
                self.ask_for(area, parent=whole)

    def ask_for(self, area, **values) -> Commitment:
        asked = make.make_commitment(self.review, pillar=area, kind=Commitment.Kind.RECOMMENDATION, **values)
        make.make_deadline(asked)
        make.make_funding(asked, role="asked")
        verdict = make.make_verdict(asked, programme=self.strategy)
        promised = make.make_commitment(self.strategy)
        make.make_deadline(promised)
        verdict.carried_by.add(promised)
        for fact in (asked, verdict):
            fact.citations.add(make.make_citation())
        return asked


def counted(client: Client, address: str) -> int:
    """What it asks, besides what is asked once for each state of the data."""
    client.get("/about/dates/")
    return count_queries(lambda: ask(client, address))


@pytest.mark.parametrize("page", ["area", "review", "index", "list"])
def test_queries_do_not_grow_with_rows(public: Client, page: str):
    world = World()
    address = {
        "area": world.area.get_absolute_url(),
        "review": world.review.get_absolute_url(),
        "index": "/programmes/",
        "list": "/commitments/",
    }[page]
    world.grow(2)
    few = counted(public, address)
    world.grow(15)

    assert counted(public, address) == few
    assert few <= MOST or page == "review"


@pytest.mark.parametrize("area", range(1, 8))
def test_area_with_the_real_plan(public: Client, django_assert_max_num_queries, area: int):
    public.get("/about/dates/")
    with django_assert_max_num_queries(MOST):
        ask(public, f"{REVIEW}pillars/{area}/")
