"""What a reader asks of what two bodies said: the answers were read in their documents and counted there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.reforms.pages.reading import links_of, main_of, source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LGA, ALDCS = "local-government-association", "association-of-london-directors-of-childrens-services"
COOPERATIVES = "SH-4-04"
WORRIES = {9, 15, 95, 96, 97, 98, 102}
"""Its briefing: Appendix A 2.4, 2.6, 13.18 and 13.19."""
ASKS_FOR_LONDON = {28, 57, 201, 202}
"""The response: risks outside the home, the pathfinders, and its last words on testing in the capital."""


def numbers(public: Client, **query: Any) -> dict[str, set[int]]:
    """The views listed, by body."""
    answer = public.get("/views.json", query).json()
    assert answer["next"] is None
    found: dict[str, set[int]] = {}
    for row in answer["results"]:
        found.setdefault(row["organisation"], set()).add(row["number"])
    return found


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"commitment": COOPERATIVES}, id="by the reference"),
        pytest.param({"q": "regional care cooperative"}, id="by words"),
    ],
)
def test_what_worries_the_association_about_regional_care_cooperatives(public: Client, query):
    assert numbers(public, organisation=LGA, stance="concern", **query) == {LGA: WORRIES}


def test_the_same_worries_stand_on_the_page_of_the_commitment(public: Client):
    response = public.get(f"/commitments/{COOPERATIVES}/")
    shown = source_of(response).partition('id="others"')[2]

    assert all(f'href="/organisations/{LGA}/#view-{number}"' in shown for number in WORRIES)
    assert "Worries that regional care cooperatives put one more layer of bureaucracy" in main_of(response)
    assert "LGA briefing, Appendix A 13.18" in main_of(response)


def test_which_asks_were_for_london(public: Client):
    assert numbers(public, stance="ask", for_place="London") == {ALDCS: ASKS_FOR_LONDON}


def test_an_ask_for_london_says_so_where_it_stands(public: Client):
    pages = (f"/views/?commitment=SH-1-01&organisation={ALDCS}&stance=ask", f"/organisations/{ALDCS}/")

    for page in pages:
        said = main_of(public.get(page))
        asked = said.index("Asks that two of the Families First for Children pathfinders be in London")
        assert "Addressed to Department for Education. For London alone." in said[asked : asked + 400]


def test_the_matrix_leads_to_what_it_counts(public: Client):
    response = public.get("/organisations/")
    lines = {line.body.slug: line for line in response.context["matrix"].lines}

    for body, number in ((LGA, 143), (ALDCS, 208)):
        assert lines[body].whole.count == number
        for cell in lines[body].cells:
            assert cell.url in links_of(response)
            assert public.get(cell.url).context["listing"].count == cell.count


@pytest.mark.parametrize("number", range(1, 7))
def test_a_pillar_counts_what_the_list_finds(public: Client, number: int):
    address = f"/programmes/stable-homes/pillars/{number}/"
    others = public.get(address).context["others"]

    assert public.get("/views.json", {"pillar": number}).json()["count"] == others.count
    for voice in others.voices:
        for words, url in ((voice.count, voice.listed), *voice.stances):
            assert public.get(url).context["listing"].count == int(words.split()[0])


@pytest.mark.parametrize("number", [2, 4])
def test_an_area_of_the_review_too(public: Client, number: int):
    others = public.get(f"/programmes/independent-review/pillars/{number}/").context["others"]
    query = {"programme": "independent-review", "pillar": number}

    assert public.get("/views.json", query).json()["count"] == others.count > 0
