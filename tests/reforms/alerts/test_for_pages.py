"""Flags as pages ask for them."""

from __future__ import annotations

from datetime import date

import pytest

from reforms.alerts.for_pages import TONES, by_kind, flags_for
from reforms.alerts.kinds import FlagKind
from tests.reforms.alerts.conftest import closing

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


def test_every_kind_has_a_tone():
    assert set(TONES) == set(FlagKind)
