"""Which body speaks of what in the strategy: what counts in which cell, and what a cell leads to."""

from __future__ import annotations

from datetime import date

import pytest

from councils.matrix import Matrix, matrix
from pillars.models import Organisation, Pillar, Programme
from tests import builders as make
from tests.queries import count_queries
from tests.reforms.pages.reading import main_of, table_rows

pytestmark = pytest.mark.django_db

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)


@pytest.fixture
def body() -> Organisation:
    return make.make_organisation(slug="choirs", name="Choirs of England", short_name="CoE", kind="national_body")


@pytest.fixture
def strategy() -> Programme:
    return Programme.objects.get(slug="stable-homes")


def pillar(number: int) -> Pillar:
    return Pillar.objects.get(programme__slug="stable-homes", number=number)


def drawn(*bodies: Organisation, on: date = ON) -> Matrix:
    found = matrix(bodies, on=on)
    assert found
    return found


def counts(*bodies: Organisation, on: date = ON) -> list[int]:
    """The cells of the first body: the whole, pillars 1 to 6, other programmes."""
    return [cell.count for cell in drawn(*bodies, on=on).lines[0].cells]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        pytest.param("the strategy", [1, 0, 0, 0, 0, 0, 0, 0], id="the strategy as a whole"),
        pytest.param("a pillar", [0, 0, 0, 1, 0, 0, 0, 0], id="a pillar"),
        pytest.param("a mission", [0, 0, 0, 1, 0, 0, 0, 0], id="a mission of a pillar"),
        pytest.param("commitments", [1, 1, 0, 0, 0, 0, 1, 0], id="commitments of two pillars and of none"),
        pytest.param("another", [0, 0, 0, 0, 0, 0, 0, 1], id="another programme"),
    ],
)
def test_a_view_counts_for_all_that_it_names(body, strategy, about, expected):
    commitments = [make.make_commitment(pillar=pillar(number)) for number in (1, 6)]
    outside = make.make_commitment(strategy)
    elsewhere = make.make_commitment()
    match about:
        case "the strategy":
            view = make.make_view(body, programme=strategy)
        case "a pillar":
            view = make.make_view(body, pillar=pillar(3))
        case "a mission":
            view = make.make_view(body, mission=make.make_mission(strategy, number=99, pillar=pillar(3)))
        case "commitments":
            view = make.make_view(body, *commitments, outside)
        case "another":
            view = make.make_view(body, elsewhere)
    if about not in ("commitments", "another"):
        view.about.clear()

    assert counts(body) == expected


def test_stances_in_their_order_and_where_a_cell_leads(public, body, strategy):
    for stance in ("ask", "concern", "ask", "welcome"):
        make.make_view(body, stance=stance, pillar=pillar(3)).about.clear()
    [line] = drawn(body).lines
    cell = line.cells[3]

    assert (cell.title, cell.count, cell.stances) == ("3. Family networks", 4, ["1 welcome", "1 concern", "2 asks"])
    assert cell.url == "/views/?organisation=choirs&programme=stable-homes&pillar=3"
    assert (line.whole.count, line.whole.url) == (4, "/views/?organisation=choirs")
    for each in (*line.cells, line.whole):
        asked = f"{each.url}&as_at={ON}"
        assert public.get(asked).context["listing"].count == each.count


def test_the_page_says_it_in_words_and_how_it_counts(public, body):
    make.make_view(body, stance="concern", pillar=pillar(3)).about.clear()
    page = public.get(f"/organisations/?q=choirs&as_at={ON}")
    [heads, row] = table_rows(page)

    assert heads[1:3] == ["As a whole, or no one pillar", "1. Family help"]
    assert row[0] == "Choirs of England 1 view in all"
    assert row[3:5] == ["Nothing recorded", "1 view of CoE: 3. Family networks: 1 concern"]
    assert "one about two counts in both" in main_of(page)


def test_only_what_was_known_by_the_day(body):
    make.make_view(body, pillar=pillar(3)).about.clear()
    make.make_view(body, pillar=pillar(3), known_on=LATER).about.clear()
    make.make_view(body, make.make_commitment(pillar=pillar(2), known_on=LATER))

    assert counts(body) == [0, 0, 0, 1, 0, 0, 0, 0]
    assert counts(body, on=LATER) == [0, 0, 1, 2, 0, 0, 0, 0]


def test_nothing_before_the_strategy_or_without_a_body(public, body):
    make.make_view(body, known_on=date(2021, 1, 1))

    assert matrix([body], on=date(2021, 6, 1)) is None
    assert matrix([], on=ON) is None
    page = public.get("/organisations/?as_at=2021-06-01")
    assert page.status_code == 200
    assert "Who speaks of what" not in main_of(page)


def test_queries_do_not_grow(public):
    def ask() -> int:
        public.get("/about/dates/")
        return count_queries(lambda: public.get("/organisations/"))

    before = ask()
    for _ in range(15):
        body = make.make_organisation(kind="regional_body")
        make.make_view(body, make.make_commitment(pillar=pillar(2)), make.make_commitment())
        make.make_view(body, pillar=pillar(4))

    assert ask() == before
