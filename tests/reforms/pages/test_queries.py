"""A page asks the database as often for ten times the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from councils.models import Council, PositionVersion
from pillars.models import Citation, Commitment, Organisation, Pillar, Programme, Source
from tests.builders import (
    make_answer,
    make_citation,
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_funding,
    make_impact,
    make_mission,
    make_organisation,
    make_pillar,
    make_position,
    make_programme,
    make_question,
    make_region,
    make_response,
    make_section,
    make_source,
    make_update,
    make_verdict,
    make_version,
    make_view,
    make_wording,
)
from tests.reforms.pages.making import (
    SPRING,
    make_anchor,
    make_claim,
    make_link,
    make_member,
    make_milestone,
    make_participation,
    make_phase,
    make_pilot,
    make_step,
    make_wave,
)
from tests.reforms.pages.reading import source_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = "2023-04-21"
FEW, MORE = 2, 18
PUBLISHED = date(2023, 4, 1)
CHEAPEST = "/about/dates/"
MOST = 12
"""Queries of a page that a committee reads, that of its tag among them."""


@dataclass
class World:
    """A programme, a council and a source of their own, that can grow."""

    programme: Programme = field(default_factory=make_programme)
    council: Council = field(default_factory=make_council)
    source: Source = field(default_factory=make_source)
    body: Organisation = field(default_factory=make_organisation)

    def __post_init__(self) -> None:
        self.pillar = make_pillar(self.programme)
        self.commitment = make_commitment(pillar=self.pillar)
        self.recommendation = make_commitment(kind=Commitment.Kind.RECOMMENDATION)
        self.consultation = make_consultation(programme=self.programme, promised_by=self.commitment)
        self.response = make_response(self.consultation, on_behalf_of=make_organisation())
        self.position = make_version(make_position(self.council.organisation, self.pillar), published_on=PUBLISHED)

    def place(self) -> Citation:
        """Another place in the world's own source."""
        return make_citation(self.source)

    def cite(self, *facts) -> None:
        for fact in facts:
            fact.citations.add(self.place(), make_citation())

    def grow(self, times: int) -> None:
        for _ in range(times):
            self.grow_plan()
            self.grow_one_commitment()
            self.grow_one_recommendation()
            self.grow_council()
            self.grow_others()
            self.grow_views()
            self.grow_responses()

    def grow_plan(self) -> None:
        """A pillar, a commitment with a part, and what dates them."""
        pillar = make_pillar(self.programme)
        for where in (pillar, self.pillar):
            commitment = make_commitment(pillar=where, lead=make_organisation())
            self.dress(commitment)
            self.dress(make_commitment(parent=commitment))
            self.cite(make_milestone(self.programme, commitment=commitment))
        self.dress(make_commitment(self.programme, kind=Commitment.Kind.PRINCIPLE))
        self.cite(pillar, make_phase(self.programme), make_milestone(self.programme))
        self.cite_money_of_the_whole()

    def cite_money_of_the_whole(self) -> None:
        line = make_funding(make_commitment(self.programme))
        line.commitment = None
        line.save()
        self.cite(line)

    def dress(self, commitment: Commitment) -> None:
        """Every kind of fact about one commitment."""
        deadline = make_deadline(commitment, **SPRING)
        update = make_update(commitment, deadline=deadline, status="under_way")
        self.cite(commitment, deadline, update, make_funding(commitment))
        for _ in range(2):
            make_wording(commitment, self.place())

    def grow_one_commitment(self) -> None:
        """More of everything about the commitment whose page is asked for."""
        self.dress(make_commitment(parent=self.commitment))
        self.dress(self.commitment)
        other = make_commitment(self.programme)
        line = make_funding(other)
        line.also_funds.add(self.commitment)
        pilot = make_pilot(self.commitment)
        taking_part = make_participation(make_council().organisation, pilot)
        self.cite(make_link(self.commitment, other), make_wave(pilot), pilot, line, taking_part)

    def grow_one_recommendation(self) -> None:
        """More answers to the recommendation whose page is asked for, and to parts of it, carried by more."""
        part = make_commitment(parent=self.recommendation, kind=Commitment.Kind.RECOMMENDATION)
        for asked in (self.recommendation, part):
            verdict, carrier = make_verdict(asked), make_commitment(self.programme)
            self.dress(carrier)
            self.dress(make_commitment(parent=carrier))
            verdict.carried_by.add(self.commitment, carrier)
            self.cite(verdict)
        make_consultation(programme=self.programme, promised_by=carrier)

    def grow_council(self) -> None:
        """Another council that speaks of the pillar, and more that the world's own says."""
        for council, pillar in ((make_council(), self.pillar), (self.council, make_pillar(self.programme))):
            version = make_version(make_position(council.organisation, pillar), published_on=PUBLISHED)
            self.cite(version, make_claim(version, self.commitment, make_commitment(pillar=pillar), figure=3))
        self.cite(make_claim(self.position, self.commitment, figure=3, stale_on=date(2023, 4, 20)))
        self.cite(make_participation(self.council.organisation))
        neighbour = make_council(region=self.council.region, name="Wye")  # not the first that speaks of the pillar
        make_version(make_position(neighbour.organisation, self.pillar), published_on=PUBLISHED)
        make_council(ends_on=date(2023, 3, 31)).successors.add(self.council)
        make_response(make_consultation(), organisation=self.council.organisation)

    def grow_grounds(self) -> None:
        """What would change by its words on the pillar, and what became of the recommendation behind it."""
        recommendation = make_commitment(kind=Commitment.Kind.RECOMMENDATION)
        verdict = make_verdict(recommendation, verdict="rejected", known_on=PUBLISHED)
        self.cite(verdict, make_impact(self.position, recommendation, self.commitment, count=3, unit="posts"))

    def grow_others(self) -> None:
        """Consultations, steps towards answering, anchors, programmes and sources."""
        asked = make_consultation(programme=self.programme)
        asked.about.add(self.commitment)
        self.consultation.about.add(make_commitment(pillar=self.pillar))
        own_step = make_step(self.council.organisation, self.consultation)
        other_step = make_step(make_council().organisation, self.consultation)
        self.cite(asked, self.consultation, own_step, other_step, make_anchor(), make_programme(), make_source())

    def grow_views(self) -> None:
        """More that the body says of the pillar, of others and of one commitment, leads, and published."""
        other = make_pillar(self.programme)
        mission = make_mission(pillar=make_pillar(self.programme))
        for whole in ({"pillar": self.pillar}, {"pillar": other}, {"mission": mission}, {"programme": self.programme}):
            view = make_view(self.body, self.commitment, make_commitment(pillar=other), **whole)
            view.addressed_to.add(make_organisation(), make_organisation())
            self.cite(view)
        self.cite(make_view(self.body, make_commitment(pillar=other), stance="ask"))
        self.dress(make_commitment(pillar=other, lead=self.body))
        make_source(publisher=self.body)
        self.cite(make_region(alliance=self.body, alliance_basis="stated"))

    def grow_responses(self) -> None:
        """Another section that is answered, with views of every kind, and another response."""
        section = make_section(self.consultation)
        first, second = make_question(section, options=["Yes"]), make_question(section)
        mission = make_mission(pillar=make_pillar(self.programme))
        for whole in ({"pillar": self.pillar}, {"mission": mission}, {"programme": self.programme}):
            view = make_view(self.response.on_behalf_of, make_commitment(pillar=self.pillar), **whole)
            view.addressed_to.add(make_organisation())
            self.cite(view, make_answer(self.response, make_question(section), view))
        answer = make_answer(self.response, first, choices=["Yes"])
        misplaced = make_answer(self.response, second, answers_question=first)
        other = make_response(self.consultation, on_behalf_of=make_organisation())
        self.cite(section, first, second, answer, misplaced, other, self.response)

    def grow_elsewhere(self, times: int) -> None:
        """More of what no page about the pillar and the council shows: other programmes, other versions."""
        PositionVersion.objects.filter(pk=self.position.pk).update(number=1000)
        for number in range(1, times + 1):
            commitment = make_commitment(pillar=make_pillar(make_programme()))
            self.dress(commitment)
            body, programme = make_council().organisation, commitment.programme
            for position in (
                make_position(body, commitment.pillar),
                make_position(body, programme=programme, commitment=commitment),
                make_position(self.council.organisation, programme=programme, commitment=commitment),
            ):
                version = make_version(position, published_on=PUBLISHED)
                self.cite(version, make_claim(version, commitment))
            own, state = self.position.position, PositionVersion.State
            before = make_version(own, number=number, state=state.SUPERSEDED, published_on=date(2023, 3, 1))
            unread = state.DRAFT if number == 1 else state.DISCARDED
            after = make_version(own, number=1000 + number, state=unread, published_on=None, known_on=PUBLISHED)
            self.cite(make_claim(before, self.commitment), make_claim(after, self.commitment))

    def addresses(self) -> dict[str, str]:
        """Every page of reforms/pages that shows this world."""
        plan = self.programme.get_absolute_url()
        return {
            "home": "/",
            "programmes": "/programmes/",
            "programme": plan,
            "outcome": f"{plan}outcome/",
            "pillar": f"{plan}pillars/{self.pillar.number}/",
            "pillar-beside": f"{plan}pillars/{self.pillar.number}/?council={self.council.slug}",
            "commitment": self.commitment.get_absolute_url(),
            "recommendation": self.recommendation.get_absolute_url(),
            "consultation": self.consultation.get_absolute_url(),
            "response": self.response.get_absolute_url(),
            "council": self.council.get_absolute_url(),
            "compare": f"{self.council.get_absolute_url()}compare/{self.programme.slug}/",
            "compare-gaps": f"{self.council.get_absolute_url()}compare/{self.programme.slug}/?show=gaps",
            "organisation": f"/organisations/{self.body.slug}/",
            "source": self.source.get_absolute_url(),
            "source-csv": f"/sources/{self.source.slug}.csv",
            "source-json": f"/sources/{self.source.slug}.json",
            "about-dates": "/about/dates/",
        }


PAGES = (
    "home", "programmes", "programme", "outcome", "pillar", "pillar-beside", "commitment", "recommendation",
    "consultation", "response", "council", "compare", "compare-gaps", "organisation", "source", "source-csv",
    "source-json", "about-dates",
)  # fmt: skip


@pytest.fixture
def world(monkeypatch) -> World:
    """Home shows this world's programme."""
    found = World()
    monkeypatch.setattr(import_module("reforms.pages.views.home"), "STRATEGY", found.programme.slug)
    return found


@dataclass(frozen=True)
class Asked:
    """The statements of a page, and how long it is."""

    statements: tuple[str, ...]
    length: int


def ask(client: Client, address: str) -> Asked:
    """What a page asks. What is asked once for each state of the data has been asked."""
    joint = "&" if "?" in address else "?"
    client.get(CHEAPEST)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"{address}{joint}as_at={DAY}")
    assert response.status_code == 200
    return Asked(tuple(query["sql"] for query in queries), len(source_of(response)))


def ask_all(client: Client, world: World, names: Iterable[str]) -> dict[str, Asked]:
    addresses = world.addresses()
    return {name: ask(client, addresses[name]) for name in names}


def grown(few: dict[str, Asked], many: dict[str, Asked]) -> dict[str, str]:
    """The pages that ask more or less than they did, with what they ask now."""
    return {
        name: f"{len(few[name].statements)} before, now:\n" + "\n".join(sorted(asked.statements))
        for name, asked in many.items()
        if len(asked.statements) != len(few[name].statements)
    }


def test_queries_do_not_grow_with_rows(public: Client, world: World):
    world.grow(FEW)
    few = ask_all(public, world, PAGES)
    world.grow(MORE)
    many = ask_all(public, world, PAGES)

    assert [name for name in PAGES if many[name].length <= few[name].length] == []
    assert grown(few, many) == {}


def test_queries_do_not_grow_for_somebody_who_has_signed_in(public: Client, world: World):
    public.force_login(make_member(world.council.organisation))
    world.grow(FEW)
    few = ask_all(public, world, ["pillar", "council", "consultation", "home"])
    world.grow(MORE)

    assert grown(few, ask_all(public, world, few)) == {}


def test_pages_for_committees_ask_little_and_nothing_for_what_they_do_not_show(public: Client, world: World):
    world.grow(FEW)
    few = ask_all(public, world, ["pillar", "pillar-beside", "compare", "compare-gaps"])
    world.grow_elsewhere(MORE)
    many = ask_all(public, world, few)

    assert {name: many[name].length for name in many} == {name: few[name].length for name in few}
    assert grown(few, many) == {}
    assert {name: asked.statements for name, asked in many.items() if len(asked.statements) > MOST} == {}


def test_what_would_change_and_what_it_rests_on_cost_one_query_where_there_is_any(public: Client, world: World):
    world.grow(FEW)
    names = ["pillar", "pillar-beside", "compare", "compare-gaps", "council", "commitment"]
    none = ask_all(public, world, names)
    world.grow_grounds()
    one = ask_all(public, world, names)
    for _ in range(MORE):
        world.grow_grounds()

    assert {name: len(one[name].statements) - len(none[name].statements) for name in names} == dict.fromkeys(names, 1)
    assert grown(one, ask_all(public, world, names)) == {}


def test_every_page_is_counted(world: World):
    assert set(world.addresses()) == set(PAGES)


@pytest.mark.parametrize("pillar", range(1, 7))
def test_pillar_with_the_real_plan(public: Client, django_assert_max_num_queries, pillar: int):
    assert Pillar.objects.filter(number=pillar).exists()
    public.get(CHEAPEST)
    with django_assert_max_num_queries(MOST):
        public.get(f"/programmes/stable-homes/pillars/{pillar}/?as_at={DAY}")
