"""What an administrator reads of jobs and letters: cases are the specification."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reforms.alerts.watching.words import ago, masked, outcome_in_words

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        pytest.param(-5, "a moment ago", id="by a clock that is ahead"),
        pytest.param(0, "a moment ago", id="now"),
        pytest.param(59, "a moment ago", id="59 seconds"),
        pytest.param(60, "1 minute ago", id="a minute"),
        pytest.param(119, "1 minute ago", id="almost two minutes"),
        pytest.param(59 * 60 + 59, "59 minutes ago", id="almost an hour"),
        pytest.param(60 * 60, "1 hour ago", id="an hour"),
        pytest.param(47 * 60 * 60, "47 hours ago", id="almost two days"),
        pytest.param(48 * 60 * 60, "2 days ago", id="two days"),
        pytest.param(1500 * 24 * 60 * 60, "1,500 days ago", id="years"),
    ],
)
def test_ago(seconds, words):
    assert ago(NOW - timedelta(seconds=seconds), now=NOW) == words


def test_never():
    assert ago(None, now=NOW) == "never"


@pytest.mark.parametrize(
    ("outcome", "details", "words"),
    [
        pytest.param("done", {"due": 12, "raised": 3, "cleared": 1}, "12 due, 3 raised, 1 cleared", id="done"),
        pytest.param("done", {"due": 12, "raised": 0, "cleared": 0}, "12 due", id="nothing new"),
        pytest.param("done", {"raised": 0, "own": {"position_stale": 7}}, "nothing to do", id="only what is inside"),
        pytest.param("done", {"is_weekly": True, "letters_made": 1200}, "1,200 letters made", id="no count"),
        pytest.param("done", {}, "nothing to do", id="nothing"),
        pytest.param("baseline", {"due": 12}, "First run, which tells nobody: 12 due", id="first"),
        pytest.param("missed", {"missed": 2}, "Missed: 2 due only then", id="missed"),
        pytest.param("missed", {"missed": 0}, "Missed: nothing was due only then", id="nothing missed"),
        pytest.param("missed", {}, "Missed: nothing was due only then", id="missed by a job that counts nothing"),
    ],
)
def test_outcome(outcome, details, words):
    assert outcome_in_words(outcome, details) == words


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param("rosa.hall@example.org", "r…@example.org", id="usual"),
        pytest.param("r@example.org", "r…@example.org", id="one letter: no shorter than others"),
        pytest.param('"a@b"@example.org', '"…@example.org', id="quoted"),
        pytest.param("élodie@example.org", "é…@example.org", id="not plain"),
    ],
)
def test_masked(address, shown):
    assert masked(address) == shown
