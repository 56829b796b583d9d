"""What every list does alike: its twins hold the rows of its page, and every link keeps the filters and the day."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import builders as make
from tests.queries import count_queries
from tests.reforms.base.lists.every_list import KINDS, LISTS, address

DAY = "2023-04-21"
SOME = {
    "commitments": "programme=stable-homes&timing=ahead&timing=open",
    "funding": "role=itemised&shape=sum",
    "sources": "kind=council_report",
    "councils": "region=london&type=london_borough",
    "organisations": "kind=national_body",
    "views": "programme=stable-homes&pillar=4&stance=concern&organisation=local-government-association",
    "consultations": "status=closing&status=promised",
}


def read_json(public, path: str) -> list[dict]:
    """Every row, page after page, each by the address that the page before gives."""
    rows: list[dict] = []
    while path:
        answer = public.get(path).json()
        assert list(answer) == ["count", "next", "results"]
        rows += answer["results"]
        path = answer["next"]
    assert len(rows) == answer["count"]
    return rows


def read_csv(public, path: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(public.get(path).content.decode("utf-8-sig"))))


def key_of(row: dict) -> str:
    return row.get("reference") or row["slug"]


@pytest.mark.parametrize("query", ["", f"as_at={DAY}"], ids=["today", "then"])
@pytest.mark.parametrize("name", LISTS)
def test_twins_have_the_same_rows_in_the_same_order(public, name, query):
    whole, part = f"?{query}", f"?{SOME[name]}&{query}"
    for asked in (whole, part):
        in_json = read_json(public, f"{address(name, 'json')}{asked}")
        assert [key_of(row) for row in in_json] == [
            key_of(row) for row in read_csv(public, f"{address(name, 'csv')}{asked}")
        ]
        assert public.get(f"{address(name)}{asked}").context["listing"].count == len(in_json)


@pytest.mark.parametrize("name", LISTS)
def test_the_columns_of_csv_are_those_of_json(public, name):
    in_json, in_csv = read_json(public, address(name, "json")), read_csv(public, address(name, "csv"))
    assert list(in_json[0]) == list(in_csv[0])


def pages_of(public, path: str) -> str:
    """The page and those that come after it, by the address that each gives of the next."""
    pages = []
    while path:
        response = public.get(path)
        pages.append(response.content.decode())
        path = response.context["pagination"].next_url if response.context["pagination"] else ""
    return "".join(pages)


def address_of(name: str, row: dict) -> str:
    """Where a row leads. Money and views have no pages of their own: they lead to what it is for and to who says it."""
    homes = {"funding": ("commitments", "commitment"), "views": ("organisations", "organisation")}
    if name in homes:
        home, column = homes[name]
        return f"/{home}/{row[column]}/"
    return f"/{name}/{key_of(row)}/"


@pytest.mark.parametrize("name", LISTS)
def test_the_page_names_every_row(public, name):
    """The page leads to each thing; parts stand under what they are part of."""
    page = pages_of(public, f"{address(name)}?{SOME[name]}&as_at={DAY}")
    for row in read_json(public, f"{address(name, 'json')}?{SOME[name]}&as_at={DAY}"):
        assert f'href="{address_of(name, row)}?as_at={DAY}' in page


@pytest.mark.parametrize("name", LISTS)
def test_every_link_keeps_the_day(public, name):
    page = public.get(f"{address(name)}?{SOME[name]}&as_at={DAY}").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = [unescape(link) for link in re.findall(r'href="(/[^"]*)"', main)]
    assert links
    assert [link for link in links if parse_qs(urlsplit(link).query).get("as_at") != [DAY]] == []
    assert f'<input type="hidden" name="as_at" value="{DAY}">' in main


@pytest.mark.parametrize("name", LISTS)
def test_each_chip_takes_one_filter_away(public, name):
    response = public.get(f"{address(name)}?{SOME[name]}&as_at={DAY}")
    asked = SOME[name].split("&")
    chips = response.context["chips"]
    assert len(chips) == len(asked)
    taken = [{pair for pair in asked if pair not in url} for _words, url in chips]
    assert sorted(taken, key=sorted) == sorted(({pair} for pair in asked), key=sorted)


def test_next_is_an_address_with_the_same_filters_and_day(public):
    answer = public.get(f"/commitments.json?as_at={DAY}&sort=title&kind=commitment").json()
    parts = urlsplit(answer["next"])
    assert parts.path == "/commitments.json"
    assert parse_qs(parts.query) == {"as_at": [DAY], "sort": ["title"], "kind": ["commitment"], "page": ["2"]}


def test_pages_of_the_page_and_of_json_are_the_same(public):
    second = [row["reference"] for row in public.get("/commitments.json?page=2").json()["results"]]
    page = public.get("/commitments/?page=2").content.decode()
    assert all(f'href="/commitments/{reference}/"' in page for reference in second)


def test_the_order_is_kept_by_the_form_and_the_pages(public):
    response = public.get("/commitments/?sort=-title")
    assert 'name="sort" value="-title"' in response.content.decode()
    assert "sort=-title" in response.context["pagination"].next_url


def test_the_usual_order_has_a_plain_address(public):
    orders = public.get("/commitments/?sort=title").context["orders"]
    assert orders[0].url == "/commitments/"
    assert [order.label for order in orders if order.is_current] == ["title"]


def test_an_order_that_is_not_offered_is_still_named(public):
    orders = public.get("/commitments/?sort=-due").context["orders"]
    assert [order.label for order in orders if order.is_current] == ["last date first"]


def test_the_file_of_a_past_day_says_so(public):
    response = public.get(f"/sources.csv?as_at={DAY}")
    assert response["Content-Disposition"] == f'attachment; filename="sources-{DAY}.csv"'


def test_a_formula_in_the_data_reaches_no_spreadsheet(public):
    source = make.make_source(title="=HYPERLINK(1)")
    rows = {row["slug"]: row for row in read_csv(public, "/sources.csv")}
    assert rows[source.slug]["title"] == "'=HYPERLINK(1)"
    in_json = {row["slug"]: row for row in read_json(public, "/sources.json")}
    assert in_json[source.slug]["title"] == "=HYPERLINK(1)"


def test_markup_in_the_data_stays_text(public):
    make.make_source(title="<script>alert(1)</script>")
    assert "<script>alert" not in public.get("/sources/").content.decode()


@pytest.mark.parametrize("name", ["commitments", "funding", "councils", "views", "sources"])
def test_when_nothing_matches_the_page_says_so(public, name):
    page = public.get(f"{address(name)}?q=zebra").content.decode()
    assert "Clear all filters" in page
    assert public.get(f"{address(name, 'json')}?q=zebra").json() == {"count": 0, "next": None, "results": []}


@pytest.mark.parametrize("name", ["commitments", "funding", "organisations", "views", "consultations"])
def test_before_anything_was_public_there_is_nothing_and_no_hint(public, name):
    page = public.get(f"{address(name)}?as_at=2020-01-01").content.decode()
    assert "Nothing recorded here was public on 1 January 2020" in page
    assert public.get(f"{address(name, 'json')}?as_at=2020-01-01").json()["count"] == 0


EVERY_FACET = (
    "programme=stable-homes&pillar=4&kind=commitment&strength=firm&timing=open&timing=no_date&source=lincolnshire-2023"
    "&q=care&due_from=2020-01-01&sort=-changed"
)
MOST = 12


@pytest.mark.parametrize(
    ("name", "query"),
    [*((name, "") for name in LISTS), *SOME.items(), ("commitments", EVERY_FACET), ("sources", "q=report&kind=news")],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_list_asks_little_whatever_is_chosen(public, name, query, kind):
    public.get("/about/dates/")  # what is asked once for each state of the data is asked now
    assert count_queries(lambda: public.get(f"{address(name, kind)}?{query}")) <= MOST
