"""Maya, an officer of Lincolnshire, compares the council with the plan and finds the gaps with a date or money."""

from __future__ import annotations

import re

from django.test import Client

from tests.reforms.pages.reading import links_of, main_of, own_links, table_rows

GAPS_WITH_A_DATE_OR_MONEY = {
    "SH-1-08", "SH-2-02", "SH-2-07", "SH-2-10", "SH-3-02", "SH-4-02", "SH-4-04", "SH-4-08", "SH-4-09", "SH-4-10",
    "SH-4-16", "SH-4-22", "SH-5-01", "SH-5-09", "SH-5-10", "SH-6-01", "SH-6-02", "SH-6-06",
}  # fmt: skip
COMPARE = "/councils/lincolnshire/compare/stable-homes/?as_at=2023-04-21"


def test_from_home_to_the_comparison(sign_in):
    maya: Client = sign_in("maya")

    assert COMPARE in links_of(maya.get("/?as_at=2023-04-21"))
    assert COMPARE in links_of(maya.get("/councils/lincolnshire/?as_at=2023-04-21"))
    assert maya.get(COMPARE).status_code == 200


def test_finds_the_gaps_that_matter(sign_in):
    maya: Client = sign_in("maya")
    page = maya.get(COMPARE)
    only_gaps = next(url for url in own_links(page) if "show=gaps" in url)
    gaps = maya.get(only_gaps)
    rows = [row for row in table_rows(gaps) if len(row) == 7][1:]

    assert sum(int(row[4]) for row in rows) == len(GAPS_WITH_A_DATE_OR_MONEY)
    found = {row.reference for pair in gaps.context["pairs"] for row in pair.gaps_that_matter}
    assert found == GAPS_WITH_A_DATE_OR_MONEY


def test_every_gap_leads_to_its_commitment(sign_in):
    maya: Client = sign_in("maya")
    links = own_links(maya.get(f"{COMPARE}&show=gaps"))

    for reference in GAPS_WITH_A_DATE_OR_MONEY:
        url = f"/commitments/{reference}/?as_at=2023-04-21"
        assert url in links
        assert "No position recorded here speaks of it." in main_of(maya.get(url))


def test_sees_how_old_the_figures_are(sign_in):
    maya: Client = sign_in("maya")
    rows = {row[0]: row for row in table_rows(maya.get(COMPARE)) if len(row) == 7}

    assert rows["3. Family networks"][6] == "2 figures ageing"
    assert "Figure for 2020/21, over 2 years old" in main_of(maya.get(COMPARE))


def test_own_council_stands_beside_every_pillar(sign_in):
    maya: Client = sign_in("maya")
    for number in range(1, 7):
        page = main_of(maya.get(f"/programmes/stable-homes/pillars/{number}/?as_at=2023-04-21"))
        assert "Lincolnshire’s current position" in page


def test_knows_what_is_due_for_the_councils_answer(sign_in):
    maya: Client = sign_in("maya")
    words = main_of(maya.get("/councils/lincolnshire/?as_at=2023-04-21")).partition("Its timetable for answering")[2]

    assert re.search(
        r"Show the draft responses to the Directorate Leadership Team \(DLT\) “on 3 May” In 12 days", words
    )
    assert re.search(r"Submit the council's collective response “by 11 May” 20 days left", words)


def test_officer_of_another_council_finds_nothing_recorded(sign_in):
    sami: Client = sign_in("sami")
    words = main_of(sami.get("/councils/blackpool/compare/stable-homes/?as_at=2023-04-21"))

    assert words.count("None recorded here. That says nothing about its services.") == 6
