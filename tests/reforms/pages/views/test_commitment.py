"""One commitment: its dates, its money, its parts, what happened since and what councils say."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from pillars.models import Commitment
from tests.builders import (
    make_commitment,
    make_consultation,
    make_deadline,
    make_organisation,
    make_programme,
    make_update,
)
from tests.reforms.pages.making import make_link, make_participation, make_pilot, make_wave
from tests.reforms.pages.reading import links_of, main_of, source_of, table_rows, words_of_html

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = {"as_at": "2023-04-21"}
EVERY_REFERENCE = [
    "SH-0-04", "SH-0-07", "SH-1-01", "SH-1-01a", "SH-2-04", "SH-2-04e", "SH-3-03", "SH-4-02", "SH-4-12", "SH-4-12m",
    "SH-4-26", "SH-5-02", "SH-5-03", "SH-5-10b", "SH-6-01", "SH-6-01c", "SH-6-06", "NF-P1", "NF-O4", "NF-E2",
    "AR-0-01", "AR-0-02a", "AR-3", "AR-8h", "IR-0-01", "IR-1-01", "IR-1-01a", "IR-2-02", "IR-4-10", "IR-7-01",
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
            "Read from the words by our table", "LGA briefing, Appendix A 4.3 · Lincolnshire report, Pillar 3 bullet 3",
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
        words = main_of(ask(public, "SH-1-04"))

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
            "2023-24, 2024-25", "Not stated",
            "Community Care, Key points bullet 10 · LGA briefing, Appendix A 4.5"
            " · Lincolnshire report, Pillar 4 bullet 1",
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
            ("SH-4-04", "Money Sum not stated"),
            ("SH-4-12c", "Money £1,000 to £3,000 a care leaver"),
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
            "Recommended: Independent Review", "Part of", "Promised: Stable Homes, 5. Social workers",
            "What happened since", "Where councils stand", "What others say",
        ]  # fmt: skip

    def test_whole_has_no_part_of(self, public: Client):
        assert "Part of" not in [step.kind for step in self.steps(public, "SH-5-02")]

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
        assert "Promised, no date given" in main_of(ask(public, "SH-4-12a"))


class TestRecommendations:
    """The chain from the review's side and from the plan's, as the documents tell it."""

    def kinds(self, client: Client, reference: str, **query: str) -> list[str]:
        return [step.kind for step in ask(client, reference, **query).context["chain"]]

    def step(self, client: Client, reference: str, kind: str, **query: str):
        return next(each for each in ask(client, reference, **query).context["chain"] if each.kind.startswith(kind))

    def test_whole_chain(self, public: Client):
        assert self.kinds(public, "IR-4-10") == [
            "Recommended: Independent Review, 4. Homes and voice", "Answered by Stable Homes", "Promised",
            "What happened since", "Where councils stand", "What others say",
        ]  # fmt: skip

    def test_before_the_answer(self, public: Client):
        assert self.kinds(public, "IR-4-10", as_at="2022-12-01") == [
            "Recommended: Independent Review, 4. Homes and voice", "Answered", "What happened since",
            "Where councils stand", "What others say",
        ]  # fmt: skip
        words = main_of(ask(public, "IR-4-10", as_at="2022-12-01"))
        assert "No answer was known by 1 December 2022" in words
        assert "SH-4-09e" not in words

    def test_rejected_in_so_many_words(self, public: Client):
        words = main_of(ask(public, "IR-4-10"))

        assert "Rejected Stable Homes turned it down. In published words: “The DfE has rejected" in words
        assert "What is promised instead SH-4-09e" in words

    def test_never_mentioned(self, public: Client):
        step = self.step(public, "IR-2-02", "Answered")

        assert (step.title, step.is_gap, step.anchor) == ("Not mentioned", True, "verdict-stable-homes")
        assert self.step(public, "IR-2-02", "Promised").title == "No commitment carries it"

    def test_tried_in_pathfinders(self, public: Client):
        items = {each.reference: each for each in self.step(public, "IR-1-01", "Promised").items}

        assert list(items) == ["SH-1-01", "SH-1-01c"]
        assert "£45m" in items["SH-1-01"].note
        assert self.step(public, "IR-1-01", "What happened since").items[0].reference == "SH-1-01"

    def test_commitment_with_what_it_answers(self, public: Client):
        step = self.step(public, "SH-4-07", "Recommended")

        assert (step.kind, step.title) == ("Recommended: Independent Review", "It answers one recommendation")
        assert [(each.reference, each.state) for each in step.items] == [
            ("IR-4-09", "Adapted"), ("IR-4-09a", "Accepted"), ("IR-4-09b", "Rejected, inferred by us"),
        ]  # fmt: skip

    def test_many_are_grouped(self, public: Client):
        step = self.step(public, "SH-1-01", "Recommended")

        assert [group.title for group in step.groups] == [
            "Adapted, inferred by us", "To be tested", "To be tested, inferred by us",
        ]  # fmt: skip
        assert "IR-1-02 Staff family help with teams from several professions (through SH-1-01c)" in main_of(
            ask(public, "SH-1-01")
        )

    def test_commitment_that_none_asks_for(self, public: Client):
        assert "Recommended: No recommendation recorded here asks for it" in main_of(ask(public, "SH-4-16"))

    def test_rule_has_the_same_chain(self, public: Client):
        assert self.kinds(public, "AR-3")[:3] == [
            "Recommended: Independent Review", "Rule: National rules for agency social work", "Consulted on",
        ]  # fmt: skip

    def test_every_recommendation_has_its_whole_chain(self, public: Client):
        for each in Commitment.objects.filter(kind=Commitment.Kind.RECOMMENDATION, parent=None)[::9]:
            kinds = self.kinds(public, each.reference)

            assert [kind for kind in kinds if kind.startswith("Answered by")], each
            assert "Promised" in kinds, each


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
        named = {words: [tie.reference for tie in ties] for words, ties in links.items()}

        assert named["Delivers, funded with"] == ["SH-1-01"]
        assert [words for words, references in named.items() if "SH-1-01" in references] == ["Delivers, funded with"]

    def test_what_we_join_ourselves_says_so_and_why(self, public: Client):
        start, stated, ours = make_commitment(), make_commitment(), make_commitment()
        make_link(start, stated)
        make_link(start, ours, basis="inferred", reason="Both speak of it.")
        words = main_of(ask(public, start.reference))

        assert f"{stated} {ours} (inferred by us: Both speak of it.)" in words

    @pytest.mark.parametrize("stated_first", [True, False])
    def test_what_a_document_says_of_one_part_holds_for_the_whole(self, public: Client, stated_first: bool):
        whole, other = make_commitment(), make_commitment()
        bases = [{"basis": "stated"}, {"basis": "inferred", "reason": "Ours."}]
        for values in bases if stated_first else reversed(bases):
            make_link(make_commitment(parent=whole), other, **values)

        assert "inferred by us" not in main_of(ask(public, whole.reference))

    def test_two_relations_of_unlike_basis_stand_apart(self, public: Client):
        start, other = make_commitment(), make_commitment()
        make_link(start, other)
        make_link(start, other, relation="funded_with", basis="inferred", reason="Ours.")
        links = ask(public, start.reference).context["links"]

        assert {words: [tie.reason for tie in ties] for words, ties in links.items()} == {
            "Delivers": [""], "Funded with": ["Ours."],
        }  # fmt: skip

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
        assert "First wave, three: “in September 2023”" in words
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


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        pytest.param("SH-4-01", "Known since 2 February 2023", id="news-report-first"),
        pytest.param("SH-4-21", "Known since 14 March 2023", id="briefing-alone"),
        pytest.param("SH-4-03", "Known since 21 April 2023", id="council-report-alone"),
    ],
)
def test_known_since(public: Client, reference: str, words: str):
    assert words in main_of(ask(public, reference))


class TestMission:
    """At a glance: the mission that it serves."""

    def test_leads_to_where_its_pillar_has_it(self, public: Client):
        response = ask(public, "SH-4-01")
        address = "/programmes/stable-homes/pillars/4/?as_at=2023-04-21"

        assert "Strength Firm Mission 2. Homes for children in care Lead" in main_of(response)
        assert f"{address}#mission-2" in links_of(response)
        assert 'id="mission-2"' in source_of(public.get(address))

    def test_part_may_serve_another_than_its_whole(self, public: Client):
        assert "Mission 2. Homes for children in care" in main_of(ask(public, "SH-4-09"))
        assert "Mission 1. Loving relationships" in main_of(ask(public, "SH-4-09e"))

    @pytest.mark.parametrize("reference", ["SH-4-03", "SH-4-26", "SH-1-01"])
    def test_none(self, public: Client, reference: str):
        assert "<dt>Mission</dt>" not in source_of(ask(public, reference))

    @pytest.mark.parametrize(("day", "is_known"), [("2023-03-13", False), ("2023-03-14", True)])
    def test_not_before_a_document_names_it(self, public: Client, day: str, is_known: bool):
        """The news report has the promise; only the briefing of 14 March has the missions."""
        response = ask(public, "SH-4-01", as_at=day)

        assert response.status_code == 200
        assert ("Homes for children in care" in main_of(response)) == is_known


class TestReadings:
    """How documents put it: the readings where they differ, the one in use first."""

    def rows(self, client: Client, reference: str, **query: str) -> list[list[str]]:
        html = source_of(ask(client, reference, **query)).partition('id="wordings"')[2].partition("</section>")[0]
        found = re.findall(r"(?s)<tr\b.*?</tr>", html)[1:]
        return [[words_of_html(cell) for cell in re.findall(r"(?s)<t[hd]\b.*?</t[hd]>", row)] for row in found]

    def test_used_first_with_its_reason_and_every_source(self, public: Client):
        of = "SH-3-03, what the money is for"
        why = "It says who is in; the report's words about legal orders mean the same."
        legal = "“all kinship carers (those with a legal order and informal arrangements)”"

        assert self.rows(public, "SH-3-03") == [
            [of, "“all kinship carers (including informal carers)”", f"Yes: {why}", "LGA briefing, Appendix A 11.4"],
            [of, "“improving training and support”", "No", "Community Care, Key points bullet 9"],
            [of, legal, "No", "Lincolnshire report, Pillar 3 bullet 3"],
            [of, "“all kinship carers by the end of this Parliament”", "No", "LGA briefing, Appendix A 4.3"],
        ]

    def test_one_not_used_may_say_how_it_differs(self, public: Client):
        assert [row[1:3] for row in self.rows(public, "SH-1-01b")] == [
            [
                "“in 2024”",
                "Yes: It names the year; a second year that begins in September 2023 could also run into 2025.",
            ],
            [
                "“in the second year”",
                "No: The words do not say which year is the first, and the other reading names one.",
            ],
        ]

    def test_several_things_of_one_commitment(self, public: Client):
        rows = self.rows(public, "SH-3-02")

        assert [(row[0].partition(", ")[2], row[2].partition(":")[0]) for row in rows] == [
            ("when the strategy is published", "Yes"),
            ("when the strategy is published", "No"),
            ("what the strategy deals with", "Yes"),
            ("what the strategy deals with", "No"),
        ]

    def test_those_of_its_parts_stand_with_it(self, public: Client):
        readings = [row[:2] for row in self.rows(public, "SH-1-01")]

        assert readings[:2] == [
            ["SH-1-01, how many pathfinders there are", "“up to 12”"],
            ["SH-1-01, how many pathfinders there are", "“The 12 pathfinders”"],
        ]
        assert [row for row in readings if row[0].startswith(("SH-1-01a", "SH-1-01b"))] == [
            ["SH-1-01a, when the first three pathfinders start", "“in September 2023”"],
            ["SH-1-01a, when the first three pathfinders start", "“in 2023”"],
            ["SH-1-01b, when up to nine more start", "“in 2024”"],
            ["SH-1-01b, when up to nine more start", "“in the second year”"],
        ]

    def test_nothing_where_documents_agree(self, public: Client):
        page = main_of(ask(public, "SH-4-17"))

        assert "How documents put it" not in page
        assert "ocuments differ" not in page

    @pytest.mark.parametrize(
        ("reference", "marks"),
        [
            pytest.param("SH-5-03a", {"how firmly it is promised", "money"}, id="how-firmly"),
            pytest.param("SH-1-01", {"how firmly it is promised", "dates"}, id="dates-of-parts-too"),
            pytest.param("SH-4-13", {"money"}, id="not-how-firmly-a-part-is-promised"),
        ],
    )
    def test_mark_stands_beside_what_differs(self, public: Client, reference: str, marks: set[str]):
        html = source_of(ask(public, reference))

        assert set(re.findall(r'href="#wordings">Documents differ<span[^>]*> on ([^<]*)<', html)) == marks
        assert 'id="wordings"' in html

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            pytest.param("2023-03-13", [], id="one-document-differs-from-none"),
            pytest.param("2023-03-14", ["“above-inflation rise”", "“by 12.43 per cent”"], id="two"),
            pytest.param("2023-04-20", ["“above-inflation rise”", "“by 12.43 per cent”"], id="last-day-of-two"),
            pytest.param("2023-04-21", ["“by 12.43%”", "“above-inflation rise”", "“by 12.43 per cent”"], id="three"),
        ],
    )
    def test_none_before_its_day(self, public: Client, day: str, words: list[str]):
        assert [row[1] for row in self.rows(public, "SH-4-02", as_at=day)] == words

    @pytest.mark.parametrize(("day", "is_said"), [("2023-04-20", False), ("2023-04-21", True)])
    def test_reason_waits_for_the_last_document_that_it_weighs(self, public: Client, day: str, is_said: bool):
        """It compares three documents, of which the used one was the first and the council's report the last."""
        used = self.rows(public, "SH-4-13a", as_at=day)[0]
        reason = ": Two documents give both figures, and the others agree as far as they go."

        assert used[1:3] == ["“from £2,000 to £3,000”", "Yes" + reason * is_said]


def test_commitment_without_a_pillar_has_shorter_crumbs(public: Client):
    crumbs = ask(public, "AR-3").context["crumbs"]

    assert [words for words, _url in crumbs] == ["Plan", "National rules for agency social work"]


def test_commitment_of_a_programme_without_anything_else(public: Client):
    bare = make_commitment(make_programme(pillar_noun="", pillar_noun_plural=""))
    make_deadline(bare)
    make_consultation(promised_by=bare, is_promised=True)

    assert ask(public, bare.reference).status_code == 200
