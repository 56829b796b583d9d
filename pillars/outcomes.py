"""What became of a promise by a day: where it stands, and where its window has passed whether anything was reported.

`Timing` says of every window that has passed, and is not met, the same. Pages that count tell those of which a
source has reported something from those of which none has, so that silence is said only of what is silent.
"""

from __future__ import annotations

from enum import StrEnum

from pillars.timing import LABELS, Timing


class Outcome(StrEnum):
    """A timing, with what has passed split in two. In the order of unit marks and of columns."""

    MET = "met"
    MET_LATE = "met_late"
    PASSED = "passed"
    PASSED_REPORTED = "passed_reported"
    CLOSING = "closing"
    OPEN = "open"
    AHEAD = "ahead"
    CONDITIONAL = "conditional"
    NO_DATE = "no_date"

    @property
    def label(self) -> str:
        """The words a page shows."""
        return PASSED_REPORTED if self is Outcome.PASSED_REPORTED else LABELS[Timing(self.value)]


class Reported(StrEnum):
    """Whether a source has reported anything of a promise, or of the part by whose date it stands."""

    SOMETHING = "something"
    NOTHING = "nothing"


PASSED_REPORTED = "Window passed, something reported"
"""Something short of that it was met: that it is under way, has slipped or was changed."""
OUTCOMES: dict[Timing, Outcome] = {timing: Outcome(timing.value) for timing in Timing}


def outcome_of(timing: Timing, *, is_reported: bool) -> Outcome:
    """Where a promise stands, with `is_reported` read only where its window has passed."""
    if is_reported and timing is Timing.PASSED:
        return Outcome.PASSED_REPORTED
    return OUTCOMES[timing]
