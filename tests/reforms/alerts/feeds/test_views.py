"""The feed over the wire, read by a program that is not ours."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from reforms.alerts.feeds.atom import feed_of, id_of
from reforms.alerts.feeds.changes import Change, ChangeKind, start_of
from reforms.alerts.plain_text import on_one_line, writable
from reforms.base.as_at import AsAt
from tests.builders import make_commitment, make_update, make_version
from tests.reforms.pages.reading import source_of

DAY = date(2023, 4, 21)
CANARY = "KNOWN-ONLY-TO-US"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(public: Client, query: str = "") -> feedparser.FeedParserDict:
    response = public.get(f"/changes.atom{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return parsed(response.content)


def parsed(content: bytes) -> feedparser.FeedParserDict:
    found = feedparser.parse(content, sanitize_html=False)
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.feed.title == "Reform Tracker: what has become known"
    assert found.feed.author == "Reform Tracker"
    return found


@pytest.mark.django_db
@pytest.mark.once
class TestFeed:
    def test_the_newest_hundred_in_order(self, public):
        entries = read(public).entries
        moments = [each.updated_parsed for each in entries]

        assert len(entries) == 100
        assert moments == sorted(moments, reverse=True)
        assert len({each.id for each in entries}) == 100
        assert {each.tags[0].term for each in entries} <= set(ChangeKind.values)
        assert all(each.link.startswith("http://localhost:8000/") for each in entries)
        assert all(each.title and each.summary for each in entries)

    def test_an_entry(self, public):
        entries = {each.id: each for each in read(public, "?consultation=working-together").entries}
        closed = entries["tag:localhost,2026:changes/consultation-closed/working-together"]

        assert closed.title == "Consultation closed: Updates to Working Together to Safeguard Children"
        assert closed.summary == "It closed on 6 September 2023 at 11:59pm."
        assert closed.updated == "2023-09-06T22:59:00+00:00"
        assert closed.link == "http://localhost:8000/consultations/working-together/"

    def test_feeds_of_different_things_are_different_feeds(self, public):
        queries = ("", "?pillar=4", "?council=lincolnshire")

        assert len({read(public, query).feed.id for query in queries}) == 3
        assert {read(public, query).feed.links[-1].rel for query in queries} == {"self"}

    def test_a_pillar_alone_is_one_of_the_strategy(self, public):
        assert read(public, "?pillar=4").entries == read(public, "?pillar=4&programme=stable-homes").entries
        assert read(public, "?pillar=4").entries

    def test_before_anything_was_known_it_is_empty_and_the_same_each_time(self, public):
        query = "?as_at=2023-05-12&council=kent"

        assert read(public, query).entries == []
        assert public.get(f"/changes.atom{query}").content == public.get(f"/changes.atom{query}").content
        assert read(public, query).feed.updated == "2020-01-01T00:00:00+00:00"

    def test_a_past_day(self, public):
        entries = read(public, f"?as_at={DAY}").entries

        assert max(each.updated_parsed for each in entries)[:3] <= (2023, 4, 21)
        assert all("as_at=2023-04-21" in each.link for each in entries)

    @pytest.mark.parametrize(
        ("query", "at_fault"),
        [
            pytest.param("colour=red", ["colour"], id="unknown parameter"),
            pytest.param("programme=x", ["programme"], id="unknown programme"),
            pytest.param("pillar=99", ["pillar"], id="unknown pillar"),
            pytest.param("pillar=four", ["pillar"], id="no number"),
            pytest.param("pillar=1&programme=agency-rules", ["pillar"], id="pillar of another programme"),
            pytest.param("council=narnia", ["council"], id="unknown council"),
            pytest.param("council=department-for-education", ["council"], id="no council"),
            pytest.param("consultation=x", ["consultation"], id="unknown consultation"),
            pytest.param("council=kent&council=blackpool", ["council"], id="two councils"),
            pytest.param("programme=stable-homes&as_at=2020-01-01", ["programme"], id="not known by the day"),
            pytest.param("council=%00", ["council"], id="NUL"),
            pytest.param("council=" + "x" * 10_000, ["council"], id="10 kB"),
            pytest.param("page=2", ["page"], id="no pages"),
            pytest.param("as_at=never", ["as_at"], id="no day"),
        ],
    )  # fmt: skip
    def test_what_it_does_not_understand_it_refuses(self, public, query, at_fault):
        response = public.get(f"/changes.atom?{query}")

        assert response.status_code == 400
        assert list(response.json()["errors"]) == at_fault

    @pytest.mark.parametrize("query", ["programme=", "pillar=", "council=", "consultation=&programme="])
    def test_what_is_left_blank_asks_for_nothing(self, public, query):
        assert len(read(public, f"?{query}").entries) == 100

    def test_it_is_kept_until_something_becomes_known(self, public):
        first = public.get("/changes.atom")

        assert public.get("/changes.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304

    def test_a_draft_changes_nothing(self, public):
        before = public.get("/changes.atom").content
        make_version(state="draft", published_on=None, known_on=DAY, text=CANARY)

        assert public.get("/changes.atom").content == before
        assert CANARY.encode() not in before

    @pytest.mark.parametrize(
        ("page", "query"),
        [
            ("/", ""),
            ("/programmes/stable-homes/", "?programme=stable-homes"),
            ("/programmes/stable-homes/pillars/4/", "?programme=stable-homes&amp;pillar=4"),
            ("/councils/lincolnshire/", "?council=lincolnshire"),
            ("/consultations/working-together/", "?consultation=working-together"),
        ],
    )
    def test_pages_name_the_feed_of_what_they_are_about(self, public, page, query):
        html = source_of(public.get(page))

        assert f'<link rel="alternate" href="/changes.atom{query}"' in html
        assert read(public, query.replace("&amp;", "&")).entries

    def test_a_title_that_xml_cannot_hold_is_told_without_what_it_cannot(self, public):
        make_update(make_commitment(), known_on=DAY, summary="One\x0bTwo & <three>")

        summaries = {each.summary for each in read(public, f"?as_at={DAY}").entries}
        assert any(each.endswith("One Two & <three>") for each in summaries)


@given(title=st.text(max_size=80), summary=st.text(max_size=80))
def test_any_text_is_read_back(title, summary):
    """The reader of feeds takes some words for others: Latin letters alone for a text decoded wrongly, “&A:” for the
    name of a character. So what is in the feed is read as XML."""
    change = Change(ChangeKind.SOURCE, "a", start_of(DAY), title, f"{summary}y", "/sources/a/")
    content = feed_of([change], path="/changes.atom", as_at=AsAt(start_of(DAY), DAY), since=start_of(DAY))
    [entry] = parsed(content).entries
    [element] = ElementTree.fromstring(content).iter(f"{ATOM}entry")  # noqa: S314 - our own feed

    assert entry.id == element.findtext(f"{ATOM}id") == id_of(change)
    assert element.findtext(f"{ATOM}title") == on_one_line(title)
    assert element.findtext(f"{ATOM}summary") == writable(change.summary)
