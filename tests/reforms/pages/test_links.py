"""Links lead to pages, on a day before the documents, on the committee's day and today.

A few of each kind are followed here. tests/browser/test_links.py follows every one there is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.reforms.pages.addresses import PAGES
from tests.reforms.pages.reading import links_of, own_links, source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAYS = [
    pytest.param("2020-01-01", id="before-everything", marks=pytest.mark.long),
    pytest.param("2022-05-23", id="the-review", marks=pytest.mark.long),
    pytest.param("2023-03-01", id="between-strategy-and-report", marks=pytest.mark.long),
    pytest.param("2023-04-21", id="the-committee", marks=pytest.mark.long),
    pytest.param("2023-05-12", id="after-the-closing", marks=pytest.mark.long),
    pytest.param("", id="today", marks=pytest.mark.long),
]
SAMPLE = 4
"""How many pages of one kind are followed, so that a crawl stays short."""


def kind_of(url: str) -> str:
    """What sort of page an address leads to: its path with names and numbers taken out."""
    path = urlsplit(url).path
    for pattern, kind in (
        (r"^/commitments/[A-Z].*", "commitment"),
        (r"^/(councils|programmes|consultations|sources)/[^/]+/$", r"\1"),
        (r"^/councils/[^/]+/compare/.*", "compare"),
        (r"^/programmes/[^/]+/pillars/.*", "pillar"),
        (r"^/as-at/", "as-at"),
    ):
        if re.match(pattern, path):
            return re.sub(pattern, kind, path)
    return path


def crawl(client: Client, start: str) -> dict[str, tuple[int, str]]:
    """The status of every page within reach, and the page that leads to it; a sample of each kind."""
    found: dict[str, tuple[int, str]] = {}
    taken: dict[str, int] = {}
    waiting = [(start, "")]
    while waiting:
        url, leads_here = waiting.pop(0)
        kind = kind_of(url)
        if url in found or taken.get(kind, 0) >= SAMPLE:
            continue
        taken[kind] = taken.get(kind, 0) + 1
        response = client.get(url, follow=True)
        found[url] = (response.status_code, leads_here)
        if response.status_code == 200 and "text/html" in response["Content-Type"]:
            waiting += [(each, url) for each in own_links(response)]
    return found


def sample(links: Iterable[str]) -> list[str]:
    """A few links of each kind, the first and the last among them."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(links):
        kinds[kind_of(url)].append(url)
    few = SAMPLE // 2
    return [url for found in kinds.values() for url in dict.fromkeys([*found[:few], *found[-few:]])]


@pytest.mark.parametrize("day", DAYS)
def test_pages_within_reach_lead_to_pages(public: Client, day: str):
    found = crawl(public, f"/?as_at={day}" if day else "/")

    assert {url: way for url, way in found.items() if way[0] != 200} == {}


@pytest.mark.long
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("day", ["2023-03-01", "2023-04-21"])
def test_links_of_a_page_lead_to_pages(public: Client, name: str, day: str):
    response = public.get(f"{PAGES[name]}?as_at={day}")
    if response.status_code == 404:
        assert date.fromisoformat(day) < date(2023, 4, 21)
        return
    statuses = {url: public.get(url, follow=True).status_code for url in sample(own_links(response))}

    assert {url: status for url, status in statuses.items() if status != 200} == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_link_is_empty(public: Client, name: str):
    links = links_of(public.get(f"{PAGES[name]}?as_at=2023-04-21"))

    assert [url for url in links if not url or url.startswith("?")] == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("day", ["2023-03-01", "2023-04-21", "2026-11-01"])
def test_every_place_on_the_page_that_is_linked_is_there(public: Client, name: str, day: str):
    html = source_of(public.get(f"{PAGES[name]}?as_at={day}"))
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert len(ids) == len(set(ids))


def test_cited_place_is_on_the_page_of_its_source(public: Client):
    pillar = public.get("/programmes/stable-homes/pillars/4/?as_at=2023-04-21")
    places: dict[str, set[str]] = defaultdict(set)
    for url in links_of(pillar):
        address, _, fragment = url.partition("#")
        if fragment.startswith("place-"):
            places[address].add(fragment)
    stand = {address: set(re.findall(r'\sid="([^"]+)"', source_of(public.get(address)))) for address in places}

    assert len(places) > 1
    assert {address: cited - stand[address] for address, cited in places.items() if cited - stand[address]} == {}
