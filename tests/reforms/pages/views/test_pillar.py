"""A pillar: what the nation promises beside what one council says."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from councils.models import Council
from pillars.models import Commitment, Pillar
from tests.builders import make_commitment, make_pillar, make_position, make_programme, make_version
from tests.reforms.pages.making import make_claim, make_member
from tests.reforms.pages.reading import links_of, main_of, own_links, source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = {"as_at": "2023-04-21"}
COUNTS = {1: 8, 2: 10, 3: 8, 4: 26, 5: 11, 6: 8}


def page(number: int, **query: str) -> tuple[str, dict]:
    return f"/programmes/stable-homes/pillars/{number}/", {**DAY, **query}


def ask(client: Client, number: int, **query: str):
    address, data = page(number, **query)
    return client.get(address, data)


@pytest.fixture
def kent_speaks():
    """Kent has a position on pillar 4 too."""
    organisation = Council.objects.get(organisation__slug="kent").organisation
    pillar = Pillar.objects.get(programme__slug="stable-homes", number=4)
    version = make_version(make_position(organisation, pillar), published_on=date(2023, 4, 1), text="Words of Kent.")
    make_claim(version, Commitment.objects.get(reference="SH-4-02"), text="Kent pays more.", figure=7)
    return version


class TestPlan:
    @pytest.mark.parametrize(("number", "count"), COUNTS.items())
    def test_every_commitment_of_it(self, public: Client, number: int, count: int):
        response = ask(public, number)
        references = re.findall(rf"SH-{number}-\d\d(?![a-z])", main_of(response).partition("current position")[0])

        assert len(set(references)) == count
        assert f"Commitments {count}: " in main_of(response)

    def test_title_is_the_official_one(self, public: Client):
        assert "A decisive multi-agency child protection system" in main_of(ask(public, 2))

    def test_row_says_when_how_firmly_who_and_where_from(self, public: Client):
        words = main_of(ask(public, 3))

        assert "SH-3-02 Publish a national kinship care strategy" in words
        assert "“by the end of 2023” by 31 December 2023" in words
        assert "“by the end of this Parliament” by 17 December 2024" in words
        assert "Lincolnshire report, Pillar 3 bullet 2" in words
        assert "Test first, DfE" in words

    def test_parts_stand_under_their_own(self, public: Client):
        words = main_of(ask(public, 4))

        assert re.search(r"SH-4-03a Register supported accommodation ?, “in 2023”", words)

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (1, "£45m"),
            (2, "3 sums not stated"),
            (3, "£9m"),
            (4, "£81m, 2 rates, 2 percentages, 1 sum not stated (£30m + £24m + £24m + £3m)"),
            (5, "4 sums not stated"),
            (6, "Not stated"),
        ],
    )
    def test_money_named(self, public: Client, number: int, words: str):
        assert f"Money named {words}" in main_of(ask(public, number))

    def test_sum_a_source_leaves_out_is_said(self, public: Client):
        assert "Sum not stated" in main_of(ask(public, 4))

    def test_data_of_the_same_commitments(self, public: Client):
        address = next(url for url in links_of(ask(public, 3)) if url.startswith("/commitments.json"))
        rows = public.get(address).json()["results"]

        assert {row["pillar"] for row in rows} == {3}
        assert {row["reference"] for row in rows} >= {f"SH-3-0{n}" for n in range(1, 9)}

    def test_other_pillars_are_a_link_away(self, public: Client):
        links = links_of(ask(public, 3))

        assert [f"/programmes/stable-homes/pillars/{n}/?as_at=2023-04-21" in links for n in range(1, 7)] == [
            True, True, False, True, True, True,
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("number", "titles"),
        [
            (4, ["The strategy for children's social care"]),
            (5, ["The strategy for children's social care", "National rules for agency social work"]),
            (6, ["The strategy for children's social care", "The national framework and its dashboard"]),
        ],
    )
    def test_consultations_that_ask_about_it(self, public: Client, number: int, titles: list[str]):
        asked = main_of(ask(public, number)).partition("Asked here")[2].partition("Jump to")[0]

        assert {part.strip() for part in asked.split("20 days left") if part.strip()} == set(titles)

    def test_pillar_with_nothing_listed(self, public: Client):
        empty = make_pillar(make_programme())

        words = main_of(public.get(f"{empty.programme.get_absolute_url()}pillars/1/", DAY))

        assert "lists a commitment of this pillar" in words
        assert "Money named Not stated" in words

    def test_commitment_of_another_pillar_is_not_there(self, public: Client):
        assert "SH-5-" not in main_of(ask(public, 4))


class TestBeside:
    @pytest.mark.parametrize("number", COUNTS)
    def test_council_that_has_spoken_stands_beside_it(self, public: Client, number: int):
        words = main_of(ask(public, number))

        assert "Lincolnshire’s current position" in words
        assert "Recorded by us from a public document." in words
        assert "Published 21 April 2023, today." in words

    def test_every_word_of_it(self, public: Client):
        version = Council.objects.get(organisation__slug="lincolnshire").organisation
        response = ask(public, 4, council=version.slug)
        beside = response.context["voice"]

        assert len(beside.paragraphs) == 3
        assert all(paragraph in main_of(response) for paragraph in beside.paragraphs)

    def test_figures_it_rests_on_with_their_age(self, public: Client):
        words = main_of(ask(public, 3))

        assert "As at 2020/21 Figure for 2020/21, over 2 years old" in words
        assert "No year given" in words

    def test_readiness_in_the_documents_own_words(self, public: Client):
        assert "Well placed on 2 points, in place on 2 points." in main_of(ask(public, 4))
        assert "Readiness not stated." in main_of(ask(public, 6))

    def test_what_is_left_unanswered_with_dates_and_money_first(self, public: Client):
        words = main_of(ask(public, 4)).partition("Not answered: 19 of 26")[2]
        with_date_or_money, _, rest = words.partition("Without a date or money:")

        assert re.findall(r"SH-4-\d\d", with_date_or_money) == [
            "SH-4-02", "SH-4-04", "SH-4-08", "SH-4-09", "SH-4-10", "SH-4-16", "SH-4-22",
        ]  # fmt: skip
        assert "Commission national help with forecasting and buying care places" in rest

    def test_age_grows(self, public: Client):
        assert "over 2 years ago" in main_of(ask(public, 4, as_at="2025-06-01"))
        assert "Stale: review was due by 21 October 2023" in main_of(ask(public, 4, as_at="2025-06-01"))

    def test_nobody_had_spoken(self, public: Client):
        words = main_of(ask(public, 4, as_at="2023-03-01"))

        assert "No council’s position on this pillar is recorded here by this day." in words
        assert "That says nothing about its services." in words


class TestChoosing:
    def test_council_asked_for(self, public: Client, kent_speaks):
        words = main_of(ask(public, 4, council="kent"))

        assert "Kent’s current position" in words
        assert "Words of Kent." in words
        assert "Robin House" not in words

    def test_gaps_are_those_of_the_council_asked_for(self, public: Client, kent_speaks):
        words = main_of(ask(public, 4, council="kent"))

        assert "Not answered: 25 of 26" in words

    def test_first_by_name_when_nobody_is_asked_for(self, public: Client, kent_speaks):
        assert "Kent’s current position" in main_of(ask(public, 4))

    @pytest.mark.parametrize("slug", ["kent", "lincolnshire"])
    def test_readers_own_council_goes_before(self, public: Client, kent_speaks, slug: str):
        organisation = Council.objects.get(organisation__slug=slug).organisation
        public.force_login(make_member(organisation))

        assert f"{organisation.name}’s current position" in main_of(ask(public, 4))

    def test_field_shows_whose_position_stands_there(self, public: Client, kent_speaks):
        organisation = Council.objects.get(organisation__slug="lincolnshire").organisation
        public.force_login(make_member(organisation))

        assert re.search(r'<option value="lincolnshire"\s+selected', source_of(ask(public, 4)))

    def test_only_councils_with_a_position_are_offered(self, public: Client, kent_speaks):
        options = re.findall(r'<option value="([^"]+)"', source_of(ask(public, 4)))

        assert options == ["kent", "lincolnshire"]

    def test_choice_keeps_the_day(self, public: Client):
        assert 'name="as_at" value="2023-04-21"' in source_of(ask(public, 4))

    def test_words_on_single_commitments_answer_too(self, public: Client, kent_speaks):
        """They are read beside the plan: here it is said how many there are."""
        commitment = Commitment.objects.get(reference="SH-4-09")
        position = make_position(
            kent_speaks.position.organisation, programme=commitment.programme, commitment=commitment
        )
        make_version(position, published_on=date(2023, 4, 1), text="One by one.")
        response = ask(public, 4, council="kent")

        assert "Not answered: 24 of 26" in main_of(response)
        assert "It also speaks of 1 commitment one by one" in main_of(response)
        assert "/councils/kent/compare/stable-homes/?as_at=2023-04-21#pillar-4" in source_of(response)
        assert "One by one." not in main_of(response)

    def test_leads_to_the_whole_comparison(self, public: Client):
        assert "/councils/lincolnshire/compare/stable-homes/?as_at=2023-04-21" in links_of(ask(public, 4))


def test_longest_names_do_not_break_it(public: Client):
    pillar = Pillar.objects.get(programme__slug="stable-homes", number=6)
    make_commitment(pillar=pillar, reference="SH-6-99", title="Wort" * 30)

    assert "Wort" * 30 in main_of(ask(public, 6))


def test_every_link_of_the_crumbs(public: Client):
    links = own_links(ask(public, 4))

    assert "/programmes/?as_at=2023-04-21" in links
    assert "/programmes/stable-homes/?as_at=2023-04-21" in links


class TestArea:
    """An area of a review: what a council's words on it would change, and what that rests on."""

    def words(self, client: Client, number: int, day: str = "2023-04-21") -> str:
        page = f"/programmes/independent-review/pillars/{number}/"
        return main_of(client.get(page, {"as_at": day, "council": "blackpool"})).partition("current position")[2]

    def test_what_would_change_and_at_what_size(self, public: Client):
        words = self.words(public, 2)

        assert "4.8 full-time equivalent posts at grade H4 The chairs of child protection conferences" in words
        assert "Rests on IR-2-02 Not mentioned Blackpool report, 2.2 para 5" in words

    def test_warning(self, public: Client):
        assert "Rests on IR-4-10, which Stable Homes rejected; and on IR-2-05 and IR-4-12" in self.words(public, 4)

    def test_no_warning_before_the_answer(self, public: Client):
        assert "Stable Homes" not in self.words(public, 4, "2022-12-01")

    def test_what_its_words_on_other_areas_speak_of_is_no_gap(self, public: Client):
        words = self.words(public, 2)

        assert "Not spoken of: 11 of 17" in words
        assert "Spoken of in its words on other areas: IR-2-01" in words
