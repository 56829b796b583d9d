"""Every public page says how to cite it, with the day it answers for; no private page does, nor one that says no."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from reforms.base.as_at import AsAt
from reforms.base.citing import Cited, citation_of
from reforms.base.context import page
from reforms.base.models import User
from tests.reforms.pages.addresses import LATER_PAGES, PAGES, PRIVATE, WITHOUT_A_DAY
from tests.reforms.pages.reading import source_of, words_of_html

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PUBLIC_PAGES = {**PAGES, **LATER_PAGES}
DATA = (".csv", ".json", ".ics", ".txt")
MOST_MILLISECONDS = 0.3


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def administrator(db) -> Client:
    """Somebody who may open everything."""
    client = Client()
    client.force_login(
        User.objects.create_superuser(email="all@example.org", name="Everything", password="long words 1")
    )
    return client


def citation_in(response) -> str:
    """The words of the page's citation; empty where it has none. Never more than one."""
    found = re.findall(r'(?s)<div class="app-cite">(.*?)</div>', source_of(response))
    assert len(found) <= 1
    return words_of_html(found[0]) if found else ""


def title_of(response) -> str:
    found = re.search(r"<title>(.*?) - Reform Tracker</title>", source_of(response))
    assert found
    return words_of_html(found[1])


class TestPublicPages:
    @pytest.mark.parametrize("name", PUBLIC_PAGES)
    def test_has_a_citation_of_today(self, public: Client, name: str):
        response = public.get(PUBLIC_PAGES[name])

        address = f"http://testserver{PUBLIC_PAGES[name]}?as_at=2026-11-22"
        said = f"Reform Tracker, ‘{title_of(response)}’, as at 22 November 2026, {address}"
        assert citation_in(response) == f"Cite this page {said}"

    @pytest.mark.parametrize("name", PUBLIC_PAGES)
    def test_has_a_citation_of_an_earlier_day(self, public: Client, name: str):
        response = public.get(f"{PUBLIC_PAGES[name]}?as_at=2024-06-01")

        assert "as at 1 June 2024" in citation_in(response)
        assert citation_in(response).endswith(f"http://testserver{PUBLIC_PAGES[name]}?as_at=2024-06-01")

    def test_address_leads_to_the_page_that_was_cited(self, public: Client):
        cited = citation_in(public.get("/programmes/stable-homes/")).rpartition(" ")[2]
        with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False):
            later = public.get(cited)

        assert "As it stood on <strong>22 November 2026</strong>" in source_of(later)
        assert citation_in(later).endswith(cited)

    def test_address_keeps_what_was_asked(self, public: Client):
        response = public.get("/commitments/?as_at=2023-04-21&programme=stable-homes&q=%26%22%3Cb%3E&timing=open")

        address = urlsplit(citation_in(response).rpartition(" ")[2])
        assert parse_qs(address.query) == {
            "programme": ["stable-homes"], "q": ['&"<b>'], "timing": ["open"], "as_at": ["2023-04-21"],
        }  # fmt: skip
        assert "<b>" not in source_of(response).partition("app-cite")[2]

    def test_says_so_on_paper_where_no_strip_says_the_day(self, public: Client):
        said = '<p class="app-header__day">As at 22 November 2026</p>'

        assert said in source_of(public.get("/"))
        assert "app-header__day" not in source_of(public.get("/?as_at=2023-04-21"))

    def test_whoever_has_signed_in_cites_the_same(self, public: Client, administrator: Client):
        address = "/councils/lincolnshire/"

        assert citation_in(administrator.get(address)) == citation_in(public.get(address)) != ""

    def test_page_that_was_kept_is_made_anew_on_the_next_day(self, public: Client):
        tag = public.get("/about/dates/")["ETag"]
        with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
            response = public.get("/about/dates/", HTTP_IF_NONE_MATCH=tag)

        assert "as at 23 November 2026" in citation_in(response)


class TestNoCitation:
    @pytest.mark.parametrize("name", [name for name, path in PRIVATE.items() if not path.endswith(DATA)])
    def test_private_page(self, administrator: Client, name: str):
        assert "Cite this page" not in source_of(administrator.get(PRIVATE[name]))
        assert not getattr(resolve(PRIVATE[name]).func, "is_cited", False)

    @pytest.mark.parametrize("name", WITHOUT_A_DAY)
    def test_page_without_a_day(self, public: Client, name: str):
        assert citation_in(public.get(WITHOUT_A_DAY[name])) == ""

    @pytest.mark.parametrize(
        ("address", "status"),
        [
            pytest.param("/councils/narnia/", 404, id="unknown"),
            pytest.param("/nowhere/", 404, id="no-route"),
            pytest.param("/?as_at=never", 400, id="no-day"),
            pytest.param("/commitments/?timing=soon", 400, id="list"),
            pytest.param("/flags/?kind=red", 400, id="flags"),
            pytest.param("/timeline/?pillar=9", 400, id="timeline"),
            pytest.param("/councils/lincolnshire/compare/stable-homes/?show=everything", 400, id="compare"),
            pytest.param("/programmes/stable-homes/pillars/4/?council=nobody", 400, id="pillar"),
            pytest.param("/commitments/SH-1-01/?council=nobody", 400, id="commitment"),
        ],
    )
    def test_answer_that_says_no(self, public: Client, address: str, status: int):
        response = public.get(address)

        assert response.status_code == status
        assert "Cite this page" not in source_of(response)

    def test_host_that_is_not_ours(self):
        assert citation_of(asked("/", HTTP_HOST="evil.example"), "/") is None


class TestCitationOf:
    @pytest.mark.parametrize(
        ("path", "address"),
        [
            pytest.param("/flags/", "http://testserver/flags/?as_at=2026-11-22", id="plain"),
            pytest.param("/flags/?as_at=2020-01-01", "http://testserver/flags/?as_at=2026-11-22", id="one-day-only"),
            pytest.param("/flags/?page=2", "http://testserver/flags/?page=2&as_at=2026-11-22", id="page-of-a-list"),
        ],
    )
    def test_address(self, path: str, address: str):
        assert citation_of(asked("/flags/"), path) == Cited(TODAY, address)

    def test_costs_next_to_nothing(self):
        """The shortest of many: whatever else runs only makes one longer."""
        request = asked("/commitments/?programme=stable-homes&timing=open")
        with time_machine.travel(NOON, tick=True), CaptureQueriesContext(connection) as queries:
            took = min(_seconds(request) for _ in range(200))

        assert len(queries) == 0
        assert took * 1000 < MOST_MILLISECONDS


def _seconds(request) -> float:
    started = perf_counter()
    assert page(request)["citation"]
    return perf_counter() - started


def asked(path: str, **headers: Any) -> Any:
    """A request as the context processor meets it: its day read, its view found."""
    request: Any = RequestFactory().get(path, **headers)
    request.as_at = AsAt(now=NOON, day=TODAY)
    request.resolver_match = resolve(request.path)
    return request
