"""Flags as pages ask for them."""

from __future__ import annotations

from datetime import date

import pytest

from reforms.alerts.for_pages import TONES, by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from tests.reforms.alerts.conftest import Stale, closing

DAY = date(2023, 4, 21)


@pytest.fixture(autouse=True)
def three(watch_only):
    watch_only(
        closing("rules", date(2023, 5, 11)),
        closing("strategy", date(2023, 5, 11)),
        closing("framework", date(2023, 4, 15)),
    )


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        pytest.param(None, ["rules", "strategy", "framework"], id="all"),
        pytest.param(["consultation:strategy"], ["strategy"], id="one"),
        pytest.param(
            ["consultation:framework", "consultation:strategy"], ["strategy", "framework"], id="two, in order"
        ),
        pytest.param(["consultation:nobody-knows"], [], id="none of that name"),
        pytest.param([], [], id="none asked for"),
    ],
)
def test_flags_about_some_subjects(subjects, expected):
    found = flags_for(on=DAY, subjects=subjects)

    assert [flag.subject.removeprefix("consultation:") for flag in found] == expected


def test_a_group_for_each_kind():
    groups = by_kind(flags_for(on=DAY))

    assert [(group.kind, len(group.flags), group.tone) for group in groups] == [
        (FlagKind.CONSULTATION_CLOSING, 2, "closing"),
        (FlagKind.CONSULTATION_CLOSED, 1, ""),
    ]


STALE = [Stale("devon", date(2023, 4, number), reference=f"SH-{number}") for number in range(1, 8)]


@pytest.mark.parametrize(
    ("organisation", "kinds"),
    [
        pytest.param("", [], id="the whole country"),
        pytest.param("devon", [FlagKind.POSITION_STALE], id="an organisation's own as well"),
        pytest.param("kent", [], id="not those of another"),
    ],
)
def test_a_page_has_no_flags_of_organisations_it_does_not_ask_for(watch_only, organisation, kinds):
    watch_only(closing("rules", date(2023, 5, 11)), positions=[*STALE, Stale("exeter", DAY)])

    groups = by_kind(flags_for(on=DAY, organisation=organisation))

    assert [group.kind for group in groups] == [FlagKind.CONSULTATION_CLOSING, *kinds]


@pytest.mark.parametrize(
    ("most", "shown", "others_url"),
    [
        pytest.param(None, 7, "", id="all"),
        pytest.param(7, 7, "", id="just enough room"),
        pytest.param(5, 5, "/flags/?kind=position_stale&organisation=devon", id="some left out"),
    ],
)
def test_a_page_with_little_room_leads_to_the_others(watch_only, most, shown, others_url):
    watch_only(positions=STALE)

    [group] = by_kind(flags_for(on=DAY, organisation="devon"), most=most)

    assert (len(group.flags), len(group.shown), group.others_url) == (7, shown, others_url)


def test_flags_about_the_country_are_led_to_by_kind_alone(watch_only):
    watch_only(closing("rules", DAY), closing("strategy", DAY))

    [group] = by_kind(flags_for(on=DAY), most=1)

    assert group.others_url == "/flags/?kind=consultation_closing"


def test_every_kind_has_a_tone():
    assert set(TONES) == set(FlagKind)
