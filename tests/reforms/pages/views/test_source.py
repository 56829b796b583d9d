"""One source, and everything drawn from it in its own order; and the same rows as data."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client

from consultations.models import Consultation
from pillars.models import Commitment, Source
from tests.builders import (
    make_citation,
    make_commitment,
    make_impact,
    make_mission,
    make_programme,
    make_source,
    make_verdict,
    make_version,
)
from tests.reforms.pages.making import make_claim, make_step
from tests.reforms.pages.reading import links_of, main_of, source_of, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REPORT = "/sources/lincolnshire-2023/"
COLUMNS = ["locator", "line", "kind", "reference", "text"]


def ask(client: Client, address: str = REPORT, **query: str):
    return client.get(address, {"as_at": "2023-04-21", **query})


def everything(client: Client, slug: str, **query: str) -> list[dict]:
    """Every row of the JSON, page after page."""
    answer = ask(client, f"/sources/{slug}.json", **query).json()
    rows = answer["results"]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        rows += answer["results"]
    assert len(rows) == answer["count"]
    return rows


class TestPage:
    def test_says_what_it_is(self, public: Client):
        words = main_of(ask(public))

        assert "Official title Care Review" in words
        assert "Publisher Lincolnshire" in words
        assert "Published 21 April 2023 (stated in the document)" in words

    def test_every_place_in_the_documents_own_order(self, public: Client):
        numbers = [int(each) for each in re.findall(r'id="place-(\d+)"', source_of(ask(public)))]

        assert len(numbers) == 128
        assert numbers == sorted(numbers)

    def test_place_says_what_it_became(self, public: Client):
        rows = {row[0]: row[1] for row in table_rows(ask(public)) if len(row) == 2}

        place = rows["Pillar 3 bullet 3 line 75"]
        assert "Commitment SH-3-03 Give every kinship carer training and support" in place
        assert "“by the end of this Parliament”: by 17 December 2024" in place
        assert "Funding line SH-3-03-F1" in place

    def test_place_that_nothing_rests_on_has_its_context(self, public: Client):
        rows = {row[0]: row[1] for row in table_rows(ask(public)) if len(row) == 2}

        assert rows["Author line line 266"].startswith("Context ")

    def test_position_stands_where_it_was_said(self, public: Client):
        rows = {row[0]: row[1] for row in table_rows(ask(public)) if len(row) == 2}

        assert "Position version lincolnshire/SH-6" in rows["Pillar 6 current position line 131"]
        assert "Claim lincolnshire/SH-6#1" in rows["Pillar 6 current position line 131"]

    def test_source_that_the_report_names(self, public: Client):
        words = main_of(ask(public, "/sources/stable-homes-strategy/"))

        assert "Lincolnshire report, 1 Background para 2" in words

    def test_source_cited_whole(self, public: Client):
        place = make_citation(make_source(title="A paper"), locator="")
        make_commitment(title="From the paper").citations.add(place)
        rows = table_rows(ask(public, place.source.get_absolute_url()))

        assert rows[-1][0] == "The whole source"
        assert "From the paper" in rows[-1][1]

    def test_nothing_drawn_from_it(self, public: Client):
        assert "is drawn from this source" in main_of(ask(public, make_source().get_absolute_url()))

    def test_record_on_two_places_stands_at_both(self, public: Client):
        source = make_source()
        commitment = make_commitment()
        commitment.citations.set([make_citation(source), make_citation(source)])

        assert main_of(ask(public, source.get_absolute_url())).count(commitment.reference) == 2

    def test_words_that_are_not_public_are_left_out(self, public: Client):
        place = make_citation()
        draft = make_version(state="draft", text="A draft.", published_on=None, known_on=date(2023, 4, 1))
        claim = make_claim(draft, text="A claim of a draft.")
        impact = make_impact(draft, summary="An impact of a draft.")
        step = make_step(draft.position.organisation, Consultation.objects.first(), origin="written", title="A step.")
        for fact in (draft, claim, impact, step):
            fact.citations.add(place)
        words = main_of(ask(public, place.source.get_absolute_url()))

        private = ("A draft.", "A claim of a draft.", "An impact of a draft.", "A step.")
        assert [text for text in private if text in words] == []

    def test_twins_are_a_link_away(self, public: Client):
        links = links_of(ask(public))

        assert "/sources/lincolnshire-2023.csv?as_at=2023-04-21" in links
        assert "/sources/lincolnshire-2023.json?as_at=2023-04-21" in links

    def test_unsafe_address_is_no_script(self, public: Client):
        source = make_source(url='https://example.org/"><script>alert(1)</script>')

        assert "<script>alert" not in source_of(ask(public, source.get_absolute_url()))


class TestData:
    def test_columns(self, public: Client):
        assert list(everything(public, "lincolnshire-2023")[0]) == COLUMNS

    def test_one_row_for_each_citation(self, public: Client):
        rows = everything(public, "lincolnshire-2023")
        commitments = [row for row in rows if row["kind"] == "commitment"]
        citations = Commitment.citations.through.objects.filter(
            citation__source__slug="lincolnshire-2023", commitment__known_on__lte=date(2023, 4, 21)
        )

        assert len(commitments) == citations.count()

    def test_in_document_order(self, public: Client):
        lines = [row["line"] for row in everything(public, "lincolnshire-2023")]

        assert lines == sorted(lines)

    @pytest.mark.parametrize(
        "kind",
        [
            *("source", "programme", "pillar", "phase", "milestone", "commitment", "deadline", "funding_line", "pilot"),
            *("wave", "progress_update", "commitment_link", "consultation", "step", "position_version", "claim"),
            "participation",
        ],
    )
    def test_kinds(self, public: Client, kind: str):
        assert kind in {row["kind"] for row in everything(public, "lincolnshire-2023")}

    @pytest.mark.parametrize(
        "row",
        [
            {"locator": "Pillar 3 bullet 3", "line": 75, "kind": "commitment", "reference": "SH-3-03"},
            {"locator": "Pillar 1 bullet 1", "line": 41, "kind": "pilot", "reference": "families-first-for-children"},
            {"locator": "National rules item 3", "line": 196, "kind": "commitment", "reference": "AR-3"},
            {"locator": "Pillar 3 current position", "line": 80, "kind": "claim", "reference": "lincolnshire/SH-3#5"},
            {"locator": "2 Conclusion para 2", "line": 244, "kind": "step", "reference": "lincolnshire/step-4"},
        ],
    )
    def test_row(self, public: Client, row: dict):
        found = [{key: each[key] for key in row} for each in everything(public, "lincolnshire-2023")]

        assert row in found

    @pytest.mark.parametrize(
        ("values", "text"),
        [
            ({"words": "we agree"}, "Accepted, Answers: “we agree”"),
            (
                {"basis": "inferred", "words": "", "reason": "Silent."},
                "Accepted (inferred by us), Answers: Silent.",
            ),
        ],
        ids=["stated", "inferred"],
    )
    def test_verdict(self, public: Client, values: dict, text: str):
        place = make_citation()
        verdict = make_verdict(programme=make_programme(title="Answers"), **values)
        verdict.citations.add(place)
        [row] = everything(public, place.source.slug)

        assert (row["kind"], row["reference"], row["text"]) == ("verdict", verdict.recommendation.reference, text)
        assert verdict.get_absolute_url().replace("#", "?as_at=2023-04-21#") in links_of(
            ask(public, place.source.get_absolute_url())
        )

    def test_impact(self, public: Client):
        place = make_citation()
        impact = make_impact(summary="Two more people.")
        impact.citations.add(place)
        [row] = everything(public, place.source.slug)

        assert (row["kind"], row["reference"]) == ("impact", f"{impact.version.reference}!1")
        assert row["text"] == "Staff: Two more people."

    def test_mission_of_a_whole_programme(self, public: Client):
        place = make_citation()
        mission = make_mission(title="Warmth")
        mission.citations.add(place)
        [row] = everything(public, place.source.slug)

        assert (row["kind"], row["reference"], row["text"]) == ("mission", mission.reference, "Warmth.")

    def test_csv_holds_the_same_rows(self, public: Client):
        text = ask(public, "/sources/lincolnshire-2023.csv").content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        same = everything(public, "lincolnshire-2023")

        assert list(rows[0]) == COLUMNS
        assert [(row["locator"], row["kind"], row["reference"]) for row in rows] == [
            (row["locator"], row["kind"], row["reference"]) for row in same
        ]

    def test_every_reference_is_on_the_page(self, public: Client):
        words = main_of(ask(public))

        assert {
            row["reference"] for row in everything(public, "lincolnshire-2023") if row["reference"] not in words
        } == set()

    def test_only_what_was_known_on_the_day(self, public: Client):
        assert public.get("/sources/lincolnshire-2023.json", {"as_at": "2023-04-20"}).status_code == 404

    def test_source_with_nothing(self, public: Client):
        answer = ask(public, f"/sources/{make_source().slug}.json").json()

        assert answer == {"count": 0, "next": None, "results": []}

    def test_text_that_a_spreadsheet_would_run(self, public: Client):
        place = make_citation()
        make_commitment(title="=1+1").citations.add(place)
        text = ask(public, f"/sources/{place.source.slug}.csv").content.decode("utf-8-sig")

        assert "'=1+1" in text
        assert ask(public, f"/sources/{place.source.slug}.json").json()["results"][0]["text"] == "=1+1"

    def test_source_cited_whole_has_no_line(self, public: Client):
        place = make_citation(locator="")
        make_commitment().citations.add(place)
        row = ask(public, f"/sources/{place.source.slug}.json").json()["results"][0]

        assert (row["locator"], row["line"]) == ("", None)


@pytest.mark.parametrize("slug", Source.Kind.values)
def test_every_kind_of_source_has_a_page(public: Client, slug: str):
    source = make_source(kind=slug)

    assert source.get_kind_display() in main_of(ask(public, source.get_absolute_url()))


def test_link_to_a_place_on_a_page_keeps_to_the_day(public: Client):
    """The day stands before the place, or a browser would take it for part of the place's name."""
    html = source_of(public.get("/sources/lga-2023/", {"as_at": "2023-04-21"}))

    assert 'href="/programmes/stable-homes/pillars/4/?as_at=2023-04-21#mission-1"' in html
