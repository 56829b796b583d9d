"""Consultations that close soon, grouped by the moment at which they close together."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Q

from reforms.alerts.for_pages import flags_for
from reforms.alerts.kinds import FlagKind
from reforms.base.clock import civil_moment
from reforms.pages.closings import COUNTS, closing_soon, closings
from tests.builders import make_consultation, make_programme
from tests.queries import count_queries

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


class TestClosingSoon:
    """The same flags as among all that are due, asked for by themselves."""

    @pytest.mark.parametrize("days", [*range(-2, 3), 27, 28, 29, 30])
    def test_the_same_as_among_all_flags(self, days: int):
        close(days)
        expected = [flag for flag in flags_for(on=DAY) if flag.kind == FlagKind.CONSULTATION_CLOSING]

        assert closing_soon(on=DAY) == expected
        assert bool(expected) == (0 <= days <= 28)

    def test_one_that_has_not_opened_yet(self):
        make_consultation(closes_on=date(2041, 4, 30), opens_at=civil_moment(date(2041, 4, 22)))

        assert closing_soon(on=DAY) == []
        assert len(closing_soon(on=date(2041, 4, 22))) == 1

    def test_only_those_about_something(self):
        programme = make_programme()
        close(7, "Another")
        make_consultation(title="Its own", closes_on=date(2041, 4, 30), programme=programme)

        assert [flag.title for flag in closing_soon(Q(programme=programme), on=DAY)] == ["Its own"]

    def test_one_query(self):
        close(7)

        assert count_queries(lambda: closing_soon(on=DAY)) == 1
