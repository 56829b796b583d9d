"""Commitments counted by what became of them."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.ledger import Entry
from pillars.models import Commitment, ProgressUpdate
from pillars.outcomes import Outcome
from pillars.timing import Answer, Timing
from reforms.pages.counts import Counts, count_outcomes, sum_counts


def row(timing: Timing, *parts: Entry, last: str = "") -> Entry:
    """A commitment that stands so, of which this was last reported."""
    updates = [ProgressUpdate(status=last, happened_on=date(2023, 4, 1))] if last else []
    return Entry(Commitment(), [], updates, [], answer=Answer(timing), parts=list(parts))


def passed(**last: int) -> Counts:
    """Windows that have passed, by what was last reported and of how many."""
    rows = [row(Timing.PASSED, last=status.replace("nothing", "")) for status, n in last.items() for _ in range(n)]
    return count_outcomes(rows)


def test_part_is_counted_within_its_own():
    assert count_outcomes([row(Timing.OPEN, row(Timing.PASSED), row(Timing.MET))]).all == 1


def test_marks_stand_in_the_order():
    counts = count_outcomes([row(Timing.NO_DATE), row(Timing.MET), row(Timing.OPEN), row(Timing.MET)])

    assert counts.marks == [Outcome.MET, Outcome.MET, Outcome.OPEN, Outcome.NO_DATE]
    assert counts.outcomes == [Outcome.MET, Outcome.OPEN, Outcome.NO_DATE]
    assert counts.words == "2 met; 1 window open; 1 no date given"


@pytest.mark.parametrize(
    ("timing", "last", "column"),
    [
        (Timing.MET, "", "met"),
        (Timing.MET, "met", "met"),
        (Timing.MET_LATE, "", "met"),
        (Timing.PASSED, "", "silent"),
        (Timing.PASSED, "under_way", "reported"),
        (Timing.PASSED, "slipped", "reported"),
        (Timing.OPEN, "under_way", "open"),
        (Timing.CLOSING, "", "open"),
        (Timing.AHEAD, "", "ahead"),
        (Timing.NO_DATE, "under_way", "no_date"),
        (Timing.CONDITIONAL, "", "no_date"),
    ],
)
def test_every_timing_falls_in_one_column(timing: Timing, last: str, column: str):
    counts = count_outcomes([row(timing, last=last)])
    columns = {name: getattr(counts, name) for name in ("met", "silent", "reported", "open", "ahead", "no_date")}

    assert columns == {name: int(name == column) for name in columns}


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ({}, ""),
        ({"nothing": 1}, "1 window passed: 1 with nothing reported"),
        ({"under_way": 2}, "2 windows passed: 2 last reported under way"),
        ({"nothing": 15, "under_way": 7}, "22 windows passed: 15 with nothing reported, 7 last reported under way"),
        (
            {"changed": 1, "under_way": 2, "nothing": 3},
            "6 windows passed: 3 with nothing reported, 2 last reported under way, 1 last reported changed",
        ),
    ],
)
def test_silence_is_said_only_of_what_is_silent(last: dict[str, int], words: str):
    assert passed(**last).passed_words == words


def test_what_has_passed_is_told_by_its_last_report():
    assert passed(nothing=2, under_way=1).words == (
        "2 window passed, nothing reported; 1 window passed, last reported under way"
    )


def test_met_late_is_among_the_met():
    counts = count_outcomes([row(Timing.MET), row(Timing.MET_LATE)])

    assert (counts.met, counts.late) == (2, 1)


def test_nothing():
    counts = count_outcomes([])

    assert (counts.all, counts.marks, counts.words, counts.passed_words) == (0, [], "", "")


def test_sum():
    total = sum_counts([passed(under_way=1), passed(under_way=1, nothing=1), count_outcomes([row(Timing.MET)])])

    assert total.all == 4
    assert total.passed_words == "3 windows passed: 1 with nothing reported, 2 last reported under way"
    assert sum_counts([]).all == 0
