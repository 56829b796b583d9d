"""What became of a promise: its timing, with what has passed in silence told from what has not."""

from __future__ import annotations

import pytest

from pillars.outcomes import Outcome, outcome_of
from pillars.timing import LABELS, Timing


@pytest.mark.parametrize("timing", Timing)
def test_every_timing_is_an_outcome_under_the_same_words(timing: Timing):
    outcome = outcome_of(timing, is_reported=False)

    assert (outcome.value, outcome.label) == (timing.value, LABELS[timing])


@pytest.mark.parametrize("timing", [timing for timing in Timing if timing is not Timing.PASSED])
def test_only_what_has_passed_is_told_apart(timing: Timing):
    assert outcome_of(timing, is_reported=True) is outcome_of(timing, is_reported=False)


def test_passed_with_a_report():
    found = outcome_of(Timing.PASSED, is_reported=True)

    assert (found, found.label) == (Outcome.PASSED_REPORTED, "Window passed, something reported")


def test_there_is_no_other():
    assert {outcome_of(timing, is_reported=told) for timing in Timing for told in (True, False)} == set(Outcome)
