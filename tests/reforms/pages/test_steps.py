"""Steps towards answering: how near each is, and never that it was not done."""

from __future__ import annotations

from datetime import date

import pytest

from consultations.models import Step
from reforms.pages.steps import dated_steps

DAY = date(2023, 4, 21)

WORDS = [
    pytest.param(date(2023, 5, 3), date(2023, 5, 3), "In 12 days", id="a-day-ahead"),
    pytest.param(date(2023, 4, 22), date(2023, 4, 22), "In 1 day", id="tomorrow"),
    pytest.param(DAY, DAY, "Today", id="today"),
    pytest.param(date(2023, 4, 1), date(2023, 4, 30), "9 days left", id="a-window-that-is-open"),
    pytest.param(None, date(2023, 5, 11), "20 days left", id="by-a-day"),
    pytest.param(None, date(2023, 6, 11), "In 51 days", id="by-a-day-far-off"),
    pytest.param(date(2023, 4, 1), date(2023, 4, 20), "Past", id="past"),
    pytest.param(None, None, "No date given", id="no-date"),
]


@pytest.mark.parametrize(("earliest", "latest", "words"), WORDS)
def test_words(earliest: date | None, latest: date | None, words: str):
    (found,) = dated_steps([Step(earliest=earliest, latest=latest)], on=DAY)

    assert found.words == words


def test_past_step_has_no_sign_of_being_done_or_not():
    (found,) = dated_steps([Step(earliest=date(2023, 1, 1), latest=date(2023, 1, 31))], on=DAY)

    assert found.glyph == ""


def test_order_is_kept():
    steps = [Step(number=2), Step(number=1)]

    assert [each.step.number for each in dated_steps(steps, on=DAY)] == [2, 1]
