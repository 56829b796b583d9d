"""Named stretches of days, and the arithmetic under them. What phrases mean is tried in test_fuzzy_dates."""

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from pillars.fuzzy_dates import UnreadablePhrase, read_phrase
from pillars.periods import MONTHS, Asked, edtf_between, months_later, read_period, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("By the end of 2023.", ["by", "the", "end", "of", "2023"]),
        ("“Spring\u00a02023”", ["spring", "2023"]),
        ("between 2023–2025", ["between", "2023", "to", "2025"]),
        ("3 – 11 May", ["3", "to", "11", "may"]),
        ("2023–24", ["2023-24"]),
        ("spring ’23", ["spring", "'23"]),
        (" , . ", []),
    ],
    ids=repr,
)
def test_words(text, words):
    assert list(split_words(text)) == words


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ("2023-05-11", "2023-05-11", "2023-05-11"),
        ("2023-05-01", "2023-05-31", "2023-05"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2023-01-01", "2024-12-31", "2023/2024"),
        ("2023-04-01", "2024-03-31", "2023-04/2024-03"),
        ("2024-02-01", "2024-02-28", "2024-02-01/2024-02-28"),
        ("2024-02-01", "2024-02-29", "2024-02"),
    ],
)
def test_edtf_is_as_coarse_as_it_can_be(first, last, edtf):
    assert edtf_between(date.fromisoformat(first), date.fromisoformat(last)) == edtf


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2023-02-02", 24, "2025-02-02"),
        ("2023-12-31", 2, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-11-15", 1, "2023-12-15"),
        ("2023-12-15", 1, "2024-01-15"),
    ],
)
def test_months_later(day, months, later):
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


# Properties

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
YEARS = st.integers(1950, 2150)


@st.composite
def periods(draw):
    """Words for a period, and its first and last day."""
    year, month = draw(YEARS), draw(st.integers(1, 12))
    season = draw(st.sampled_from([("spring", 3), ("summer", 6), ("autumn", 9)]))
    return draw(
        st.sampled_from(
            [
                (str(year), date(year, 1, 1), date(year, 12, 31)),
                (f"{MONTHS[month - 1].title()} {year}", date(year, month, 1), _last_day(year, month)),
                (f"{season[0]} {year}", date(year, season[1], 1), _last_day(year, season[1] + 2)),
                (f"early {year}", date(year, 1, 1), date(year, 3, 31)),
                (f"{year}-{(year + 1) % 100:02}", date(year, 4, 1), date(year + 1, 3, 31)),
            ]
        )
    )


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@given(periods(), DAYS)
def test_period_is_read_whole(period, said_on):
    words, first, last = period
    read = read_period(split_words(words), Asked(said_on))

    assert read
    assert (read.first, read.last) == (first, last)


@given(periods(), st.sampled_from(["by", "before", "until", "from", "after", "at the end of", "in"]), DAYS)
def test_opened_period_keeps_to_the_period(period, opening, said_on):
    words, first, last = period
    try:
        window = read_phrase(f"{opening} {words}", said_on=said_on).window
    except UnreadablePhrase:
        assert "early" in words
        assert "end" in opening
        return
    assert window.latest is None or first - timedelta(days=1) <= window.latest <= last
    assert window.earliest is None or first <= window.earliest <= last + timedelta(days=1)


@given(DAYS, DAYS)
def test_edtf_between_has_both_bounds(one, other):
    first, last = sorted((one, other))
    parsed = parse_edtf(edtf_between(first, last))

    assert (parsed.lower_strict()[:3], parsed.upper_strict()[:3]) == (first.timetuple()[:3], last.timetuple()[:3])


MONTHS_LATER = [
    pytest.param(date(2023, 4, 21), 6, date(2023, 10, 21), id="same-day"),
    pytest.param(date(2023, 4, 21), 0, date(2023, 4, 21), id="no-months"),
    pytest.param(date(2023, 8, 31), 6, date(2024, 2, 29), id="into-a-leap-february"),
    pytest.param(date(2022, 8, 31), 6, date(2023, 2, 28), id="into-a-common-february"),
    pytest.param(date(2022, 8, 29), 6, date(2023, 2, 28), id="29th-into-a-common-february"),
    pytest.param(date(2023, 10, 31), 1, date(2023, 11, 30), id="into-a-short-month"),
    pytest.param(date(2023, 11, 15), 1, date(2023, 12, 15), id="into-december"),
    pytest.param(date(2023, 12, 15), 1, date(2024, 1, 15), id="into-the-next-year"),
    pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="a-leap-day-a-year-on"),
    pytest.param(date(2023, 1, 31), 25, date(2025, 2, 28), id="over-two-years"),
    pytest.param(date(2023, 3, 31), -1, date(2023, 2, 28), id="back"),
    pytest.param(date(2023, 1, 15), -1, date(2022, 12, 15), id="back-over-new-year"),
]


class TestMonthsLater:
    @pytest.mark.parametrize(("day", "months", "later"), MONTHS_LATER)
    def test_months_later(self, day: date, months: int, later: date):
        assert months_later(day, months) == later

    @given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 240))
    def test_lands_in_the_month_asked_for(self, day: date, months: int):
        later = months_later(day, months)

        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
