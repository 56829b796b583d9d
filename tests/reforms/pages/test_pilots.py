"""Pilots by pillar, with waves and what is recorded of councils."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pillars.models import Pilot
from reforms.pages.pilots import PilotShown, pilot_groups
from tests.builders import make_commitment, make_council, make_pillar, make_wording
from tests.queries import count_queries
from tests.reforms.pages.making import COMMITTEE_DAY, SPRING, make_participation, make_pilot, make_wave

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_pilots(db):
    Pilot.objects.all().delete()


def only_pilot(*, on: date = COMMITTEE_DAY) -> PilotShown:
    ((group,), _scale) = pilot_groups(on=on)
    (shown,) = group.pilots
    return shown


def test_pilots_stand_under_their_pillar():
    pillar = make_pillar()
    make_pilot(make_commitment(pillar=pillar))

    ((group,), _scale) = pilot_groups(on=COMMITTEE_DAY)

    assert group.title == str(pillar)


def test_a_wave_says_its_places_words_and_state():
    make_wave(make_pilot(), places="three", **SPRING)

    (wave,) = only_pilot().waves

    assert wave.note == "three, “Spring 2023”, Window open, 40 days left"
    assert len(wave.drawings) == 1


def test_a_wave_without_a_date_is_not_drawn():
    make_wave(make_pilot(), places="two")

    (wave,) = only_pilot().waves

    assert (wave.note, wave.drawings) == ("two", [])


def test_the_last_thing_said_of_a_council_stands():
    pilot, council = make_pilot(), make_council().organisation
    make_participation(council, pilot, status="bid", said_on=date(2023, 3, 1))
    make_participation(council, pilot, status="selected", said_on=date(2023, 4, 1))

    assert only_pilot().counts == [("Selected", 1)]


def test_nothing_learned_after_the_day():
    pilot = make_pilot(known_on=date(2023, 6, 1))
    make_participation(make_council().organisation, pilot)

    assert pilot_groups(on=COMMITTEE_DAY)[0] == []


def test_as_many_queries_for_many_pilots():
    make_wave(make_pilot(), **SPRING)
    make_participation(make_council().organisation, make_pilot())
    few = count_queries(lambda: pilot_groups(on=COMMITTEE_DAY))
    for _ in range(9):
        make_wave(make_pilot(), **SPRING)
        make_participation(make_council().organisation, make_pilot())

    assert count_queries(lambda: pilot_groups(on=COMMITTEE_DAY)) == few


def test_the_councils_of_a_pilot_are_a_link_from_the_map(public):
    pilot = make_pilot(slug="lamp-post")
    make_participation(make_council(name="Cair Paravel").organisation, pilot)

    assert only_pilot().map_url == "/councils/?pilot=lamp-post"
    assert "/councils/?pilot=lamp-post&amp;as_at=2023-04-21" in public.get("/pilots/?as_at=2023-04-21").content.decode()
    assert "Cair Paravel" in public.get(only_pilot().map_url).content.decode()


@pytest.mark.parametrize(("known_on", "differs"), [(COMMITTEE_DAY, True), (COMMITTEE_DAY + timedelta(days=1), False)])
def test_a_pilot_says_that_documents_differ_on_what_it_tests(known_on: date, differs: bool):
    commitment = make_pilot().commitment
    make_wording(commitment)
    make_wording(commitment, known_on=known_on)

    assert only_pilot().differs is differs
