"""The framework and the rules in three documents: what each of them lists, and what the promises have to do with it.

The tables were made by reading the documents; they name the least there must be, so that later documents may add to it.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from pillars.models import Commitment, CommitmentLink, Source
from reforms.pages.drawn import drawn_from
from tests.reforms.pages.reading import main_of, table_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = "2023-04-21"
LISTED = {
    "agency-rules": {
        "Community Care": "AR-2 AR-3 AR-4 AR-5 AR-6 AR-7 AR-8",
        "LGA briefing": "AR-2 AR-3 AR-5 AR-7 AR-8",
        "Lincolnshire report": "AR-1 AR-2 AR-3 AR-4 AR-5 AR-6 AR-7 AR-8",
    },
    "national-framework": {
        "Community Care": "NF-O1 NF-O2 NF-O3 NF-O4 NF-E1 NF-E2",
        "LGA briefing": "NF-P5",
        "Lincolnshire report": "NF-O1 NF-O2 NF-O3 NF-O4 NF-E1 NF-E2 NF-P1 NF-P2 NF-P3 NF-P4 NF-P5",
    },
}
ITEMS = [reference for of_each in LISTED.values() for reference in of_each["Lincolnshire report"].split()]
STATED = [
    *(f"AR-{number} delivers SH-5-05" for number in range(1, 9)),
    *("AR-2 delivers SH-5-05a", "SH-5-05c consults_on AR-0-02", "NF-P5 delivers SH-1-06e"),
    *("SH-6-04 delivers SH-6-01", "SH-6-07 delivers SH-6-01", "SH-6-02c delivers SH-6-01a"),
]
OURS = {
    "NF-O1": "SH-1-01",
    "NF-O2": "SH-3-01 SH-3-03",
    "NF-O3": "SH-2-01 SH-2-07",
    "NF-O4": "SH-4-01 SH-4-04 SH-4-10 SH-4-13",
    "NF-E1": "SH-1-02 SH-5-02 SH-5-04",
    "NF-E2": "SH-2-04 SH-6-04",
    "NF-P1": "SH-4-07",
    "NF-P2": "SH-2-06",
    "NF-P3": "SH-3-01",
    "NF-P4": "SH-2-02 SH-2-01a",
    "NF-P5": "SH-1-06 SH-0-11",
}


def ask(client: Client, slug: str, day: str = DAY):
    return client.get(f"/programmes/{slug}/", {"as_at": day})


def listed(client: Client, slug: str, day: str = DAY) -> dict[str, dict[str, str]]:
    """What each document has to say of each item, from the table of the page."""
    rows = table_rows(ask(client, slug, day))
    head = next(row for row in rows if row[0] == "What is listed")
    items = {row[0].split()[0]: row[1:] for row in rows if row[0].startswith(("AR-", "NF-"))}
    return {
        document: {reference: cells[place] for reference, cells in items.items()}
        for place, document in enumerate(head[1:])
    }


class TestLists:
    @pytest.mark.parametrize(("slug", "document"), [(slug, each) for slug in LISTED for each in LISTED[slug]])
    def test_document_lists_these_and_no_others(self, public: Client, slug: str, document: str):
        found = listed(public, slug)[document]
        expected = LISTED[slug][document].split()

        assert [reference for reference, cell in found.items() if cell.startswith("Listed ")] == expected
        assert {cell for reference, cell in found.items() if reference not in expected} <= {"Not listed"}

    def test_the_rule_that_two_documents_lack(self, public: Client):
        words = main_of(ask(public, "agency-rules"))

        assert "Community Care lists 7 of the 8 rules, all but AR-1." in words
        assert "The LGA briefing lists 5 of the 8 rules, all but AR-1, AR-4 and AR-6." in words
        assert "The Lincolnshire report lists all 8 rules." in words
        assert "AR-1 stands in the Lincolnshire report alone." in words

    def test_the_principles_that_one_document_has(self, public: Client):
        words = main_of(ask(public, "national-framework"))

        assert "The LGA briefing lists only NF-P5 of the 11 expectations." in words
        assert "NF-P1, NF-P2, NF-P3 and NF-P4 stand in the Lincolnshire report alone." in words

    @pytest.mark.parametrize("slug", LISTED)
    def test_on_the_first_day_there_was_one_document(self, public: Client, slug: str):
        words = main_of(ask(public, slug, "2023-02-02"))

        assert "There is no other list to set beside it." in words
        assert [name for name in ("Lincolnshire", "LGA", "AR-1 ", "NF-P1") if name in words] == []

    def test_before_the_report_the_two_others_are_compared(self, public: Client):
        words = main_of(ask(public, "agency-rules", "2023-04-20"))

        assert "Community Care lists all 7 rules." in words
        assert "AR-4 and AR-6 stand in Community Care alone." in words
        assert "Lincolnshire" not in words


class TestWordings:
    @pytest.mark.parametrize(
        ("reference", "words"),
        [
            ("AR-2", "price rates"),
            ("AR-2a", "what local authorities may pay per hour"),
            ("AR-3", "within children's social care"),
            ("AR-3", "who graduated in or after April 2024"),
            ("AR-5", "request and provide references for all"),
            ("AR-6", "excluding certain exceptions"),
            ("AR-8", "The collection and sharing of core agency and pay data"),
            ("NF-O1", "the support they need"),
            ("NF-O2", "children to be supported by their family network"),
            ("NF-O3", "to be safe in and out of home"),
            ("NF-P5", "poverty aware practice"),
        ],
    )
    def test_page_of_an_item_shows_how_others_put_it(self, public: Client, reference: str, words: str):
        response = public.get(f"/commitments/{reference}/", {"as_at": DAY})

        assert f"“{words}”" in main_of(response).partition("How documents put it")[2]


class TestLinks:
    @pytest.mark.parametrize("reference", ITEMS)
    def test_every_item_is_tied_to_a_promise(self, reference: str):
        item = Commitment.objects.get(reference=reference)
        tied = item.links_out.filter(relation="delivers") | item.links_in.filter(relation="delivers")

        assert tied.exists()

    @pytest.mark.parametrize("words", STATED)
    def test_a_document_joins_them(self, words: str):
        assert self.link(*words.split()).basis == "stated"

    @pytest.mark.parametrize(("start", "end"), [(start, end) for end in OURS for start in OURS[end].split()])
    def test_we_join_them_and_say_why(self, start: str, end: str):
        link = self.link(start, "delivers", end)

        assert link.basis == "inferred"
        assert link.reason.endswith(".")

    def link(self, start: str, relation: str, end: str) -> CommitmentLink:
        return CommitmentLink.objects.get(
            from_commitment__reference=start, relation=relation, to_commitment__reference=end
        )

    def test_every_link_has_its_places(self):
        assert list(CommitmentLink.objects.filter(citations=None)) == []

    def test_the_list_says_which_are_ours(self, public: Client):
        rows = public.get("/commitments.json", {"as_at": DAY, "q": "practice guides", "pillar": "6"}).json()["results"]
        [links] = [row["links"] for row in rows if row["reference"] == "SH-6-04"]

        assert {"relation": "delivers", "to": "SH-6-01", "basis": "stated"} in links
        assert {"relation": "delivers", "to": "NF-E2", "basis": "inferred"} in links

    def test_a_source_says_which_are_ours(self):
        drawn = drawn_from(Source.objects.get(slug="lga-2023"), on=date.fromisoformat(DAY))
        texts = {row.text for row in drawn if (row.kind, row.reference) == ("commitment_link", "SH-6-04")}

        assert texts == {"Delivers SH-6-01", "Delivers NF-E2 (inferred by us)"}


def test_the_list_of_commitments_has_a_head_for_each_kind(public: Client):
    groups = public.get("/commitments/", {"programme": "national-framework", "as_at": DAY}).context["groups"]
    title = "National framework for children's social care"

    assert [(group.title, group.count) for group in groups] == [
        (f"{title}: Enablers", 2), (f"{title}: Outcomes", 4), (f"{title}: Principles", 5),
    ]  # fmt: skip
