"""One council beside one programme, pillar by pillar: promised, said, unanswered, how old."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from councils.models import Council, PositionVersion
from pillars.models import Commitment
from tests.builders import (
    make_commitment,
    make_council,
    make_deadline,
    make_impact,
    make_pillar,
    make_position,
    make_programme,
    make_verdict,
    make_version,
)
from tests.queries import count_queries
from tests.reforms.pages.making import COMMITTEE_DAY, SPRING, make_claim
from tests.reforms.pages.reading import links_of, main_of, source_of, table_rows, words_of_html

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGE = "/councils/lincolnshire/compare/stable-homes/"
TABLE = {
    "1. Family help": ["Well placed on 1 point", "5 of 8", "3", "1"],
    "2. Child protection": ["In place on 1 point", "3 of 10", "7", "3"],
    "3. Family networks": ["Readiness not stated", "3 of 8", "5", "1"],
    "4. Children in care and care leavers": ["Well placed on 2 points, in place on 2 points", "7 of 26", "19", "7"],
    "5. Social workers": ["Readiness not stated", "4 of 11", "7", "3"],
    "6. Learning, evidence and data": ["Readiness not stated", "0 of 8", "8", "3"],
}


def ask(client: Client, page: str = PAGE, **query: str):
    return client.get(page, {"as_at": "2023-04-21", **query})


def rows(response) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in table_rows(response) if row[0][:1].isdigit()}


class TestTable:
    @pytest.mark.parametrize("pillar", TABLE)
    def test_pillar(self, public: Client, pillar: str):
        assert rows(ask(public))[pillar][:4] == TABLE[pillar]

    def test_answered_and_not_answered_add_up(self, public: Client):
        for cells in rows(ask(public)).values():
            answered, every = (int(number) for number in cells[1].split(" of "))
            assert answered + int(cells[2]) == every

    def test_age_and_evidence(self, public: Client):
        assert rows(ask(public))["3. Family networks"][4:] == ["Today", "2 figures ageing"]
        assert rows(ask(public))["1. Family help"][4:] == ["Today", "Nothing stale"]

    def test_words_of_evidence_keep_their_capitals(self, public: Client):
        cells = rows(ask(public, as_at="2023-10-22"))["3. Family networks"]

        changed = "SH-3-01 changed since it was published"
        assert cells[5] == f"Review was due by 21 October 2023; {changed}; 2 figures ageing"

    def test_changed_commitment_is_named_as_it_is_written(self, public: Client):
        make_deadline(Commitment.objects.get(reference="SH-1-02"), known_on=date(2023, 5, 1))

        assert rows(ask(public, as_at="2023-05-01"))["1. Family help"][5] == "SH-1-02 changed since it was published"

    def test_no_score(self, public: Client):
        words = main_of(ask(public))

        assert "Nothing here is a score." in words
        assert not re.search(r"\d+ ?%", re.sub(r"12\.43%|\+30%|\b8%", "", words)), (
            "Only what documents say in per cent."
        )


class TestPillars:
    def part(self, response, number: int) -> str:
        """The words of one pillar's own section."""
        html = source_of(response).partition(f'id="pillar-{number}"')[2]
        return words_of_html(html.partition('class="app-pair" id=')[0])

    @pytest.mark.parametrize("number", range(1, 7))
    def test_promise_beside_words(self, public: Client, number: int):
        words = self.part(ask(public), number)

        assert "The plan" in words
        assert "Recorded by us from a public document." in words
        assert f"SH-{number}-01" in words
        assert f"Lincolnshire report, Pillar {number} current position" in words

    def test_gap_says_that_it_is_not_answered(self, public: Client):
        words = self.part(ask(public), 3)

        assert "SH-3-02 Publish a national kinship care strategy “by the end of 2023” Ahead Not answered" in words
        assert "Answers 3 of 8 commitments. 1 gap has a date or money." in words

    def test_gaps_with_a_date_or_money_come_first(self, public: Client):
        words = self.part(ask(public), 4).partition("Not answered: 19 of 26")[2]

        assert re.findall(r"SH-4-\d\d", words.partition("Without a date or money:")[0]) == [
            "SH-4-02", "SH-4-04", "SH-4-08", "SH-4-09", "SH-4-10", "SH-4-16", "SH-4-22",
        ]  # fmt: skip

    def test_commitment_answered_through_a_part(self, public: Client):
        """Claims speak of SH-4-03 and of SH-1-06a, so SH-1-06 is answered."""
        gaps = {row.reference for pair in ask(public).context["pairs"] for row in pair.gaps}

        assert "SH-1-06" not in gaps
        assert "SH-1-01" not in gaps

    def test_jumps_lead_to_the_pillars(self, public: Client):
        html = source_of(ask(public))

        assert [f'href="#pillar-{n}"' in html and f'id="pillar-{n}"' in html for n in range(1, 7)] == [True] * 6


class TestOnlyGaps:
    def test_shows_what_is_left_unanswered_alone(self, public: Client):
        words = main_of(ask(public, show="gaps"))

        assert "SH-4-02" in words
        assert "SH-4-07" not in words
        assert words.count("Not answered:") == 6

    def test_table_stays_the_same(self, public: Client):
        assert rows(ask(public, show="gaps")) == rows(ask(public))

    def test_there_and_back(self, public: Client):
        assert f"{PAGE}?show=gaps&as_at=2023-04-21" in links_of(ask(public))
        assert f"{PAGE}?as_at=2023-04-21" in links_of(ask(public, show="gaps"))

    def test_nothing_left_unanswered(self, public: Client):
        version = make_version(published_on=date(2023, 4, 1))
        make_claim(version, make_commitment(pillar=version.position.pillar))
        page = f"/councils/{version.position.organisation.slug}/compare/{version.position.programme.slug}/"

        assert "Nothing left unanswered" in main_of(ask(public, page, show="gaps"))


class TestOthers:
    def test_council_without_a_position(self, public: Client):
        words = main_of(ask(public, "/councils/kent/compare/stable-homes/"))

        assert "No position of Kent on Stable Homes is recorded here by this day." in words
        assert "None recorded here. That says nothing about its services." in words
        assert rows(ask(public, "/councils/kent/compare/stable-homes/")) == {}
        assert "Only gaps" not in words

    def test_council_with_one_position_of_six(self, public: Client):
        versions = PositionVersion.objects.filter(position__organisation__slug="lincolnshire")
        versions.exclude(position__pillar__number=1).update(state=PositionVersion.State.WITHDRAWN)

        assert rows(ask(public))["2. Child protection"] == ["None recorded here"]
        assert rows(ask(public))["1. Family help"][1] == "5 of 8"

    def test_silence_here_is_not_the_councils(self, public: Client):
        response = ask(public, "/councils/kent/compare/stable-homes/")

        assert "SH-4-02" in main_of(response)
        assert "app-gaptext" not in source_of(response)
        assert "app-gaptext" in source_of(ask(public))

    def test_before_the_report(self, public: Client):
        """The news report of 2 February lists some: two of pillar 1 and five of pillar 3."""
        words = main_of(ask(public, as_at="2023-03-01"))

        assert "1. Family help 2 commitments." in words
        assert "3. Family networks 5 commitments." in words

    def test_before_any_document_lists_one(self, public: Client):
        Commitment.objects.filter(programme__slug="stable-homes").update(known_on=COMMITTEE_DAY)
        words = main_of(ask(public, as_at="2023-03-01"))

        assert "No document recorded here by this day lists one." in words
        assert "0 commitments." in words

    @pytest.mark.parametrize("slug", ["independent-review", "national-framework", "agency-rules"])
    def test_only_the_strategy_is_called_the_national_plan(self, public: Client, slug: str):
        page = f"/councils/lincolnshire/compare/{slug}/"

        assert "beside the national plan" not in main_of(public.get(page))
        assert "beside the national plan" in main_of(ask(public))

    @pytest.mark.parametrize("page", ["/councils/nowhere/compare/stable-homes/", "/councils/kent/compare/nothing/"])
    def test_unknown(self, public: Client, page: str):
        assert ask(public, page).status_code == 404

    def test_positions_of_another_programme_are_not_mixed_in(self, public: Client):
        council = Council.objects.get(organisation__slug="lincolnshire")
        other = make_pillar(make_programme(), number=1)
        make_version(make_position(council.organisation, other), published_on=date(2023, 4, 1), text="On another plan.")

        assert "On another plan." not in main_of(ask(public))
        assert "On another plan." in main_of(ask(public, f"/councils/lincolnshire/compare/{other.programme.slug}/"))

    def test_position_on_one_commitment_answers_it(self, public: Client):
        """A council may speak of one commitment by itself: then it is not left unanswered."""
        council = Council.objects.get(organisation__slug="kent")
        commitment = Commitment.objects.get(reference="SH-4-02")
        position = make_position(council.organisation, programme=commitment.programme, commitment=commitment)
        version = make_version(position, published_on=date(2023, 4, 1))
        make_claim(version, commitment)
        response = ask(public, "/councils/kent/compare/stable-homes/")

        assert rows(response)["4. Children in care and care leavers"][1] == "1 of 26"

    def test_date_of_a_part_makes_a_gap_matter(self, public: Client):
        version = make_version(published_on=date(2023, 4, 1))
        pillar = version.position.pillar
        make_deadline(make_commitment(parent=make_commitment(pillar=pillar), pillar=pillar), **SPRING)
        slug = version.position.organisation.slug
        response = ask(public, f"/councils/{slug}/compare/{pillar.programme.slug}/")

        assert rows(response)["1. Pillar 1"][1:4] == ["0 of 1", "1", "1"]


def test_withdrawn_position_stands_beside_nothing(public: Client):
    PositionVersion.objects.filter(position__organisation__slug="lincolnshire", position__pillar__number=6).update(
        state=PositionVersion.State.WITHDRAWN
    )

    assert rows(ask(public))["6. Learning, evidence and data"][0] == "None recorded here"


class TestSingleCommitments:
    """A council may speak of commitments one by one: each stands in its pillar, folded where there are many."""

    def speak(self, *references: str) -> None:
        council = Council.objects.get(organisation__slug="kent")
        for reference in references:
            commitment = Commitment.objects.get(reference=reference)
            position = make_position(council.organisation, programme=commitment.programme, commitment=commitment)
            make_version(position, published_on=COMMITTEE_DAY, text=f"Kent on {reference}.", readiness="partly")

    def ask(self, client: Client):
        return ask(client, "/councils/kent/compare/stable-homes/")

    def test_words_readiness_and_age(self, public: Client):
        self.speak("SH-4-02")
        words = main_of(self.ask(public))

        assert "On single commitments (1)" in words
        assert "Partly. Published 21 April 2023, today. Kent on SH-4-02." in words

    def test_leads_to_all_that_it_says_of_it(self, public: Client):
        self.speak("SH-4-02")

        assert "/commitments/SH-4-02/?council=kent&as_at=2023-04-21#councils" in links_of(self.ask(public))

    def test_few_stand_open_and_many_are_folded(self, public: Client):
        self.speak("SH-4-01", "SH-4-02", "SH-4-03a")
        assert source_of(self.ask(public)).count('<details class="app-said" open>') == 3

        self.speak("SH-4-04", "SH-4-05", "SH-4-06", "SH-5-01")
        assert source_of(self.ask(public)).count('<details class="app-said">') == 7

    def test_words_on_the_whole_come_first(self, public: Client):
        council = Council.objects.get(organisation__slug="kent")
        programme = Commitment.objects.get(reference="SH-4-02").programme
        make_version(make_position(council.organisation, programme=programme), text="Kent on all of it.")

        assert "Kent on the whole" in main_of(self.ask(public))
        assert "Kent on all of it." in main_of(self.ask(public))


REVIEW = "/councils/blackpool/compare/independent-review/"
AREAS = {
    "1. Family help": ["Well placed", "3 of 6", "3", "2"],
    "2. Child protection": ["Readiness not stated", "4 of 17, and of 2 more under other areas", "11", "9"],
    "3. Family networks": ["Well placed", "6 of 12", "6", "3"],
    "4. Homes and voice": ["Needs national action on 1 point", "3 of 14", "11", "7"],
    "5. Care-experienced people": ["Well placed", "1 of 5", "4", "4"],
    "6. Workforce": ["None recorded here"],
    "7. The system as a whole": ["None recorded here"],
}


class TestReview:
    """Recommendations stand by what became of them; what matters is what government took up."""

    def part(self, response, number: int) -> str:
        html = source_of(response).partition(f'id="pillar-{number}"')[2]
        return words_of_html(html.partition('class="app-pair" id=')[0])

    @pytest.mark.parametrize("area", AREAS)
    def test_area(self, public: Client, area: str):
        assert rows(ask(public, REVIEW))[area][:4] == AREAS[area]

    def test_recommendation_says_what_became_of_it(self, public: Client):
        words = self.part(ask(public, REVIEW), 2)

        assert "IR-2-02 Abolish the role of child protection conference chair Not mentioned" in words
        assert "IR-2-15 Have family courts solve problems more Accepted Not spoken of" in words
        assert "No date given" not in main_of(ask(public, REVIEW))

    def test_what_would_change_and_at_what_size(self, public: Client):
        words = self.part(ask(public, REVIEW), 2)

        assert "4.8 full-time equivalent posts at grade H4 The chairs of child protection conferences" in words
        assert "1 manager at grade H5" in words
        assert "£70,000" in words

    def test_warning_beside_the_words_and_in_the_table(self, public: Client):
        response = ask(public, REVIEW)

        assert "Rests on IR-4-10, which Stable Homes rejected" in self.part(response, 4)
        assert "Rests on IR-4-10, which Stable Homes rejected" in rows(response)["4. Homes and voice"][5]

    def test_what_was_turned_down_does_not_matter(self, public: Client):
        words = self.part(ask(public, REVIEW), 4).partition("Not spoken of: 11 of 14")[2]
        matters, _, others = words.partition("Not taken up:")

        assert "IR-4-09 Give children independent advocates unless they opt out Adapted" in matters
        assert "End Regulation 44 visits" in others

    def test_what_other_words_speak_of_is_no_gap(self, public: Client):
        words = self.part(ask(public, REVIEW), 2)

        assert "Spoken of in its words on other areas: IR-2-01" in words
        assert "To be tested Not spoken of" not in words.partition("IR-2-02")[0]

    @pytest.mark.parametrize("number", [6, 7])
    def test_area_of_which_nothing_is_recorded(self, public: Client, number: int):
        words = self.part(ask(public, REVIEW), number)

        assert "None recorded here. That says nothing about its services." in words
        assert "Not spoken of" not in words

    def test_before_the_answer(self, public: Client):
        response = ask(public, REVIEW, as_at="2022-12-01")
        words = main_of(response)

        assert rows(response)["1. Family help"][:4] == ["Well placed", "3 of 6", "3", "No answer known"]
        assert "IR-1-01 Replace early help and child in need with one family help offer No answer was known" in words
        assert "which Stable Homes" not in words
        assert "Rejected" not in words

    def test_only_gaps(self, public: Client):
        words = self.part(ask(public, REVIEW, show="gaps"), 2).partition("Readiness not stated")[0]

        assert "IR-2-15" in words
        assert "IR-2-02" not in words

    @pytest.mark.parametrize("council", ["blackpool", "kent"])
    def test_queries(self, public: Client, council: str):
        public.get("/about/dates/")  # what is asked once for each state of the data

        assert count_queries(lambda: ask(public, f"/councils/{council}/compare/independent-review/")) <= 12

    def test_queries_do_not_grow(self, public: Client):
        council, review = make_council(), make_programme(kind="review", known_on=date(2023, 4, 1))
        page = f"/councils/{council.slug}/compare/{review.slug}/"

        def grow(times: int) -> None:
            for _ in range(times):
                pillar = make_pillar(review)
                version = make_version(make_position(council.organisation, pillar), published_on=date(2023, 4, 1))
                recommendation = make_commitment(pillar=pillar, kind=Commitment.Kind.RECOMMENDATION)
                make_verdict(recommendation, verdict="rejected")
                make_claim(version, recommendation)
                make_impact(version, recommendation)

        def count() -> int:
            public.get("/about/dates/")
            return count_queries(lambda: ask(public, page))

        grow(2)
        few = count()
        grow(18)
        assert count() == few <= 12

    def test_words_stay_words(self, public: Client):
        recommendation = Commitment.objects.get(reference="IR-7-01")
        council = Council.objects.get(organisation__slug="kent")
        version = make_version(make_position(council.organisation, recommendation.pillar))
        make_impact(version, recommendation, count=1, unit="<b>", summary="<script>")
        html = source_of(ask(public, "/councils/kent/compare/independent-review/"))

        assert "1 &lt;b&gt;" in html
        assert "&lt;script&gt;" in html


class TestWithoutPillars:
    """Rules, outcomes, enablers and principles: each with the council's position on it."""

    RULES = "/councils/lincolnshire/compare/agency-rules/"

    def speak(self, reference: str, **values) -> PositionVersion:
        commitment = Commitment.objects.get(reference=reference)
        organisation = Council.objects.get(organisation__slug="lincolnshire").organisation
        position = make_position(organisation, programme=commitment.programme, commitment=commitment)
        return make_version(position, published_on=COMMITTEE_DAY, **values)

    def test_silence_is_said_once(self, public: Client):
        words = main_of(ask(public, self.RULES))

        assert words.count("None recorded here") == 1
        assert "No position of Lincolnshire on National rules for agency social work is recorded here" in words
        assert "AR-8 Make a data return every quarter" in words
        assert "Rules 8" in words

    def test_what_it_said_on_the_strategy_can_be_followed(self, public: Client):
        """Its words on pillar 5 speak of one of them."""
        assert main_of(ask(public, self.RULES)).count("Spoken of in its other words") == 1
        assert "/commitments/AR-2b/?as_at=2023-04-21#councils" in links_of(ask(public, self.RULES))

    def test_position_on_one_rule(self, public: Client):
        self.speak("AR-3", text="We keep to it.", readiness="in_place")
        found = {row[0]: row[1] for row in table_rows(ask(public, self.RULES)) if row[0].startswith("AR")}
        by_reference = {title.split()[0]: words for title, words in found.items()}

        assert "In place. Published 21 April 2023, today. We keep to it." in by_reference["AR-3"]
        assert by_reference["AR-4"] == "None recorded here"
        assert by_reference["AR-2b"].startswith("Spoken of in its other words")
        assert "Lincolnshire has a position of its own on 1 of 8; parts are counted with their whole." in main_of(
            ask(public, self.RULES)
        )

    def test_words_on_the_whole_come_first(self, public: Client):
        rule = Commitment.objects.get(reference="AR-3")
        organisation = Council.objects.get(organisation__slug="lincolnshire").organisation
        make_version(make_position(organisation, programme=rule.programme), text="We welcome all of them.")
        words = main_of(ask(public, self.RULES))

        assert "Lincolnshire on the whole" in words
        assert words.find("We welcome all of them.") < words.find("AR-1")

    def test_framework_kind_by_kind(self, public: Client):
        words = main_of(ask(public, "/councils/lincolnshire/compare/national-framework/"))
        places = [words.find(title) for title in ("Outcomes", "Enablers", "Principles")]

        assert -1 not in places
        assert places == sorted(places)

    def test_before_anything_is_listed(self, public: Client):
        Commitment.objects.filter(programme__slug="agency-rules").update(known_on=COMMITTEE_DAY)

        assert "No document recorded here by this day lists anything of" in main_of(
            ask(public, self.RULES, as_at="2023-03-01")
        )

    def test_queries_do_not_grow(self, public: Client):
        def count() -> int:
            public.get("/about/dates/")
            return count_queries(lambda: ask(public, self.RULES))

        self.speak("AR-1")
        few = count()
        for reference in ("AR-2", "AR-3", "AR-4", "AR-4a"):
            self.speak(reference)
        assert count() == few <= 12
