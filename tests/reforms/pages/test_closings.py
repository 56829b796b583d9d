"""Consultations that close soon, grouped by the moment at which they close together."""

from __future__ import annotations

from datetime import date

import pytest

from reforms.alerts.for_pages import flags_for
from reforms.pages.closings import COUNTS, closings
from tests.builders import make_consultation

pytestmark = pytest.mark.django_db

# A spring that no fixture speaks of.
DAY = date(2041, 4, 21)


def close(days: int, title: str = "A consultation"):
    return make_consultation(title=title, closes_on=date.fromordinal(DAY.toordinal() + days))


def found() -> list[tuple[int, list[str]]]:
    return [(each.days, [flag.title for flag in each.flags]) for each in closings(flags_for(on=DAY))]


def test_next_moment_first_and_titles_in_order():
    for days, title in ((20, "B"), (7, "C"), (20, "A"), (29, "D"), (-1, "E")):
        close(days, title)

    assert found() == [(7, ["C"]), (20, ["A", "B"])]


def test_last_day():
    close(0)

    assert found() == [(0, ["A consultation"])]


def test_nothing_closes():
    assert found() == []


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "It closes"), (2, "All two close"), (3, "All three close"), (9, "All nine close"), (10, "All 10 close")],
)
def test_words(count: int, words: str):
    for _ in range(count):
        close(20)

    assert closings(flags_for(on=DAY))[0].words == f"{words} 11 May 2041 at 11:59pm"


def test_counts_in_words_run_on():
    assert list(COUNTS) == list(range(2, 10))
