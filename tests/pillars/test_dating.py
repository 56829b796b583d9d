"""The date that a milestone goes by: the first of its commitment, or what has replaced it."""

from __future__ import annotations

from datetime import date
from operator import attrgetter
from typing import NamedTuple

import pytest

from pillars.dating import first_date
from pillars.models import Deadline
from tests.builders import make_deadline

APRIL, MAY, JUNE = (date(2023, month, 1) for month in (4, 5, 6))


class Said(NamedTuple):
    key: int
    replaces: int | None = None
    known_on: date = APRIL


def first(*dates: Said, on: date = MAY) -> int | None:
    found = first_date(dates, on=on, keys=attrgetter("key", "replaces"))
    return found.key if found else None


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param((), None, id="none"),
        pytest.param((Said(1), Said(2)), 1, id="the first"),
        pytest.param((Said(1, known_on=JUNE), Said(2)), 2, id="the first that is known"),
        pytest.param((Said(1), Said(2), Said(3, replaces=1)), 3, id="what replaced the first, not the next"),
        pytest.param((Said(1), Said(2, replaces=1), Said(3, replaces=2)), 3, id="moved twice"),
        pytest.param((Said(1), Said(2, replaces=1, known_on=JUNE)), 1, id="moved later on"),
        pytest.param((Said(1, known_on=JUNE), Said(2, replaces=1)), 2, id="the old words came to light later"),
        pytest.param((Said(1, replaces=2), Said(2, replaces=1)), None, id="a ring"),
    ],
)
def test_first_date(dates: tuple[Said, ...], expected: int | None):
    assert first(*dates) == expected


def test_is_one_of_the_deadlines_that_stand(db):
    old = make_deadline(known_on=APRIL)
    make_deadline(old.commitment, known_on=APRIL)
    make_deadline(old.commitment, replaces=old, known_on=JUNE)

    for on in (APRIL, MAY, JUNE):
        known = Deadline.objects.known(on=on)
        assert first_date(known, on=on, keys=attrgetter("pk", "replaces_id")) in Deadline.objects.current(on=on)
