"""Missions of a pillar, each over the promises that serve it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from pillars import ledger
from pillars.models import Commitment, Mission
from pillars.places import places_of
from reforms.pages.missions import Section, missions_of, sections
from tests.builders import make_commitment, make_mission, make_pillar
from tests.reforms.pages.reading import main_of, source_of

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)
PILLAR = "/programmes/stable-homes/pillars/4/"


@pytest.fixture
def pillar():
    return make_pillar()


def shown(pillar, *, on: date = DAY) -> list[Section]:
    joined = ("lead", "programme", "mission")
    rows = ledger.entries(Commitment.objects.filter(pillar=pillar), on=on, is_cited=False, joined=joined)
    missions = missions_of(rows, on=on)
    return sections(missions, rows, places_of(missions, on=on), on=on)


def said(found: list[Section]) -> list[tuple[Mission | None, list[str]]]:
    return [(section.mission, [row.reference for row in section.rows]) for section in found]


def test_rows_stand_under_their_mission_and_the_others_last(pillar):
    second, first = make_mission(pillar=pillar, number=2), make_mission(pillar=pillar, number=1)
    plain = make_commitment(pillar=pillar)
    later = make_commitment(pillar=pillar, mission=second)
    sooner = make_commitment(pillar=pillar, mission=first)

    assert said(shown(pillar)) == [
        (first, [sooner.reference]),
        (second, [later.reference]),
        (None, [plain.reference]),
    ]


def test_part_stands_under_its_whole(pillar):
    whole = make_commitment(pillar=pillar, mission=make_mission(pillar=pillar))
    make_commitment(pillar=pillar, parent=whole, mission=make_mission(pillar=pillar))

    own, served_by_a_part_alone = shown(pillar)
    assert [row.reference for row in own.rows] == [whole.reference]
    assert served_by_a_part_alone.rows == []


def test_mission_that_nobody_could_know_of_is_not_named(pillar):
    mission = make_mission(pillar=pillar, known_on=date(2023, 4, 22))
    commitment = make_commitment(pillar=pillar, mission=mission)

    assert said(shown(pillar)) == [(None, [commitment.reference])]


def test_without_missions_there_is_one_section(pillar):
    make_commitment(pillar=pillar)
    (section,) = shown(pillar)

    assert (section.mission, section.heading_level, section.state) == (None, 3, "")


def test_page_says_what_each_is_measured_by_and_until_when(public: Client):
    html = source_of(public.get(PILLAR, {"as_at": DAY.isoformat()}))
    words = main_of(public.get(PILLAR, {"as_at": DAY.isoformat()}))

    assert [f'id="mission-{number}"' in html for number in range(1, 8)] == [True] * 6 + [False]
    assert "Mission 2. Homes for children in care" in words
    assert "Measured by: More homes; no number is given." in words
    assert words.count("By 31 December 2027.") == 5
    assert "No year is given." in words
    assert "LGA briefing, Appendix A 13.8" in words
