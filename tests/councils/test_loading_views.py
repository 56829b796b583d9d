"""What bodies say, who takes part and which alliance a region has, as files tell it."""

from __future__ import annotations

from datetime import date

import pytest

from councils.models import Participation, Region, View
from tests.loading_desk import AMBRIDGE_FILE, PLACES_FILE, PROGRAMME_FILE, SOURCES_FILE, Desk, mistake

VIEWS_FILE = "views/choirs.yaml"
VIEWS = """\
organisation: choirs
views:
  - number: 1
    stance: welcome
    text: Likes warm homes.
    programme: warm-homes
    words: "warm, at last"
    cite: {report: [Page 1]}
  - number: 2
    stance: ask
    text: Asks the ministry for more pipes.
    pillar: warm-homes/1
    about: [WH-1-02, WH-1-01]
    addressed_to: [ministry]
    for_place: London
    cite: {report: [Page 1], paper: []}
  - number: 3
    stance: concern
    text: Worries about windows.
    about: [WH-1-02]
    cite: {report: [Page 1]}
"""
TAKING_PART_FILE = "councils/participation.yaml"
TAKING_PART = """\
participation:
  ambridge:
    - {pilot: first-streets, wave: "1", status: selected, said_on: "2023-04-21", note: Named., cite: {report: [Page 1]}}
  borchester:
    - pilot: first-streets
      status: not_selected
      said_on: "2023-04-21"
      cite: {report: [Page 1]}
"""
BODY = "  - {slug: choirs, name: Choirs of England, kind: national_body}\nsources:"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a body that speaks, and a file on who takes part."""
    desk.change(SOURCES_FILE, "sources:", BODY)
    desk.put(VIEWS_FILE, VIEWS)
    desk.put(TAKING_PART_FILE, TAKING_PART)
    return desk


def loaded(desk: Desk, number: int) -> View:
    desk.load()
    return View.objects.get(organisation__slug="choirs", number=number)


def test_a_view_speaks_of_a_whole(desk: Desk) -> None:
    view = loaded(desk, 1)
    assert (view.stance, view.text, view.words) == ("welcome", "Likes warm homes.", "warm, at last")
    assert (str(view.programme.slug), view.pillar, view.mission) == ("warm-homes", None, None)  # type: ignore[union-attr]
    assert not view.about.exists()


def test_a_view_names_what_it_is_about_and_who_should_act(desk: Desk) -> None:
    view = loaded(desk, 2)
    assert view.pillar is not None
    assert (view.pillar.programme.slug, view.pillar.number) == ("warm-homes", 1)
    assert sorted(view.about.values_list("reference", flat=True)) == ["WH-1-01", "WH-1-02"]
    assert [body.slug for body in view.addressed_to.all()] == ["ministry"]
    assert view.for_place == "London"


def test_a_view_may_speak_of_commitments_alone(desk: Desk) -> None:
    view = loaded(desk, 3)
    assert (view.programme, view.pillar, view.mission) == (None, None, None)
    assert [each.reference for each in view.about.all()] == ["WH-1-02"]


def test_a_number_alone_is_a_pillar_of_the_usual_programme(desk: Desk) -> None:
    for file in (VIEWS_FILE, PROGRAMME_FILE, "plan/pillar-1.yaml", AMBRIDGE_FILE, "consultations/asks.yaml"):
        desk.put(file, desk.read(file).replace("warm-homes/1", "1").replace("warm-homes", "stable-homes"))
    assert loaded(desk, 2).pillar_id is not None
    assert loaded(desk, 2).pillar.programme.slug == "stable-homes"  # type: ignore[union-attr]


@pytest.mark.parametrize(("number", "expected"), [(1, date(2023, 4, 21)), (2, date(2023, 2, 2))])
def test_a_view_is_known_with_its_earliest_source(desk: Desk, number: int, expected: date) -> None:
    assert loaded(desk, number).known_on == expected


def test_a_file_of_a_mapping_tells_of_several_bodies(desk: Desk) -> None:
    desk.load()
    said = Participation.objects.order_by("organisation__slug", "status").select_related("organisation", "wave")
    assert [(each.organisation.slug, each.status, each.wave and each.wave.number) for each in said] == [
        ("ambridge", "interested", None),
        ("ambridge", "selected", 1),
        ("borchester", "not_selected", None),
    ]


def test_a_file_of_one_body_may_name_the_wave(desk: Desk) -> None:
    desk.change(AMBRIDGE_FILE, "{pilot: first-streets, ", '{pilot: first-streets, wave: "1", ')
    desk.load()
    assert Participation.objects.get(status="interested").wave is not None


ALLIANCE = (
    "gss_code: E12000001, alliance: choirs, alliance_basis: inferred, alliance_note: Taken to be., cite: {report: []}"
)


def test_a_region_may_have_an_alliance(desk: Desk) -> None:
    desk.change(PLACES_FILE, "gss_code: E12000001", ALLIANCE.replace("report: []", "paper: []"))
    desk.load()
    region = Region.objects.get()
    assert region.alliance is not None
    assert (region.alliance.slug, region.alliance_basis, region.alliance_note) == ("choirs", "inferred", "Taken to be.")


def test_twice_changes_nothing(desk: Desk) -> None:
    desk.load()
    assert desk.load().is_quiet


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        mistake(
            "unknown-body",
            VIEWS_FILE,
            "organisation: choirs",
            "organisation: choir",
            "There is no organisation “choir”; the nearest is “choirs”.",
        ),
        mistake(
            "unknown-stance",
            VIEWS_FILE,
            "stance: welcome",
            "stance: applause",
            "stance is “applause”; it has to be one of welcome, concern, question, suggestion, ask.",
        ),
        mistake(
            "unknown-pillar",
            VIEWS_FILE,
            "pillar: warm-homes/1",
            "pillar: warm-homes/7",
            "warm-homes has no pillar 7.",
        ),
        mistake(
            "two-wholes",
            VIEWS_FILE,
            "pillar: warm-homes/1",
            "programme: warm-homes\n    pillar: warm-homes/1",
            "A view speaks of one whole at most, and this names programme and pillar.",
            at="pillar: warm-homes/1",
        ),
        mistake(
            "of-nothing",
            VIEWS_FILE,
            "    about: [WH-1-02]\n",
            "",
            "A view speaks of something: name a whole, or what it is about.",
            at="- number: 3",
        ),
        mistake(
            "about-nothing-known",
            VIEWS_FILE,
            "about: [WH-1-02, WH-1-01]",
            "about: [WH-1-02, WH-9]",
            "There is no commitment “WH-9”.",
        ),
        mistake(
            "addressed-to-nobody",
            VIEWS_FILE,
            "addressed_to: [ministry]",
            "addressed_to: [minister]",
            "There is no organisation “minister”; the nearest is “ministry”.",
        ),
        mistake(
            "no-source",
            VIEWS_FILE,
            "    about: [WH-1-02]\n    cite: {report: [Page 1]}\n",
            "    about: [WH-1-02]\n",
            "No source: give a cite.",
            at="- number: 3",
        ),
        mistake(
            "twice",
            VIEWS_FILE,
            "number: 2",
            "number: 1  # again",
            "View choirs/1 stands twice: it is already at views/choirs.yaml:3.",
            at="# again",
        ),
        mistake(
            "unknown-wave",
            TAKING_PART_FILE,
            'wave: "1"',
            'wave: "7"',
            "There is no wave “first-streets/7”; the nearest is “first-streets/1”.",
            at='wave: "7"',
        ),
        mistake(
            "unknown-council",
            TAKING_PART_FILE,
            "  borchester:",
            "  borchestr:",
            "There is no organisation “borchestr”; the nearest is “borchester”.",
        ),
        mistake(
            "alliance-without-basis",
            PLACES_FILE,
            "gss_code: E12000001",
            "gss_code: E12000001, alliance: choirs",
            "alliance and alliance_basis stand together, or neither does.",
            at="slug: midlands",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str) -> None:
    desk.assert_mistake(file, old, new, at, message)
