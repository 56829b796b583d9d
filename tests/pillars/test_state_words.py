"""The words beside a state's glyph."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pillars.state_words import state_words
from pillars.timing import Answer, Timing, window_answer

DAY = date(2023, 4, 21)

WORDS = [
    pytest.param(Answer(Timing.AHEAD, days=5), "Ahead", id="ahead"),
    pytest.param(Answer(Timing.AHEAD), "Ahead", id="ahead-with-no-end"),
    pytest.param(Answer(Timing.OPEN, days=40), "Window open, 40 days left", id="open"),
    pytest.param(Answer(Timing.OPEN, days=60), "Window open, 60 days left", id="open-60-days"),
    pytest.param(Answer(Timing.OPEN, days=61), "Window open", id="open-61-days-are-not-counted"),
    pytest.param(Answer(Timing.OPEN), "Window open", id="open-with-no-end"),
    pytest.param(Answer(Timing.CLOSING, days=28), "Closes in 28 days", id="closing"),
    pytest.param(Answer(Timing.CLOSING, days=1), "Closes in 1 day", id="closing-tomorrow"),
    pytest.param(Answer(Timing.CLOSING, days=0), "Closes today", id="closing-today"),
    pytest.param(Answer(Timing.PASSED, days=1), "Window passed, nothing reported, 1 day past", id="passed-yesterday"),
    pytest.param(Answer(Timing.PASSED, days=59), "Window passed, nothing reported, 59 days past", id="passed-days"),
    pytest.param(
        Answer(Timing.PASSED, days=800), "Window passed, nothing reported, over 2 years past", id="passed-years"
    ),
    pytest.param(Answer(Timing.MET), "Met", id="met-with-no-day"),
    pytest.param(Answer(Timing.MET_LATE), "Met late", id="met-late-with-no-day"),
    pytest.param(Answer(Timing.NO_DATE), "No date given", id="no-date"),
    pytest.param(Answer(Timing.CONDITIONAL), "Conditional", id="conditional"),
]


@pytest.mark.parametrize(("answer", "words"), WORDS)
def test_state_words(answer: Answer, words: str):
    assert state_words(answer) == words


def test_every_timing_is_worded():
    assert {case.values[0].timing for case in WORDS} == set(Timing)


def test_met_says_the_day():
    assert state_words(Answer(Timing.MET), met_on=date(2023, 4, 1)) == "Met 1 April 2023"


def test_met_late_says_the_day_and_how_late():
    answer = Answer(Timing.MET_LATE, days=14)

    assert state_words(answer, met_on=date(2023, 4, 14)) == "Met late, 14 April 2023, by 14 days"


def test_passed_says_what_was_last_reported():
    answer = Answer(Timing.PASSED, days=800)

    assert state_words(answer, reported="under way on 20 June 2024") == (
        "Window passed, last reported under way on 20 June 2024, over 2 years past"
    )


def test_conditional_says_its_condition():
    words = state_words(Answer(Timing.CONDITIONAL), condition="subject to parliamentary time")

    assert words == "Conditional: subject to parliamentary time"


@pytest.mark.parametrize("timing", [each for each in Timing if each is not Timing.CONDITIONAL])
def test_condition_is_said_of_nothing_else(timing: Timing):
    assert "when there is time" not in state_words(Answer(timing, days=3), condition="when there is time")


@pytest.mark.parametrize("days_past", [1, 30, 400, 4000])
def test_silence_is_never_called_late(days_past: int):
    answer = window_answer(None, DAY - timedelta(days=days_past), on=DAY)

    assert "late" not in state_words(answer).lower()
