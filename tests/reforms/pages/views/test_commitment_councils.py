"""One commitment: what councils say of it, one by one and many at once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from councils.models import Council
from pillars.models import Commitment
from tests.builders import (
    make_commitment,
    make_council,
    make_impact,
    make_pillar,
    make_position,
    make_version,
)
from tests.queries import count_queries
from tests.reforms.pages.making import make_claim
from tests.reforms.pages.reading import links_of, main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = {"as_at": "2023-04-21"}


def ask(client: Client, reference: str, **query: str):
    return client.get(f"/commitments/{reference}/", {**DAY, **query})


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


class TestWhatItWouldChange:
    """Only what rests on it, and only the warning that comes of it."""

    def words(self, client: Client, reference: str, **query: str) -> str:
        return main_of(ask(client, reference, **query)).partition("What councils say")[2]

    def test_conference_chairs(self, public: Client):
        words = self.words(public, "IR-2-02")

        assert "4.8 full-time equivalent posts at grade H4 The chairs of child protection conferences" in words
        assert "1 manager at grade H5" in words
        assert "£70,000" not in words
        assert "Rests on IR-2-02, which Stable Homes does not mention" in words
        assert "which it does not mention" not in words

    def test_rejected(self, public: Client):
        assert "Rests on IR-4-10, which Stable Homes rejected" in self.words(public, "IR-4-10")

    def test_council_in_full(self, public: Client):
        commitment = Commitment.objects.get(reference="IR-4-10")
        organisation = Council.objects.get(organisation__slug="kent").organisation
        version = make_version(make_position(organisation, programme=commitment.programme, commitment=commitment))
        make_impact(version, commitment, count=3, unit="posts", summary="Three <b>posts</b> would go.")
        response = ask(public, "IR-4-10", council="kent")
        words = main_of(response).partition("What councils say")[2]

        assert "3 posts Three <b>posts</b> would go. Rests on IR-4-10 Rejected" in words
        assert "Rests on IR-4-10, which Stable Homes rejected" in words

    def test_before_the_answer(self, public: Client):
        words = self.words(public, "IR-4-10", as_at="2022-12-01")

        assert "the same people. Rests on IR-4-10 Blackpool report, 2.4 para 8" in words
        assert "Stable Homes" not in words


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
