"""One body: what it says, by what it speaks of and by stance; what it leads and published."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from pillars.models import Organisation
from tests.builders import (
    make_citation,
    make_commitment,
    make_mission,
    make_organisation,
    make_pillar,
    make_programme,
    make_region,
    make_source,
    make_view,
)
from tests.reforms.pages.reading import links_of, main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def body() -> Organisation:
    return make_organisation(slug="choirs", name="Choirs of England", short_name="CoE", kind="national_body")


def ask(public: Client, body: Organisation, **query: str):
    response = public.get(f"/organisations/{body.slug}/", query)
    assert response.status_code == 200
    return response


def test_views_stand_by_what_they_speak_of_and_by_stance(public: Client, body):
    programme = make_programme(title="Warm homes", number=1)
    first, second = (make_pillar(programme, title=title) for title in ("Heat", "Light"))
    make_view(body, text="On light.", pillar=second, stance="ask")
    make_view(body, text="On a part of heat.", stance="concern", mission=make_mission(pillar=first))
    make_view(body, make_commitment(pillar=first), text="On a promise of heat.", stance="welcome")
    make_view(body, text="On all of it.", programme=programme, stance="question")
    words = main_of(ask(public, body))

    order = [
        "Warm homes as a whole", "Question (1)", "On all of it.",
        "Warm homes: 1. Heat", "Welcome (1)", "On a promise of heat.", "Concern (1)", "On a part of heat.",
        "Warm homes: 2. Light", "Ask (1)", "On light.",
    ]  # fmt: skip
    places = [words.index(each, words.index("What it says")) for each in order]
    assert places == sorted(places)
    assert "Views recorded 4 as a list: 1 welcome, 1 concern, 1 question, 1 ask" in words


def test_a_view_names_whom_it_asks_what_it_is_about_and_its_source(public: Client, body):
    promise = make_commitment(title="Heat every home")
    view = make_view(body, promise, number=7, stance="ask", words="more pipes, please", for_place="London")
    view.addressed_to.add(make_organisation(name="Ministry of Heat"))
    view.citations.add(place := make_citation())
    response = ask(public, body)

    assert 'id="view-7"' in response.content.decode()
    assert "“more pipes, please” Addressed to Ministry of Heat. For London alone." in main_of(response)
    assert f"Speaks of {promise.reference} Heat every home" in main_of(response)
    assert promise.get_absolute_url() in links_of(response)
    assert any(url.startswith(place.source.get_absolute_url()) for url in links_of(response))


def test_nothing_that_was_not_known_by_the_day(public: Client, body):
    make_view(body, make_commitment(known_on=date(2023, 5, 2), title="A later promise"), known_on=date(2023, 5, 1))
    make_source(publisher=body, title="A later paper", published_on=date(2023, 5, 1))
    make_commitment(lead=body, known_on=date(2023, 5, 1), title="A later lead")
    before, then, after = (main_of(ask(public, body, as_at=f"2023-0{day}")) for day in ("4-30", "5-01", "5-02"))

    assert "None by this day" in before
    assert "Nothing is recorded here of this body by this day." in before
    assert "Likes it, 1." in then
    assert "A later paper" in then
    assert "A later lead" in then
    assert "A later promise" not in then
    assert "A later promise" in after


def test_pillars_and_areas_of_one_name_are_told_apart(public: Client):
    said = main_of(public.get("/organisations/association-of-london-directors-of-childrens-services/"))

    assert "6. Learning, evidence and data Independent Review: 2. Child protection National framework" in said


def test_what_it_says_for_one_place_alone_is_easy_to_find(public: Client, body):
    for stance, place in (("ask", "Ely"), ("ask", "Ely"), ("concern", "Ely"), ("ask", "Bath"), ("ask", "")):
        make_view(body, stance=stance, for_place=place)
    response = ask(public, body)

    assert "For Bath alone 1 for Bath as a list: 1 ask For Ely alone 3 for Ely as a list: 1 concern, 2 asks" in main_of(
        response
    )
    assert {"/views/?organisation=choirs", "/views/?organisation=choirs&for_place=Ely"} <= set(links_of(response))


def test_the_councils_of_an_alliance(public: Client, body):
    make_region(name="The Heights", alliance=body, alliance_basis="inferred", alliance_note="No name was seen.")

    assert "The councils of The Heights (inferred by us). No name was seen." in main_of(ask(public, body))


def test_a_council_has_a_page_of_its_own(public: Client):
    assert public.get("/organisations/lincolnshire/").headers["Location"] == "/councils/lincolnshire/"
    assert (
        public.get("/organisations/lincolnshire/?as_at=2023-04-21")
        .headers["Location"]
        .endswith("/councils/lincolnshire/?as_at=2023-04-21")
    )


def test_nobody(public: Client):
    assert public.get("/organisations/nobody/").status_code == 404
