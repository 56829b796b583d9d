"""Which tile a council has that stands somewhere in a pilot."""

from __future__ import annotations

from types import SimpleNamespace as Fact

import pytest

from councils.models import Participation
from councils.taking_part import STATES, Taken, foremost
from councils.tile_map import ASKED, CHOSEN, LEFT, OF_PILOTS


def test_every_status_has_a_state_of_the_map():
    assert STATES.keys() == set(Participation.Status)
    assert set(STATES.values()) == set(OF_PILOTS)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        pytest.param(["withdrew"], LEFT, id="left"),
        pytest.param(["withdrew", "bid"], ASKED, id="asked before left"),
        pytest.param(["interested", "not_selected", "selected"], CHOSEN, id="chosen before all"),
    ],
)
def test_the_foremost_of_several(statuses, expected):
    assert foremost([Taken(Fact(status=status)) for status in statuses]) == expected
