"""The list of sources."""

from __future__ import annotations

from datetime import date

import pytest

from tests import builders as make
from tests.queries import count_queries

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)


def slugs(public, query: str) -> list[str]:
    return [row["slug"] for row in public.get(f"/sources.json?{query}").json()["results"]]


def test_a_row(public):
    source = make.make_source(file="999", published_on=ON)
    rows = {row["slug"]: row for row in public.get("/sources.json").json()["results"]}
    assert rows[source.slug] == {
        "slug": source.slug,
        "file": "999",
        "title": source.title,
        "publisher": source.publisher.slug,
        "published_on": "2023-04-21",
    }
    assert rows[make_without_file(public)]["file"] is None


def make_without_file(public) -> str:
    """A source of the fixtures that is not one of the founding documents."""
    return next(row["slug"] for row in public.get("/sources.json").json()["results"] if row["file"] is None)


def test_the_newest_comes_first(public):
    newest = make.make_source(published_on=date(2026, 11, 1))
    assert slugs(public, "")[0] == newest.slug
    assert slugs(public, "sort=published")[-1] == newest.slug


def test_what_had_not_come_out_is_absent_and_not_counted(public):
    later = make.make_source(known_on=LATER, kind="statistics", title="Zebra")
    assert later.slug not in slugs(public, f"as_at={ON}")
    page = public.get(f"/sources/?as_at={ON}").content.decode()
    assert "Zebra" not in page
    assert slugs(public, f"as_at={LATER}&q=zebra") == [later.slug]


def test_by_kind_and_by_words(public):
    source = make.make_source(kind="news", title="A story", publisher=make.make_organisation(name="The Zebra Times"))
    assert slugs(public, "q=zebra&kind=news") == [source.slug]


@pytest.mark.parametrize("path", ["/sources/", "/sources.json", "/sources.csv"])
def test_queries_do_not_grow_with_rows(public, path):
    make.make_source()
    few = count_queries(lambda: public.get(path))
    for _ in range(12):
        make.make_source()
    assert count_queries(lambda: public.get(path)) == few <= 8
