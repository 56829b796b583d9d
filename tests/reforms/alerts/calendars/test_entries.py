"""On which days a window stands in a calendar, and what makes an entry another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from reforms.alerts.calendars.entries import Entry, Kind, Placed, placed, read_as, sources_in_words

D = date
ENTRY = Entry(Kind.DEADLINE, "SH-4-01-1", "Title", D(2023, 3, 1), D(2023, 5, 31), "/x/", "About", D(2023, 2, 2))


@pytest.mark.parametrize(
    ("window", "where"),
    [
        pytest.param({}, None, id="no date"),
        pytest.param({"earliest": D(2023, 5, 23), "latest": D(2023, 5, 23), "words": "23 May"},
                     Placed(D(2023, 5, 23), D(2023, 5, 23)), id="a day"),
        pytest.param({"earliest": D(2023, 3, 1), "latest": D(2023, 5, 31), "words": "Spring 2023"},
                     Placed(D(2023, 3, 1), D(2023, 5, 31), " (“Spring 2023”)"), id="a season is spanned"),
        pytest.param({"earliest": D(2023, 9, 1), "latest": D(2023, 9, 30), "words": "in September", "role": "start"},
                     Placed(D(2023, 9, 1), D(2023, 9, 30), " (“in September”)"), id="a month in which it starts"),
        pytest.param({"earliest": D(2023, 3, 1), "latest": D(2023, 5, 31)},
                     Placed(D(2023, 3, 1), D(2023, 5, 31)), id="spanned, without words"),
        pytest.param({"earliest": D(2023, 1, 1), "latest": D(2023, 4, 2)},
                     Placed(D(2023, 1, 1), D(2023, 4, 2)), id="92 days are spanned"),
        pytest.param({"earliest": D(2023, 1, 1), "latest": D(2023, 4, 3)},
                     Placed(D(2023, 4, 3), D(2023, 4, 3), ": last day"), id="93 days are not"),
        pytest.param({"earliest": D(2024, 1, 1), "latest": D(2024, 12, 31), "words": "in 2024"},
                     Placed(D(2024, 12, 31), D(2024, 12, 31), ": last day of “in 2024”"), id="a year: its last day"),
        pytest.param({"latest": D(2024, 12, 31), "words": "by the end of 2024"},
                     Placed(D(2024, 12, 31), D(2024, 12, 31), ": last day of “by the end of 2024”"), id="by"),
        pytest.param({"earliest": D(2025, 2, 2), "words": "After two years"},
                     Placed(D(2025, 2, 2), D(2025, 2, 2), ": from this day, “After two years”"), id="from: no end"),
        pytest.param({"earliest": D(2025, 2, 2)}, Placed(D(2025, 2, 2), D(2025, 2, 2), ": from this day"),
                     id="from, without words"),
        pytest.param({"earliest": D(2025, 3, 1), "latest": D(2025, 3, 31), "words": "March", "role": "until"},
                     Placed(D(2025, 3, 31), D(2025, 3, 31), ": last day of “March”"), id="what runs until"),
        pytest.param({"earliest": date.min, "latest": date.max}, Placed(date.max, date.max, ": last day"),
                     id="all of time"),
    ],
)  # fmt: skip
def test_where_a_window_stands(window, where):
    assert placed(window.pop("earliest", None), window.pop("latest", None), **window) == where


@pytest.mark.parametrize(
    ("starts", "last", "end"),
    [
        pytest.param(D(2023, 3, 1), D(2023, 5, 31), D(2023, 6, 1), id="the day after the last"),
        pytest.param(D(2023, 3, 1), D(2023, 3, 1), None, id="one day needs none"),
        pytest.param(D(2024, 2, 28), D(2024, 2, 29), D(2024, 3, 1), id="leap year"),
        pytest.param(D(9999, 12, 1), date.max, date.max, id="no day comes after the last there is"),
        pytest.param(date.max, date.max, None, id="the last there is"),
        pytest.param(datetime(2023, 5, 11, 22, 59, tzinfo=UTC), None, None, id="a moment has no length"),
    ],
)
def test_end_of_an_entry(starts, last, end):
    assert replace(ENTRY, starts=starts, last=last).end == end


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Other"},
        {"starts": D(2023, 3, 2)},
        {"last": D(2023, 6, 1)},
        {"path": "/y/"},
        {"about": "More"},
        {"known_on": D(2023, 2, 3)},
        {"alarms": (7,)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_every_part_counts_as_a_change(change):
    changed = replace(ENTRY, **change)

    assert changed.content_hash != ENTRY.content_hash
    assert changed.name == ENTRY.name


def test_a_moment_in_another_zone_is_the_same_moment():
    moment = datetime(2023, 5, 11, 22, 59, tzinfo=UTC)
    elsewhere = moment.astimezone(timezone(timedelta(hours=5)))

    assert replace(ENTRY, starts=moment).content_hash == replace(ENTRY, starts=elsewhere).content_hash
    assert replace(ENTRY, starts=moment).order == replace(ENTRY, starts=elsewhere).order


def test_words_are_read_and_sources_named():
    assert read_as(D(2023, 3, 1), D(2023, 5, 31), words="Spring 2023") == (
        "“Spring 2023”, read as 1 March to 31 May 2023."
    )
    assert read_as(None, None, words="") == ""
    assert sources_in_words(["a", "b", "a"]) == "Source: a; b."
    assert sources_in_words("abcde") == "Source: a; b; c and 2 more."
    assert sources_in_words([]) == ""
