"""Somebody from the public follows a figure to its place in the document, and cites it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from tests.reforms.pages.reading import links_of, main_of, source_of

pytestmark = pytest.mark.django_db


def test_from_a_sum_on_a_page_to_its_place(public: Client):
    pillar = public.get("/programmes/stable-homes/pillars/1/?as_at=2023-04-21")
    assert "£45m" in main_of(pillar)
    cited = [url for url in links_of(pillar) if url.startswith("/sources/lincolnshire-2023/?as_at=2023-04-21#place-")]

    source = source_of(public.get(cited[0].partition("#")[0]))
    places = {url.partition("#")[2] for url in cited}

    assert places
    assert [place for place in places if f'id="{place}"' not in source] == []


def test_place_names_what_was_drawn_from_it(public: Client):
    source = source_of(public.get("/sources/lincolnshire-2023/?as_at=2023-04-21"))
    row = re.search(r"(?s)<tr[^>]*>(?:(?!</tr>).)*Pillar 1 bullet 1(?!\d)(?:(?!</tr>).)*</tr>", source)

    assert row
    for reference in ("SH-1-01", "SH-1-01-F1", "families-first-for-children", "SH-2-01", "SH-3-01"):
        assert reference in row[0]


def test_address_to_cite_has_no_day_and_stays(public: Client):
    html = source_of(public.get("/sources/lincolnshire-2023/?as_at=2023-04-21"))

    assert '<link rel="canonical" href="http://testserver/sources/lincolnshire-2023/">' in html
    assert public.get("/sources/lincolnshire-2023/").status_code == 200


def test_takes_the_rows_along(public: Client):
    page = public.get("/sources/lincolnshire-2023/?as_at=2023-04-21")
    address = next(url for url in links_of(page) if ".csv" in url)
    rows = list(csv.DictReader(io.StringIO(public.get(address).content.decode("utf-8-sig"))))

    money = [row for row in rows if row["reference"] == "SH-1-01-F1"]

    assert ("Pillar 1 bullet 1", "41", "funding_line") in [(row["locator"], row["line"], row["kind"]) for row in money]


def test_every_commitment_of_the_data_names_source_file_and_locator(public: Client):
    answer = public.get("/commitments.json", {"programme": "stable-homes", "as_at": "2023-04-21"}).json()
    rows = answer["results"]
    while answer["next"]:
        answer = public.get(answer["next"]).json()
        rows += answer["results"]

    assert len(rows) >= 220
    assert [row["reference"] for row in rows if not row["citations"]] == []
    assert {cite["file"] for row in rows for cite in row["citations"]} == {"000", "002", "003"}
    assert [cite for row in rows for cite in row["citations"] if not cite["locator"]] == []
    assert {"source": "lincolnshire-2023", "file": "000", "locator": "Pillar 3 bullet 3"} in [
        cite for row in rows if row["reference"] == "SH-3-03" for cite in row["citations"]
    ]


def test_source_of_a_source(public: Client):
    words = main_of(public.get("/sources/stable-homes-strategy/?as_at=2023-04-21"))

    assert "Stable Homes, Built on Love: Implementation Strategy and Consultation" in words
    assert "Lincolnshire report" in words
