"""Commitments counted by where they stand."""

from __future__ import annotations

import pytest

from pillars.ledger import Entry
from pillars.models import Commitment
from pillars.timing import Answer, Timing
from reforms.pages.counts import ORDER, count_timings, sum_counts


def row(timing: Timing, *parts: Entry) -> Entry:
    return Entry(Commitment(), [], [], [], answer=Answer(timing), parts=list(parts))


def test_every_timing_has_a_place_in_the_order():
    assert sorted(ORDER) == sorted(Timing)


def test_part_is_counted_within_its_own():
    assert count_timings([row(Timing.OPEN, row(Timing.PASSED), row(Timing.MET))]).all == 1


def test_marks_stand_in_the_order():
    counts = count_timings([row(Timing.NO_DATE), row(Timing.MET), row(Timing.OPEN), row(Timing.MET)])

    assert counts.marks == [Timing.MET, Timing.MET, Timing.OPEN, Timing.NO_DATE]
    assert counts.timings == [Timing.MET, Timing.OPEN, Timing.NO_DATE]
    assert counts.present == [(Timing.MET, 2), (Timing.OPEN, 1), (Timing.NO_DATE, 1)]


@pytest.mark.parametrize(
    ("timing", "column"),
    [
        (Timing.MET, "met"),
        (Timing.MET_LATE, "met"),
        (Timing.PASSED, "passed"),
        (Timing.OPEN, "open"),
        (Timing.CLOSING, "open"),
        (Timing.AHEAD, "ahead"),
        (Timing.NO_DATE, "no_date"),
        (Timing.CONDITIONAL, "no_date"),
    ],
)
def test_every_timing_falls_in_one_column(timing: Timing, column: str):
    counts = count_timings([row(timing)])
    columns = {name: getattr(counts, name) for name in ("met", "passed", "open", "ahead", "no_date")}

    assert columns == {name: int(name == column) for name in columns}


def test_nothing():
    counts = count_timings([])

    assert (counts.all, counts.marks, counts.present) == (0, [], [])


def test_sum():
    total = sum_counts([count_timings([row(Timing.MET), row(Timing.OPEN)]), count_timings([row(Timing.MET)])])

    assert total.by_timing[Timing.MET] == 2
    assert total.all == 3
    assert sum_counts([]).all == 0
