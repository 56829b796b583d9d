"""Whether what a paragraph came from has moved on since: stamps, and the notes that readers see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.urls import include, path

from consultations.models import Consultation, Response
from councils.models import PositionVersion
from councils.writing.contents import Content
from councils.writing.subjects import Subject
from pillars.models import CitedFact, Commitment, Deadline, FundingLine, Milestone, Pillar, Pilot, Programme, Verdict
from reforms.reports.document.values import Block, Section
from reforms.reports.filling.sources import SORTS, notes_of, stamps_of
from reforms.reports.layouts import Depth
from tests.builders import (
    make_commitment,
    make_consultation,
    make_council,
    make_deadline,
    make_funding,
    make_mission,
    make_pillar,
    make_position,
    make_response,
    make_update,
    make_verdict,
    make_version,
)
from tests.councils.writing.cast import make_cast, newest, start, write
from tests.queries import count_queries
from tests.reforms.pages.making import make_milestone, make_participation, make_pilot, make_wave
from tests.reforms.reports.filling.making import as_at, blocks, filled

pytestmark = pytest.mark.django_db


def stamp_of(source: str, *, day: date | None = None, reader=None) -> str:
    return stamps_of([source], as_at=as_at(day), reader=reader)[source]


class World:
    """One record of each sort, by the name that sources have for it."""

    def __init__(self) -> None:
        self.pillar = make_pillar()
        self.programme = self.pillar.programme
        self.commitment = make_commitment(pillar=self.pillar, programme=self.programme)
        self.part = make_commitment(pillar=self.pillar, programme=self.programme, parent=self.commitment)
        self.deadline = make_deadline(self.commitment)
        self.line = make_funding(self.commitment)
        self.verdict = make_verdict(self.commitment)
        self.mission = make_mission(self.programme, pillar=self.pillar)
        self.milestone = make_milestone(self.programme)
        self.pilot = make_pilot(self.commitment)
        self.council = make_council().organisation
        self.position = make_position(self.council, self.pillar)
        self.version = make_version(self.position)
        self.consultation = make_consultation(programme=self.programme)
        make_participation(self.council, self.pilot)
        self.response = make_response(self.consultation, organisation=self.council)

    @property
    def names(self) -> dict[str, str]:
        plan, body = f"{self.programme.slug}/{self.pillar.number}", self.council.slug
        return {
            "commitment": self.commitment.reference,
            "plan": plan,
            "pillar": plan,
            "programme": self.programme.slug,
            "money": plan,
            "milestone": self.milestone.slug,
            "pilot": self.pilot.slug,
            "consultation": self.consultation.slug,
            "response": f"{self.consultation.slug}/{body}",
            "participation": f"{body}/{self.pilot.slug}",
            "position": self.position.reference,
        }

    def source(self, sort: str) -> str:
        return f"{sort}:{self.names[sort]}"


@pytest.fixture
def world() -> World:
    return World()


def _change(model: type[CitedFact], **values) -> Callable[[World], object]:
    """Change the world's own row of a model."""
    name = "line" if model is FundingLine else model.__name__.lower()
    return lambda world: model.objects.filter(pk=getattr(world, name).pk).update(**values)


CLOSED_LATER = _change(Consultation, closes_at="2023-06-01T22:59:00Z")
MOVES = [
    ("a title", ["commitment", "plan"], _change(Commitment, title="Other words")),
    ("a summary", ["commitment", "plan"], _change(Commitment, summary="Other words")),
    ("how firmly", ["commitment", "plan"], _change(Commitment, strength="explore")),
    ("the words of a deadline", ["commitment", "plan"], _change(Deadline, words="by 2030")),
    ("the window of a deadline", ["commitment", "plan"], _change(Deadline, latest=date(2030, 1, 1))),
    ("another deadline", ["commitment", "plan"], lambda world: make_deadline(world.commitment, number=9)),
    ("a deadline of a part", ["commitment", "plan"], lambda world: make_deadline(world.part)),
    ("another part", ["commitment", "plan"], lambda world: make_commitment(
        pillar=world.pillar, programme=world.programme, parent=world.commitment)),
    ("a sum", ["commitment", "plan", "money"], _change(FundingLine, amount=5)),
    ("another sum", ["commitment", "plan", "money"], lambda world: make_funding(world.commitment)),
    ("progress", ["commitment", "plan"], lambda world: make_update(world.commitment)),
    ("an answer", ["commitment", "plan"], _change(Verdict, verdict="rejected")),
    ("another commitment", ["plan"], lambda world: make_commitment(pillar=world.pillar, programme=world.programme)),
    ("the words of a pillar", ["pillar"], _change(Pillar, summary="Other words")),
    ("a mission", ["pillar"], lambda world: make_mission(world.programme, pillar=world.pillar)),
    ("the words of a programme", ["programme"], _change(Programme, summary="Other words")),
    ("a milestone", ["milestone"], _change(Milestone, words="in 2030")),
    ("the words of a pilot", ["pilot"], _change(Pilot, places="nine")),
    ("a wave", ["pilot"], lambda world: make_wave(world.pilot)),
    ("a place in a pilot", ["participation"], lambda world: make_participation(
        world.council, world.pilot, status="selected")),
    ("another closing moment", ["consultation"], CLOSED_LATER),
    ("an outcome", ["consultation"], _change(Consultation, outcome="Done", outcome_on=date(2023, 9, 1))),
    ("the day of a response", ["response"], _change(Response, submitted_at="2023-05-09T10:00:00Z")),
    ("another version", ["position"], lambda world: publish_next(world)),
    ("words that were erased", ["position"], lambda world: PositionVersion.objects.filter(
        pk=world.version.pk).update(text="", erased_at="2026-01-01T09:00:00Z")),
    ("a commitment elsewhere", [], lambda world: make_deadline()),
    ("a review of the position", [], lambda world: PositionVersion.objects.filter(
        pk=world.version.pk).update(review_on=date(2027, 1, 1))),
]  # fmt: skip


def publish_next(world: World) -> None:
    PositionVersion.objects.filter(pk=world.version.pk).update(state="superseded")
    make_version(world.position, published_on=date(2024, 1, 1))


@pytest.mark.parametrize(("moved", "change"), [case[1:] for case in MOVES], ids=[case[0] for case in MOVES])
def test_what_moves_a_stamp_and_what_does_not(world: World, moved: list[str], change: Callable[[World], object]):
    sources = {sort: world.source(sort) for sort in world.names}
    before = stamps_of(sources.values(), as_at=as_at(), reader=None)
    change(world)
    after = stamps_of(sources.values(), as_at=as_at(), reader=None)
    assert [sort for sort, source in sources.items() if before[source] != after[source]] == moved


def test_every_sort_but_drafts_and_changes_is_tried(world: World):
    assert set(world.names) == set(SORTS) - {"draft", "changes"}


def test_time_alone_moves_nothing(world: World):
    sources = [world.source(sort) for sort in world.names]
    days = [date(2023, 4, 21), date(2023, 12, 1), date(2026, 11, 22)]
    first, *others = [stamps_of(sources, as_at=as_at(day), reader=None) for day in days]
    assert others == [first, first]


def test_what_became_known_later_is_not_in_the_stamp_of_a_day(world: World):
    before = stamp_of(world.source("commitment"), day=date(2023, 4, 21))
    make_deadline(world.commitment, number=9, known_on=date(2023, 5, 1))
    assert stamp_of(world.source("commitment"), day=date(2023, 4, 21)) == before
    assert stamp_of(world.source("commitment"), day=date(2023, 5, 1)) != before


def test_silence_has_a_stamp_that_moves_when_somebody_speaks(world: World):
    other = make_pillar(world.programme)
    source = f"position:{world.council.slug}/{other.reference}"
    before = stamp_of(source)
    make_version(make_position(world.council, other))
    assert before
    assert stamp_of(source) != before


def test_a_sort_that_nobody_knows_has_no_stamp():
    assert stamps_of(["weather:today", "", "nothing"], as_at=as_at(), reader=None) == {}


def test_queries_grow_with_the_sorts_and_not_with_the_sources():
    worlds = [World() for _ in range(4)]
    one = [worlds[0].source(sort) for sort in worlds[0].names]
    four = [world.source(sort) for world in worlds for sort in world.names]
    sections = [_section(*(Block("Words.", source=source) for source in sources)) for sources in (one, four)]
    for ask in (
        lambda sources, _section: stamps_of(sources, as_at=as_at(), reader=None),
        lambda _sources, section: notes_of([section], as_at=as_at()),
    ):
        counts = [count_queries(lambda: ask(*each)) for each in zip((one, four), sections, strict=True)]  # noqa: B023
        assert counts[0] == counts[1]


# Notes


def _section(*of: Block) -> Section:
    return Section("background", "Background", of)


def test_notes_say_where_a_paragraph_came_from_and_whether_that_moved(world: World):
    source = world.source("commitment")
    section = _section(Block("Words.", source=source, stamp=stamp_of(source)))
    note = notes_of([section], as_at=as_at())[source]
    assert (note.words, note.url, note.has_moved) == (
        str(world.commitment), world.commitment.get_absolute_url(), False)  # fmt: skip
    make_deadline(world.commitment, number=9)
    assert notes_of([section], as_at=as_at())[source].has_moved


def test_notes_of_another_day_lead_to_that_day(world: World):
    source = world.source("pillar")
    note = notes_of([_section(Block("Words.", source=source))], as_at=as_at(date(2023, 4, 21)))[source]
    assert note.url == f"{world.pillar.get_absolute_url()}?as_at=2023-04-21"


def test_a_source_moved_where_it_did_for_one_of_its_blocks(world: World):
    source = world.source("position")
    old, new = Block("Old.", source=source, stamp="0" * 16), Block("New.", source=source, stamp=stamp_of(source))
    assert notes_of([_section(new), _section(old)], as_at=as_at())[source].has_moved
    assert not notes_of([_section(new)], as_at=as_at())[source].has_moved


urlpatterns = [path("changes/", lambda request: HttpResponse(), name="changes"), path("", include("reforms.urls"))]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("lincolnshire/stable-homes/2023-03-01", "?council=lincolnshire&programme=stable-homes&since=2023-03-01"),
        ("of-another-form", ""),
    ],
)
def test_what_changed_leads_to_the_page_of_changes_and_never_moves(name: str, query: str):
    block = Block("Words.", source=f"changes:{name}", stamp=stamp_of(f"changes:{name}", day=date(2023, 4, 21)))
    note = notes_of([_section(block)], as_at=as_at())[block.source]
    assert (note.url, note.has_moved) == (f"/changes/{query}", False)


def test_what_somebody_wrote_has_no_note():
    assert notes_of([_section(Block("Words."), Block("More.", source="weather:today"))], as_at=as_at()) == {}


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize(
    ("organisation", "programme"), [("lincolnshire", "stable-homes"), ("blackpool", "independent-review")]
)
def test_every_source_of_a_report_has_a_note_and_has_not_moved_yet(client, organisation: str, programme: str, depth):
    report = filled(organisation, programme, depth=depth)
    named = {block.source for block in blocks(report) if block.source}
    notes = notes_of(report.sections, as_at=as_at())
    assert named == set(notes)
    assert [source for source, note in notes.items() if note.has_moved or not note.words] == []
    sorts = {source.partition(":")[0]: note.url for source, note in notes.items()}
    assert {sort: client.get(url).status_code for sort, url in sorts.items()} == dict.fromkeys(sorts, 200)


# Drafts


def test_a_draft_moves_with_every_save_and_when_it_is_gone():
    cast, pillar = make_cast(), make_pillar()
    version = start(cast, Subject(pillar.programme, pillar))
    write(version, "First.", by=cast.officer)
    source = f"draft:{cast.council.slug}/{pillar.reference}"
    section = _section(Block("First.", source=source, stamp=stamp_of(source, reader=cast.officer), is_draft=True))
    moved = lambda: notes_of([section], as_at=as_at(), reader=cast.officer)[source].has_moved  # noqa: E731
    assert not moved()
    write(newest(version), Content("Second."), by=cast.officer)
    assert moved()
    PositionVersion.objects.filter(pk=version.pk).update(state="discarded")
    assert moved()


def test_a_draft_tells_nothing_to_those_who_may_not_read_it():
    cast, pillar = make_cast(), make_pillar()
    version = start(cast, Subject(pillar.programme, pillar))
    source = f"draft:{cast.council.slug}/{pillar.reference}"
    section = _section(Block("First.", source=source, stamp=stamp_of(source, reader=cast.officer), is_draft=True))
    readers = [None, cast.scrutiny_member, cast.stranger, cast.administrator]
    before = [stamp_of(source, reader=each) for each in readers]
    write(version, "Second.", by=cast.officer)
    assert [stamp_of(source, reader=each) for each in readers] == before
    assert [notes_of([section], as_at=as_at(), reader=each) for each in readers] == [{}] * len(readers)


def test_tomorrow_is_no_day_to_be_asked_for(world: World):
    """A stamp of a day holds what was known by then: one of the day before a fact is that of silence."""
    early = world.programme.known_on - timedelta(days=1)
    silent = stamp_of("programme:none-by-this-name")
    assert stamp_of(world.source("programme"), day=early) == silent
