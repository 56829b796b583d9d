"""The programmes, and one programme with its pillars, phases, milestones and money."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from pillars.models import Commitment, Programme
from tests.builders import make_commitment, make_funding, make_programme
from tests.reforms.pages.reading import links_of, main_of, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = {"as_at": "2023-04-21"}
SLUGS = ["stable-homes", "independent-review", "national-framework", "agency-rules"]


class TestProgrammes:
    def words(self, client: Client, day: str = "2023-04-21") -> str:
        return main_of(client.get("/programmes/", {"as_at": day}))

    def test_all_four(self, public: Client):
        links = links_of(public.get("/programmes/", DAY))

        assert [f"/programmes/{slug}/?as_at=2023-04-21" in links for slug in SLUGS] == [True] * 4

    @pytest.mark.parametrize(
        "words",
        [
            "82 commitments: ",
            "81 recommendations: ",
            "11 expectations: 11 no date given.",
            "10 rules: ",
            "Department for Education, 2 February 2023",
        ],
    )
    def test_says(self, public: Client, words: str):
        assert words in self.words(public)

    def test_nothing_of_it_is_listed(self, public: Client):
        make_programme(commitment_noun_plural="hopes")

        assert "None of its hopes is listed one by one in a document recorded here." in self.words(public)

    def test_before_anything(self, public: Client):
        assert "No programme was known by this day." in self.words(public, "2020-06-01")

    def test_strategy_was_known_from_its_own_day(self, public: Client):
        assert "Stable Homes" in self.words(public, "2023-02-02")
        assert "Stable Homes" not in self.words(public, "2023-02-01")

    def test_review_was_known_from_its_own_day(self, public: Client):
        assert "Independent Review" in self.words(public, "2022-05-23")


class TestProgramme:
    def ask(self, client: Client, slug: str = "stable-homes", **query: str):
        return client.get(f"/programmes/{slug}/", {**DAY, **query})

    @pytest.mark.parametrize("slug", SLUGS)
    def test_page_of_each(self, public: Client, slug: str):
        response = self.ask(public, slug)

        assert response.status_code == 200
        assert Programme.objects.get(slug=slug).lede in main_of(response)

    def test_six_pillars(self, public: Client):
        links = links_of(self.ask(public))

        assert [f"/programmes/stable-homes/pillars/{n}/?as_at=2023-04-21" in links for n in range(1, 7)] == [True] * 6

    def test_headline_stands_apart_from_the_itemised_sums(self, public: Client):
        words = main_of(self.ask(public))

        assert "£200m Reform over two years “£200m over the next two years”, headline" in words
        assert [row[-1] for row in table_rows(self.ask(public)) if row[0] == "All together"] == [
            "£135m, 2 rates, 2 percentages, 8 sums not stated"
        ]

    def test_phases_and_every_milestone_in_the_order_of_time(self, public: Client):
        words = main_of(self.ask(public)).partition("Phases and milestones")[2]
        titles = [
            "Detailed bids for social work apprentices",
            "Early adopters of the early career framework start",
            "Consultation on corporate parenting",
            "The kinship care strategy is published",
            "The training and support for kinship carers is paid for",
            "The national framework is implemented",
            "Phase one ends",
            "All initial education routes for social workers are inspected",
        ]
        places = [words.find(title) for title in titles]

        assert -1 not in places
        assert places == sorted(places)

    def test_aims_that_belong_to_no_pillar(self, public: Client):
        words = main_of(self.ask(public))

        assert [f"SH-0-{n:02}" in words for n in range(1, 12)] == [True] * 11

    @pytest.mark.parametrize(
        ("slug", "headings"),
        [("national-framework", ["Outcome", "Enabler", "Principle"]), ("agency-rules", ["Rule", "Commitment"])],
    )
    def test_kinds_stand_in_groups(self, public: Client, slug: str, headings: list[str]):
        groups = [title for title, _rows in self.ask(public, slug).context["groups"]]

        assert all(any(group.startswith(heading) for group in groups) for heading in headings)
        assert len(groups) == len(set(groups)) == len(headings)

    def test_framework_keeps_its_count(self, public: Client):
        words = main_of(self.ask(public, "national-framework"))

        assert len(set(re.findall(r"NF-[OPE]\d", words))) == 11

    def test_eight_rules_with_their_details(self, public: Client):
        words = main_of(self.ask(public, "agency-rules"))

        assert [f"AR-{n}" in words for n in range(1, 9)] == [True] * 8
        assert "AR-8h Sign a data sharing agreement" in words
        assert "“By spring 2024” by 31 May 2024" in words

    def test_consultations(self, public: Client):
        words = main_of(self.ask(public)).partition("Consultations")[2]

        assert "The strategy for children's social care closes 11 May 2023 at 11:59pm" in words
        assert "Stronger and wider corporate parenting promised “in Autumn 2023”" in words
        assert "A wider role for virtual school heads promised, no date given" in words

    def counted(self, client: Client, day: str) -> list[str]:
        """How many commitments of pillar 1 the table counts."""
        return [row[2] for row in table_rows(self.ask(client, as_at=day)) if row[0].startswith("1.")]

    def test_lists_what_documents_of_the_day_list(self, public: Client):
        """The news report has two of pillar 1, as wholes."""
        assert self.counted(public, "2023-03-01") == ["2"]
        assert self.counted(public, "2023-03-14") == ["8"]

    def test_before_any_document_it_lists_nothing_one_by_one(self, public: Client):
        Commitment.objects.filter(programme__slug="stable-homes").update(known_on=date(2023, 4, 21))

        assert self.counted(public, "2023-03-01") == ["0"]

    def test_programme_with_nothing_in_it(self, public: Client):
        bare = make_programme(pillar_noun="", pillar_noun_plural="", summary="")

        assert self.ask(public, bare.slug).status_code == 200

    def test_money_of_a_commitment_is_not_money_for_the_whole(self, public: Client):
        commitment = make_commitment()
        make_funding(commitment, title="For one alone", known_on=date(2023, 4, 1))

        assert "Money for the whole" not in main_of(self.ask(public, commitment.programme.slug))
