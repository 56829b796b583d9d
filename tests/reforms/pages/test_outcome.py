"""Whole commitments by what became of them: tables whose sums agree, and which rows lists are made of."""

from __future__ import annotations

from collections import Counter

import pytest

from pillars.ledger import Entry
from pillars.models import Commitment, Pillar, Programme, ProgressUpdate
from pillars.outcomes import Outcome
from pillars.timing import Answer, Timing
from reforms.pages.outcome import COLUMNS, by_pillar, by_strength, finest

PLAN = Programme(slug="plan", pillar_noun="pillar", commitment_noun="commitment", commitment_noun_plural="commitments")
PILLARS = [Pillar(pk=number, programme=PLAN, number=number, title=f"Title {number}") for number in (1, 2)]
REPORT = ProgressUpdate(status="under_way")


def row(
    timing: Timing, *parts: Entry, pillar: int | None = 1, strength: str = "firm", told: bool = False, by: bool = False
) -> Entry:
    """A commitment that stands so; `by` says that it stands by its parts."""
    commitment = Commitment(pillar_id=pillar, strength=strength)
    updates = [REPORT] if told else []
    return Entry(commitment, [], updates, [], answer=Answer(timing), parts=list(parts), is_dated_by_parts=by)


ROWS = [
    row(Timing.MET),
    row(Timing.MET_LATE, strength="explore"),
    row(Timing.PASSED, row(Timing.MET)),
    row(Timing.PASSED, told=True),
    row(Timing.CLOSING, pillar=2),
    row(Timing.OPEN, pillar=2, strength="ambition"),
    row(Timing.NO_DATE, pillar=None, strength="subject_to"),
    row(Timing.NO_DATE, pillar=99),
]  # fmt: skip


def figures(line) -> list[int]:
    return [cell.number for cell in line.cells]


def test_every_outcome_stands_in_one_column():
    assert Counter(outcome for column in COLUMNS for outcome in column.outcomes) == dict.fromkeys(Outcome, 1)


def test_by_pillar():
    table = by_pillar(PLAN, ROWS, PILLARS)

    assert {line.title: figures(line) for line in table.lines} == {
        "1. Title 1": [1, 1, 1, 1, 0, 0, 0, 0],
        "2. Title 2": [0, 0, 0, 0, 2, 0, 0, 0],
        "No one pillar": [0, 0, 0, 0, 0, 0, 0, 2],
    }


def test_by_strength_the_firmest_first_and_none_that_does_not_occur():
    table = by_strength(PLAN, ROWS)

    assert [(line.title, line.number) for line in table.lines] == [
        *(("Firm", 5), ("Subject to", 1), ("Explore", 1), ("Ambition", 1))
    ]


def test_both_come_to_the_number_of_whole_commitments():
    for table in (by_pillar(PLAN, ROWS, PILLARS), by_strength(PLAN, ROWS)):
        columns = zip(*(figures(line) for line in table.lines), strict=True)

        assert [sum(column) for column in columns] == figures(table.total)
        assert sum(line.number for line in table.lines) == sum(figures(table.total)) == len(ROWS)


def test_marks_stand_in_one_order_and_closing_beside_open():
    line = by_pillar(PLAN, ROWS, PILLARS).lines[1]

    assert line.cells[4].marks == [Outcome.CLOSING, Outcome.OPEN]


@pytest.mark.parametrize(
    ("place", "query", "words"),
    [
        pytest.param((0, 0), "pillar=1&timing=met", "commitment, 1. Title 1, met", id="one"),
        pytest.param((0, 2), "pillar=1&timing=passed&reported=nothing",
                     "commitment, 1. Title 1, window passed, nothing reported", id="silent"),
        pytest.param((0, 3), "pillar=1&timing=passed&reported=something",
                     "commitment, 1. Title 1, window passed, something reported", id="reported"),
        pytest.param((1, 4), "pillar=2&timing=closing&timing=open", "commitments, 2. Title 2, window open", id="two"),
        pytest.param((2, 7), "pillar=0&timing=no_date", "commitments, No one pillar, no date given", id="no pillar"),
    ],
)  # fmt: skip
def test_figure_leads_to_what_it_counts(place: tuple[int, int], query: str, words: str):
    cell = by_pillar(PLAN, ROWS, PILLARS).lines[place[0]].cells[place[1]]

    assert cell.url == f"/commitments/?programme=plan&level=whole&{query}"
    assert cell.words == words


def test_key_has_what_occurs():
    assert by_strength(PLAN, ROWS[:3]).key == [Outcome.MET, Outcome.MET_LATE, Outcome.PASSED]


def test_nothing():
    table = by_strength(PLAN, [])

    assert (table.lines, table.total.number, table.key) == ([], 0, [])


MET, LATE, OPEN = Timing.MET, Timing.MET_LATE, Timing.OPEN


@pytest.mark.parametrize(
    ("whole", "found"),
    [
        pytest.param(row(LATE), 1, id="itself"),
        pytest.param(row(OPEN, row(LATE), row(MET), by=True), 1, id="the part alone"),
        pytest.param(row(LATE, row(LATE), row(LATE), by=True), 2, id="its parts say more"),
        pytest.param(row(LATE, row(OPEN), by=True), 1, id="met as a whole, though no part is"),
        pytest.param(row(LATE, row(LATE)), 2, id="each has a date of its own"),
        pytest.param(row(MET, row(OPEN)), 0, id="neither"),
    ],
)
def test_lists_name_what_says_most(whole: Entry, found: int):
    assert len(finest([whole], Outcome.MET_LATE)) == found
