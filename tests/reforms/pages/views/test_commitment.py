"""One commitment: its dates, its money, its parts, what happened since and what councils say."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from councils.models import Council
from pillars.models import Commitment
from tests.builders import (
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_organisation,
    make_pillar,
    make_position,
    make_programme,
    make_update,
    make_version,
)
from tests.queries import count_queries
from tests.reforms.pages.making import make_claim, make_link, make_participation, make_pilot, make_wave
from tests.reforms.pages.reading import links_of, main_of, table_rows

pytestmark = pytest.mark.django_db

DAY = {"as_at": "2023-04-21"}
EVERY_REFERENCE = [
    "SH-0-04", "SH-0-07", "SH-1-01", "SH-1-01a", "SH-2-04", "SH-2-04e", "SH-3-03", "SH-4-02", "SH-4-12", "SH-5-02",
    "SH-5-03", "SH-6-01", "SH-6-01c", "SH-6-06", "NF-P1", "NF-O4", "NF-E2", "AR-0-01", "AR-0-02a", "AR-3", "AR-8h",
]  # fmt: skip


def ask(client: Client, reference: str, **query: str):
    return client.get(f"/commitments/{reference}/", {**DAY, **query})


@pytest.mark.parametrize("reference", EVERY_REFERENCE)
def test_page_of_every_kind(public: Client, reference: str):
    response = ask(public, reference)
    commitment = Commitment.objects.get(reference=reference)

    assert response.status_code == 200
    assert commitment.title in main_of(response)
    assert commitment.summary in main_of(response)


class TestDates:
    def test_words_reading_basis_and_source(self, public: Client):
        rows = table_rows(ask(public, "SH-3-03"))

        assert [
            "SH-3-03, due", "“by the end of this Parliament”", "by 17 December 2024",
            "Read from the words by our table", "Lincolnshire report, Pillar 3 bullet 3",
        ] in rows  # fmt: skip

    def test_reading_of_our_own_says_why(self, public: Client):
        assert "Inferred by us: No year is given." in main_of(ask(public, "SH-5-03d"))

    def test_dates_of_its_parts_stand_with_it(self, public: Client):
        rows = [row[:3] for row in table_rows(ask(public, "SH-4-03"))]

        assert ["SH-4-03a, due", "“in 2023”", "1 January to 31 December 2023"] in rows
        assert ["SH-4-03b, due", "“in 2024”", "1 January to 31 December 2024"] in rows

    def test_commitment_without_a_date_says_by_what_it_stands(self, public: Client):
        assert "Window open by its parts" in main_of(ask(public, "SH-4-03"))

    def test_no_date(self, public: Client):
        words = main_of(ask(public, "SH-1-02"))

        assert "Stands No date given" in words
        assert "Dates Of" not in words

    def test_condition(self, public: Client):
        words = main_of(ask(public, "SH-2-04e"))

        assert "Conditional: subject to agreement on the reforms after a consultation" in words


class TestMoney:
    def test_line_with_its_words_years_and_source(self, public: Client):
        rows = table_rows(ask(public, "SH-4-01"))

        assert [
            "SH-4-01-F1 Fostering recruitment and retention programme", "£27m", "“£27m over two years”",
            "2023-24, 2024-25", "Not stated", "Lincolnshire report, Pillar 4 bullet 1",
        ] in rows  # fmt: skip

    def test_money_of_another_that_pays_for_it_too(self, public: Client):
        response = ask(public, "SH-2-01")

        assert "SH-1-01-F1 Families First for Children pathfinders (owned by SH-1-01, also pays for this)" in main_of(
            response
        )
        assert "/commitments/SH-1-01/?as_at=2023-04-21" in links_of(response)

    def test_money_for_the_whole_that_pays_for_it_too(self, public: Client):
        response = ask(public, "SH-0-04")

        assert "Reform over two years (money for the whole of Stable Homes, also pays for this)" in main_of(response)
        assert [url for url in links_of(response) if url.startswith("?")] == []

    @pytest.mark.parametrize(
        ("reference", "words"),
        [
            ("SH-4-02", "Money +12.43%"),
            ("SH-4-12c", "Money Sum not stated"),
            ("SH-1-02", "Money Not stated"),
            ("SH-2-01", "Money None of its own"),
            ("SH-1-01", "Money £45m"),
        ],
    )
    def test_at_a_glance(self, public: Client, reference: str, words: str):
        assert words in main_of(ask(public, reference))


class TestChain:
    def steps(self, client: Client, reference: str, **query: str):
        return ask(client, reference, **query).context["chain"]

    def test_steps_in_order(self, public: Client):
        kinds = [step.kind for step in self.steps(public, "SH-5-02a")]

        assert kinds == [
            "Part of", "Commitment, Stable Homes, 5. Social workers", "What happened since", "Where councils stand",
        ]  # fmt: skip

    def test_whole_has_no_part_of(self, public: Client):
        assert self.steps(public, "SH-5-02")[0].is_here

    def test_nothing_reported_is_a_gap_and_not_late(self, public: Client):
        step = next(step for step in self.steps(public, "SH-3-02") if step.kind == "What happened since")

        assert (step.is_gap, step.title) == (True, "Nothing reported by 21 April 2023")

    def test_what_happened_last_is_named_first(self, public: Client):
        """Reports of the whole and of its parts stand together, in the order of what happened."""
        commitment = make_commitment()
        part = make_commitment(parent=commitment)
        make_update(commitment, status="slipped", happened_on=date(2023, 4, 2), summary="It slipped.")
        make_update(part, status="under_way", happened_on=date(2023, 3, 1), summary="It began.")
        step = next(step for step in self.steps(public, commitment.reference) if step.kind == "What happened since")

        assert step.title == "Last reported: slipped"
        assert [item.note for item in step.items] == ["It began.", "It slipped."]

    def test_inferred_day_says_so(self, public: Client):
        words = main_of(ask(public, "SH-4-04"))

        assert "Not yet, 21 April 2023 (date inferred by us)" in words

    def test_who_is_taking_part(self, public: Client):
        words = main_of(ask(public, "SH-5-02"))

        assert "Lincolnshire expressed an interest" in words.replace("  ", " ")

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            ("2023-04-21", "Closes 11 May 2023 at 11:59pm"),
            ("2023-05-11", "Closes 11 May 2023 at 11:59pm"),
            ("2023-05-12", "Closed 11 May 2023 at 11:59pm"),
        ],
    )
    def test_consultation_on_it(self, public: Client, day: str, words: str):
        assert words in main_of(ask(public, "SH-5-05c", as_at=day))

    def test_consultation_that_was_only_promised(self, public: Client):
        assert "Promised “in Autumn 2023”" in main_of(ask(public, "SH-4-11"))
        assert "Promised, no date given" in main_of(ask(public, "SH-4-16"))


class TestCouncils:
    def test_claims_that_speak_of_it(self, public: Client):
        words = main_of(ask(public, "SH-3-04"))

        assert "One council has said something" in words
        assert "63 special guardianship orders (SGOs) granted in Lincolnshire" in words
        assert "Mosaic" not in words

    def test_claims_about_its_parts(self, public: Client):
        assert "cultural competence" in main_of(ask(public, "SH-1-06"))

    def test_claim_about_the_whole_is_not_one_about_a_part(self, public: Client):
        assert "None recorded here" in main_of(ask(public, "SH-4-03a"))

    def test_nobody_said_anything(self, public: Client):
        assert "No position recorded here speaks of it." in main_of(ask(public, "SH-4-02"))

    def test_two_councils(self, public: Client):
        organisation = Council.objects.get(organisation__slug="kent").organisation
        commitment = Commitment.objects.get(reference="SH-3-04")
        version = make_version(make_position(organisation, commitment.pillar), published_on=date(2023, 4, 1))
        make_claim(version, commitment, text="Kent pays allowances.")
        words = main_of(ask(public, "SH-3-04"))

        assert "2 councils have said something" in words
        assert "Kent pays allowances." in words

    def test_words_gone_stale_say_so(self, public: Client):
        assert "Stale: review was due by 21 October 2023" in main_of(ask(public, "SH-3-04", as_at="2024-01-01"))


class TestManyCouncils:
    """Twelve councils with a position on one commitment, by name; one of them with two more that speak of it."""

    @pytest.fixture
    def commitment(self) -> Commitment:
        commitment = make_commitment(pillar=make_pillar())
        readiness = ["partly", "in_place", "partly", "not_yet"]
        for number in range(12):
            body = make_council(name=f"Council {number:02}").organisation
            position = make_position(body, programme=commitment.programme, commitment=commitment)
            self.version = make_version(position, text=f"Words of {number:02}.", readiness=readiness[number % 4])
        pillar = make_version(make_position(body, commitment.pillar), published_on=date(2023, 4, 1))
        make_claim(pillar, commitment, text="A point of the last.")
        make_claim(pillar, text="A point about nothing.")
        part = make_commitment(parent=commitment)
        make_version(make_position(body, programme=part.programme, commitment=part), text="Words on a part.")
        return commitment

    def test_chain_says_how_many_and_in_which_words(self, public: Client, commitment: Commitment):
        words = main_of(ask(public, commitment.reference))

        assert "12 councils have said something" in words
        assert words.count("Positions on it: 3 in place, 6 partly, 3 not yet.") == 2

    def test_ten_to_a_page(self, public: Client, commitment: Commitment):
        first, second = (main_of(ask(public, commitment.reference, page=page)) for page in "12")

        assert ("Words of 00." in first, "Words of 09." in first, "Words of 10." in first) == (True, True, False)
        assert ("Words of 09." in second, "Words of 10." in second, "Words of 11." in second) == (False, True, True)

    def test_pages_keep_the_day_and_lead_to_the_councils(self, public: Client, commitment: Commitment):
        address = f"/commitments/{commitment.reference}/?page=2&as_at=2023-04-21#councils"

        assert address in links_of(ask(public, commitment.reference))

    def test_each_council_stands_once(self, public: Client, commitment: Commitment):
        words = main_of(ask(public, commitment.reference, page="2")).partition("What councils say")[2]

        assert len(re.findall(r"Council 11 On", words)) == 1
        assert "Words of 11." in words
        assert "A point of the last." in words
        assert "Words on a part." in words
        assert "A point about nothing." not in words

    def test_one_council_in_full(self, public: Client, commitment: Commitment):
        make_claim(self.version, text="A point by itself.")
        words = main_of(ask(public, commitment.reference, council=self.version.position.organisation.slug)).partition(
            "What councils say"
        )[2]

        assert f"Council 11 on {commitment.reference}" in words
        assert "What it says, point by point (1)" in words
        assert "A point by itself." in words
        assert "Words of 10." not in words
        assert "All councils that speak of it (12)" in words

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ({"council": "nobody"}, "All that one council says of it"),
            ({"page": "3"}, "page: There is no such page: the last one is 2"),
            ({"page": "nought"}, "page: Enter the number of a page, from 1"),
            ({"colour": "red"}, "colour: There is no such parameter here."),
        ],
    )
    def test_what_it_does_not_understand_is_refused(
        self, public: Client, commitment: Commitment, query: dict[str, str], message: str
    ):
        response = ask(public, commitment.reference, **query)

        assert response.status_code == 400
        assert message in main_of(response)

    def test_queries_do_not_grow_with_councils(self, public: Client, commitment: Commitment):
        def count() -> int:
            public.get("/about/dates/")  # what is asked once for each state of the data
            return count_queries(lambda: ask(public, commitment.reference))

        few = count()
        for _ in range(12):
            body = make_council().organisation
            make_version(make_position(body, programme=commitment.programme, commitment=commitment))

        assert count() == few


class TestLinks:
    def test_both_ways(self, public: Client):
        assert "Consults on SH-6-01 Introduce a national framework" in main_of(ask(public, "SH-6-01c"))
        assert "Consulted on by SH-6-01c" in main_of(ask(public, "NF-P1"))

    def test_ties_between_its_own_parts_are_not_its_own(self, public: Client):
        words = main_of(ask(public, "SH-6-01"))

        assert "Consults on NF-" in words
        assert "Consults on SH-6-01" not in words

    def test_two_parts_tied_to_one_other_name_it_once(self, public: Client):
        links = ask(public, "SH-3-01").context["links"]

        assert {words: [other.reference for other in others] for words, others in links.items()} == {
            "Delivers, funded with": ["SH-1-01"]
        }

    @pytest.mark.parametrize(
        ("relation", "there", "back"),
        [
            ("answers", "Answers", "Answered by"),
            ("delivers", "Delivers", "Delivered by"),
            ("supersedes", "Supersedes", "Superseded by"),
            ("consults_on", "Consults on", "Consulted on by"),
            ("funded_with", "Funded with", "Shares its money with"),
        ],
    )
    def test_every_relation_has_words_both_ways(self, public: Client, relation: str, there: str, back: str):
        start, end = make_commitment(), make_commitment()
        make_link(start, end, relation=relation)

        assert f"{there} {end.reference}" in main_of(ask(public, start.reference))
        assert f"{back} {start.reference}" in main_of(ask(public, end.reference))


class TestPilots:
    def test_pathfinders_with_their_waves(self, public: Client):
        words = main_of(ask(public, "SH-1-01"))

        assert "Families First for Children pathfinders" in words
        assert "Places: up to 12." in words
        assert "First wave, three: “in 2023”" in words
        assert "Second wave, up to nine: “in 2024”" in words

    def test_pilot_of_a_part(self, public: Client):
        assert "Places: seven." in main_of(ask(public, "SH-3-01"))

    def test_body_that_is_no_council_takes_part(self, public: Client):
        pilot = make_pilot()
        make_wave(pilot)
        make_participation(make_organisation(name="A partnership"), pilot)
        response = ask(public, pilot.commitment.reference)

        assert "A partnership" in main_of(response)
        assert [url for url in links_of(response) if not url or url.startswith("?")] == []


class TestMerged:
    """A record found to be part of another: its address leads on, for good, on the same day."""

    @pytest.fixture
    def merged(self) -> Commitment:
        return make_commitment(merged_into=Commitment.objects.get(reference="SH-4-01"))

    def test_leads_on(self, public: Client, merged: Commitment):
        response = ask(public, merged.reference)

        assert (response.status_code, response["Location"]) == (301, "/commitments/SH-4-01/?as_at=2023-04-21")

    def test_leads_on_today(self, public: Client, merged: Commitment):
        assert public.get(f"/commitments/{merged.reference}/")["Location"] == "/commitments/SH-4-01/"

    def test_before_it_was_known_there_is_nothing(self, public: Client, merged: Commitment):
        assert ask(public, merged.reference, as_at="2023-01-01").status_code == 404

    def test_stands_on_no_page(self, public: Client, merged: Commitment):
        for address in (merged.programme.get_absolute_url(), "/commitments/?q=" + merged.reference):
            assert f"/commitments/{merged.reference}/" not in public.get(address, DAY).content.decode()

    def test_merged_twice_leads_on_to_the_end(self, public: Client, merged: Commitment):
        first = make_commitment(merged_into=merged)
        response = public.get(f"/commitments/{first.reference}/", DAY, follow=True)

        assert response.redirect_chain[-1][0] == "/commitments/SH-4-01/?as_at=2023-04-21"
        assert response.status_code == 200


def test_known_since(public: Client):
    assert "Known since 21 April 2023" in main_of(ask(public, "SH-4-01"))


def test_commitment_without_a_pillar_has_shorter_crumbs(public: Client):
    crumbs = ask(public, "AR-3").context["crumbs"]

    assert [words for words, _url in crumbs] == ["Plan", "National rules for agency social work"]


def test_commitment_of_a_programme_without_anything_else(public: Client):
    bare = make_commitment(make_programme(pillar_noun="", pillar_noun_plural=""))
    make_deadline(bare)
    make_consultation(promised_by=bare, is_promised=True)

    assert ask(public, bare.reference).status_code == 200
