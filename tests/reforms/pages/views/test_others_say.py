"""What others say on the pages of a commitment and of a pillar: by stance, in full where few, known by the day."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from councils.speakers import speaking_on
from pillars.models import Commitment, Organisation, Pillar
from reforms.pages import others_on_pillar, others_say
from reforms.pages.others_on_pillar import Hearing
from tests.builders import (
    make_citation,
    make_commitment,
    make_mission,
    make_organisation,
    make_pillar,
    make_programme,
    make_source,
    make_view,
)
from tests.queries import count_queries
from tests.reforms.pages.reading import links_of, main_of, source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)


@pytest.fixture
def body() -> Organisation:
    return make_organisation(slug="choirs", name="Choirs of England", kind="national_body")


@pytest.fixture
def pillar() -> Pillar:
    return make_pillar(make_programme(slug="made-up", title="Made up", number=90), title="Song")


@pytest.fixture
def promise(pillar: Pillar) -> Commitment:
    return make_commitment(pillar=pillar, reference="ZZ-1-01", title="Buy hymnals")


def ask(public: Client, thing: Commitment | Pillar, on: date = ON):
    response = public.get(thing.get_absolute_url(), {"as_at": on.isoformat()})
    assert response.status_code == 200
    return response


def others_of(response) -> str:
    """The words of the section."""
    words = main_of(response)
    return words[words.rindex("What others say") :]


# A commitment


def test_a_commitment_has_what_is_said_of_it_and_of_its_parts_by_stance(public, body, promise):
    part = make_commitment(parent=promise, pillar=promise.pillar)
    make_view(body, promise, text="Asks for more.", stance="ask", number=4)
    make_view(body, part, text="Likes a part.", stance="welcome", number=5)
    make_view(body, make_commitment(pillar=promise.pillar), text="Speaks of another.")
    said = others_of(ask(public, promise))

    assert said.index("Welcome (1) Likes a part. Choirs of England, view 5") < said.index("Ask (1) Asks for more.")
    assert "What is said of a part stands here too." in said
    assert "Speaks of another." not in said
    assert "Asks for more." not in main_of(ask(public, part))


def test_each_view_leads_to_its_body_and_its_source(public, body, promise):
    view = make_view(body, promise, number=4, words="more, please", for_place="Ely", stance="ask")
    view.addressed_to.add(make_organisation(name="Ministry of Song"))
    view.citations.add(place := make_citation(make_source(slug="hymnal")))
    response = ask(public, promise)
    links = links_of(response)

    assert f"/organisations/choirs/?as_at={ON}#view-4" in links
    assert f"/sources/hymnal/?as_at={ON}#place-{place.number}" in links
    assert f"/views/?commitment=ZZ-1-01&as_at={ON}" in links
    assert "view 4, in its words: “more, please” Addressed to Ministry of Song. For Ely alone." in others_of(response)


def test_the_chain_ends_with_who_speaks_of_it(public, body, promise):
    for stance in ("ask", "concern", "ask"):
        make_view(body, promise, stance=stance)
    response = ask(public, promise)
    step = response.context["chain"][-1]

    assert (step.kind, step.title) == ("What others say", "One body speaks of it")
    assert "One body speaks of it Choirs of England 3 views: 1 concern, 2 asks" in main_of(response)
    assert f"{promise.get_absolute_url()}?as_at={ON}#others" in links_of(response)
    assert f"/views/?commitment=ZZ-1-01&organisation=choirs&as_at={ON}" in links_of(response)


def test_where_nothing_is_recorded_the_chain_says_so_quietly(public, promise):
    response = ask(public, promise)
    step = response.context["chain"][-1]

    assert step.title == "Nothing recorded from a national or regional body"
    assert (step.is_quiet, step.is_gap) == (True, False)
    assert 'id="others"' not in source_of(response)


@pytest.mark.parametrize(("number", "is_folded"), [(others_say.FEW, False), (others_say.FEW + 1, True)])
def test_many_views_of_a_commitment_are_folded_by_stance(public, body, promise, number, is_folded):
    for _ in range(number):
        make_view(body, promise, stance="concern")
    response = ask(public, promise)

    assert ('<summary class="app-fold__head">Concern' in source_of(response)) is is_folded
    assert f"Concern ({number})" in others_of(response)


def test_nothing_of_a_commitment_before_its_day(public, body, promise):
    make_view(body, promise, text="Later said.", known_on=LATER)

    assert "Later said." not in main_of(ask(public, promise))
    assert "Later said." in main_of(ask(public, promise, LATER))


# A pillar


def test_a_pillar_has_in_full_what_is_said_of_the_whole_and_counts_the_rest(public, body, pillar, promise):
    mission = make_mission(pillar=pillar, title="Sing well")
    make_view(body, text="Of the whole.", pillar=pillar, stance="concern", number=4).about.clear()
    make_view(body, promise, text="Of its mission.", mission=mission, stance="ask", number=5)
    make_view(body, promise, text="Of a promise.", stance="ask", number=6)
    response = ask(public, pillar)
    said, others = others_of(response), response.context["others"]

    assert "Choirs of England 3 views: 1 concern, 2 asks" in said
    assert "Concern (1) Of the whole. Choirs of England, view 4" in said
    assert f"Ask (1) Of its mission. Choirs of England, view 5 Speaks of {mission.reference} Sing well; ZZ-1-01" in said
    assert "Of a promise." not in said
    assert (others.count, others.whole) == (3, 2)


def test_its_numbers_lead_to_what_they_count(public, body, pillar, promise):
    make_view(body, promise, stance="ask")
    make_view(body, pillar=pillar, stance="ask")
    links = links_of(ask(public, pillar))
    listed = f"/views/?programme=made-up&pillar=1&organisation=choirs&as_at={ON}"

    assert {listed, listed.replace("&as_at", "&stance=ask&as_at")} <= set(links)
    assert public.get(listed).context["listing"].count == 2


def test_what_a_view_of_the_whole_speaks_of_besides_asks_and_stands_in(public, body, pillar, promise):
    view = make_view(body, promise, make_commitment(title="Elsewhere"), pillar=pillar, for_place="Ely", words="sing")
    view.addressed_to.add(make_organisation(name="Alto"), make_organisation(name="Bass"))
    view.citations.add(place := make_citation())
    said = others_of(ask(public, pillar))

    assert "in its words: “sing” Addressed to Alto, Bass. For Ely alone. Speaks of" in said
    assert said.count("Likes it") == 1
    assert "ZZ-1-01 Buy hymnals" in said
    assert "Elsewhere" in said
    assert str(place) in said


@pytest.mark.parametrize("kind", ["view", "mission", "about", "place"])
def test_nothing_of_a_pillar_before_its_day(public, body, pillar, kind):
    known_on = {kind: LATER}
    about = make_commitment(pillar=pillar, title="Later promise", known_on=known_on.get("about", ON))
    mission = make_mission(pillar=pillar, title="Later aim", known_on=known_on.get("mission", ON))
    source = make_source(short_title="Later paper", published_on=known_on.get("place", ON))
    whole = {"mission": mission} if kind == "mission" else {}
    if kind == "place":
        whole = {"pillar": pillar}
    view = make_view(body, about if kind == "about" else make_commitment(), known_on=known_on.get("view", ON), **whole)
    if kind == "view":
        view.about.set([about])
    view.citations.add(make_citation(source))
    count = int(kind == "place")
    before, after = ask(public, pillar), ask(public, pillar, LATER)

    assert (before.context["others"].count, after.context["others"].count) == (count, 1)
    assert not {"Later aim", "Later paper"} & {each for each in ("Later aim", "Later paper") if each in main_of(before)}


def test_a_merged_commitment_counts_for_nothing(public, body, pillar, promise):
    merged = make_commitment(pillar=pillar, merged_into=promise)
    make_view(body, merged)

    assert ask(public, pillar).context["others"].count == 0


def test_where_nothing_is_said_of_a_pillar_it_says_so(public, pillar):
    said = others_of(ask(public, pillar))

    assert "Nothing that a national or regional body says of it is recorded here by this day." in said


@pytest.mark.parametrize(("number", "is_folded"), [(others_on_pillar.FEW, False), (others_on_pillar.FEW + 1, True)])
def test_many_views_of_a_pillar_are_folded(public, body, pillar, number, is_folded):
    for _ in range(number):
        make_view(body, pillar=pillar)

    assert ask(public, pillar).context["others"].is_folded is is_folded


def test_a_pillar_asks_one_question_about_all_of_it(pillar, body):
    def hear() -> int:
        return count_queries(lambda: Hearing(pillar, speaking_on(pillar.pk, on=ON).views).in_full)

    none = hear()
    for _ in range(12):
        view = make_view(body, make_commitment(pillar=pillar), make_commitment(), pillar=pillar)
        view.addressed_to.add(make_organisation())

    assert hear() == none == 1
