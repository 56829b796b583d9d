"""The list of councils: who they are on the day, and what each has published."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import Council
from tests import builders as make
from tests.queries import count_queries

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)


@pytest.fixture
def region(db):
    return make.make_region(slug="narnia", name="Narnia")


def rows(public, query: str = "region=narnia", *, on: date | None = ON) -> list[dict]:
    day = f"&as_at={on}" if on else ""
    answer = public.get(f"/councils.json?{query}{day}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def listed(public, *, on: date = ON) -> list:
    """The rows of the page, for the made-up region."""
    [group] = public.get(f"/councils/?region=narnia&as_at={on}").context["groups"]
    return list(group.rows)


def test_a_row(public, region):
    council = make.make_council(region=region, name="Cair Paravel", short_code="CPV", starts_on=date(2023, 4, 1))
    council.citations.add(make.make_citation())
    [row] = rows(public)
    assert (row["slug"], row["name"], row["full_name"]) == (council.slug, "Cair Paravel", "Cair Paravel Council")
    assert (row["type"], row["region"], row["gss_code"]) == ("county", "narnia", council.gss_code)
    assert (row["short_code"], row["starts_on"], row["ends_on"]) == ("CPV", "2023-04-01", None)
    assert (row["positions"], len(row["citations"])) == ([], 1)


@pytest.mark.parametrize(
    ("day", "is_there"),
    [
        pytest.param(date(2023, 3, 31), False, id="the day before"),
        pytest.param(date(2023, 4, 1), True, id="its first day"),
        pytest.param(date(2024, 3, 31), True, id="its last day"),
        pytest.param(date(2024, 4, 1), False, id="the day after"),
    ],
)
def test_a_council_is_there_while_it_exists(public, region, day, is_there):
    make.make_council(region=region, starts_on=date(2023, 4, 1), ends_on=date(2024, 3, 31))
    assert len(rows(public, on=day)) == is_there


def test_what_became_of_it_is_not_told_before(public, region):
    old = make.make_council(region=region, ends_on=date(2024, 3, 31), later_gss_code="E99999999")
    new = make.make_council(region=region, starts_on=date(2024, 4, 1))
    old.successors.add(new)
    [row] = rows(public)
    assert (row["ends_on"], row["successors"], row["later_gss_code"]) == (None, [], None)
    [row] = rows(public, on=None)
    assert (row["slug"], row["predecessors"]) == (new.slug, [old.slug])


def test_by_type_and_by_any_of_its_names(public, region):
    make.make_council(region=region)
    wanted = make.make_council(region=region, type="unitary", name="Cair Paravel", other_names=["Four Thrones"])
    for query in ("type=unitary", "q=paravel", "q=CAIR+council", "q=thrones"):
        assert [row["slug"] for row in rows(public, f"region=narnia&{query}")] == [wanted.slug]


def test_every_council_of_england_fits_on_one_page(public):
    answer = public.get("/councils.json").json()
    assert (answer["count"], answer["next"]) == (Council.objects.known(on=date(2026, 11, 21)).count(), None)


def test_without_a_position_none_is_recorded(public, region):
    make.make_council(region=region)
    [row] = listed(public)
    assert (row.published, row.state) == ([], "")
    assert "None recorded here" in public.get("/councils/?region=narnia").content.decode()


def test_positions_are_told_by_programme(public, region):
    council = make.make_council(region=region)
    programme = make.make_programme(title="Made up", slug="made-up")
    pillars = [make.make_pillar(programme) for _ in range(3)]
    for pillar in pillars[:2]:
        make.make_version(make.make_position(council.organisation, pillar), published_on=ON)
    [row] = listed(public)
    assert [(each.words, each.age, each.is_stale) for each in row.published] == [
        ("Made up: 2 of 3 pillars", "Published today", False)
    ]
    assert row.state == "a"
    assert rows(public)[0]["positions"] == [
        {
            "programme": "made-up",
            "pillar": n,
            "commitment": None,
            "published_on": "2023-04-21",
            "readiness": "not_stated",
        }
        for n in (1, 2)
    ]


def test_a_position_past_its_review_is_stale(public, region):
    council = make.make_council(region=region)
    position = make.make_position(council.organisation, make.make_pillar())
    make.make_version(position, published_on=make.DAY, review_on=date(2023, 4, 1))
    [row] = listed(public)
    assert (row.is_stale, row.state) == (True, "b")


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"state": "draft", "published_on": None, "known_on": make.DAY}, id="draft"),
        pytest.param({"state": "submitted", "published_on": None, "known_on": make.DAY}, id="submitted"),
        pytest.param({"published_on": LATER}, id="published later"),
        pytest.param({"published_on": make.DAY, "known_on": LATER}, id="known later"),
        pytest.param({"state": "withdrawn"}, id="withdrawn"),
    ],
)
def test_what_nobody_could_read_shows_nowhere(public, region, values):
    council = make.make_council(region=region)
    make.make_version(make.make_position(council.organisation, make.make_pillar()), **values)
    [row] = listed(public)
    assert row.published == []
    assert rows(public)[0]["positions"] == []


def test_a_new_council_says_what_was_there_before(public, region):
    old = make.make_council(region=region, name="Old", ends_on=date(2023, 3, 31))
    new = make.make_council(region=region, name="New", starts_on=date(2023, 4, 1), short_code="NEW", type="unitary")
    old.successors.add(new)
    [row] = listed(public)
    assert row.note == "NEW, Unitary, new in April 2023. Before: Old"


def test_the_map_has_a_tile_for_each_council_listed_and_counts_them(public, region):
    make.make_council(region=region, short_code="ABC", tile_row=1, tile_column=2)
    drawn = public.get(f"/councils/?region=narnia&as_at={ON}").context["map"]
    assert [(tile.x, tile.y, tile.code, tile.state) for tile in drawn["tiles"]] == [("75", "38", "ABC", "")]
    assert [key["count"] for key in drawn["keys"]] == [0, 0, 1]


def build(region, number: int) -> None:
    """So many councils, each with what came before and two positions."""
    for _ in range(number):
        council = make.make_council(region=region, starts_on=date(2023, 4, 1))
        make.make_council(region=region, ends_on=date(2023, 3, 31)).successors.add(council)
        council.citations.add(make.make_citation())
        programme = make.make_programme()
        for _ in range(2):
            make.make_version(make.make_position(council.organisation, make.make_pillar(programme)))


@pytest.mark.parametrize("path", ["/councils/", "/councils.json", "/councils.csv"])
def test_queries_do_not_grow_with_rows(public, region, path):
    build(region, 1)
    few = count_queries(lambda: public.get(f"{path}?region=narnia"))
    build(region, 6)
    assert count_queries(lambda: public.get(f"{path}?region=narnia")) == few <= 11
