"""The rules about consultations: what a file may not say, each with its message and line."""

from __future__ import annotations

import pytest

from tests.loading_desk import (
    ASKS_FILE,
    Desk,
    mistake,
)


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "message"),
    [
        mistake(
            "time",
            ASKS_FILE,
            '"2023-05-11"',
            '"2023-05-11"\n    closes_time: midnight',
            "closes_time is “midnight”, which is not a time; write it as 17:00.",
            at="closes_time",
        ),
        mistake(
            "time-alone", ASKS_FILE, 'closes_on: "2023-05-11"', 'closes_time: "17:00"', "closes_time needs closes_on."
        ),
        mistake(
            "consultation-window",
            ASKS_FILE,
            'closes_on: "2023-05-11"',
            'closes_on: "2023-01-11"',
            "It closes before it opens.",
        ),
        mistake(
            "written-step",
            ASKS_FILE,
            "origin: recorded",
            "origin: written",
            "A file records a public document: origin has to be recorded.",
        ),
    ],
)
def test_a_broken_rule_is_named_with_its_line(desk: Desk, file: str, old: str, new: str, at: str, message: str) -> None:
    desk.assert_mistake(file, old, new, at, message)
