"""How dates, sums and lengths of time are written."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reforms.base.formatting import (
    date_in_words,
    days_in_words,
    moment_in_words,
    money,
    money_short,
    percent,
    span_in_words,
    window_in_words,
)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 5, 11), "11 May 2023"),
        (date(2024, 2, 29), "29 February 2024"),
        (date(2023, 9, 1), "1 September 2023"),
    ],
)
def test_date(day, words):
    assert date_in_words(day) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        pytest.param(datetime(2023, 5, 11, 22, 59, tzinfo=UTC), "11 May 2023 at 11:59pm", id="summer time"),
        pytest.param(datetime(2023, 5, 11, 23, 0, tzinfo=UTC), "12 May 2023 at midnight", id="the next civil day"),
        pytest.param(datetime(2023, 12, 1, 23, 59, tzinfo=UTC), "1 December 2023 at 11:59pm", id="winter time"),
        pytest.param(datetime(2023, 5, 11, 16, 0, tzinfo=UTC), "11 May 2023 at 5pm", id="on the hour"),
        pytest.param(datetime(2023, 5, 11, 11, 0, tzinfo=UTC), "11 May 2023 at midday", id="midday"),
        pytest.param(datetime(2023, 5, 11, 11, 5, tzinfo=UTC), "11 May 2023 at 12:05pm", id="past midday"),
        pytest.param(datetime(2023, 5, 10, 23, 5, tzinfo=UTC), "11 May 2023 at 12:05am", id="past midnight"),
        pytest.param(datetime(2023, 5, 11, 9, 30, tzinfo=timezone(timedelta(hours=2))), "11 May 2023 at 8:30am",
                     id="from another zone"),
    ],
)  # fmt: skip
def test_moment(moment, words):
    assert moment_in_words(moment) == words


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment_in_words(datetime(2023, 5, 11, 23, 59))  # noqa: DTZ001 - the fault under test


@pytest.mark.parametrize(
    ("earliest", "latest", "role", "words"),
    [
        pytest.param("2023-03-01", "2023-05-31", "due", "1 March to 31 May 2023", id="season"),
        pytest.param("2023-09-01", "2023-09-30", "due", "1 to 30 September 2023", id="month"),
        pytest.param("2023-05-11", "2023-05-11", "due", "11 May 2023", id="day"),
        pytest.param("2023-12-01", "2024-02-29", "due", "1 December 2023 to 29 February 2024", id="two years"),
        pytest.param(None, "2023-12-31", "due", "by 31 December 2023", id="by"),
        pytest.param(None, "2025-03-31", "until", "until 31 March 2025", id="until"),
        pytest.param("2025-02-02", None, "due", "from 2 February 2025", id="open end"),
        pytest.param("2023-08-01", "2023-08-31", "start", "starting 1 to 31 August 2023", id="starts in a month"),
        pytest.param("2023-04-01", "2023-04-01", "start", "from 1 April 2023", id="starts on a day"),
        pytest.param("2025-02-02", None, "start", "from 2 February 2025", id="starts some time after"),
        pytest.param(None, "2024-05-31", "start", "by 31 May 2024", id="starts by"),
        pytest.param(None, None, "due", "no date given", id="nothing"),
    ],
)
def test_window(earliest, latest, role, words):
    ends = [date.fromisoformat(end) if end else None for end in (earliest, latest)]

    assert window_in_words(*ends, role=role) == words


@pytest.mark.parametrize(
    ("amount", "words", "short"),
    [
        ("45000000", "£45 million", "£45m"),
        ("2600000000", "£2.6 billion", "£2.6bn"),
        ("1257000000", "£1.257 billion", "£1.257bn"),
        ("200000000", "£200 million", "£200m"),
        ("1500000", "£1.5 million", "£1.5m"),
        ("1000000", "£1 million", "£1m"),
        ("1000000000", "£1 billion", "£1bn"),
        ("1200000000000", "£1,200 billion", "£1,200bn"),
        ("1234567", "£1,234,567", "£1,234,567"),
        ("1234567890", "£1,234,567,890", "£1,234,567,890"),
        ("1999999.99", "£1,999,999.99", "£1,999,999.99"),
        ("999999", "£999,999", "£999,999"),
        ("3000", "£3,000", "£3,000"),
        ("3000.00", "£3,000", "£3,000"),
        ("12.5", "£12.50", "£12.50"),
        ("0", "£0", "£0"),
        ("-87000000", "−£87 million", "−£87m"),
    ],
)
def test_money(amount, words, short):
    assert (money(Decimal(amount)), money_short(Decimal(amount))) == (words, short)


@pytest.mark.parametrize(
    ("value", "words"),
    [("12.43", "12.43%"), ("30", "30%"), ("30.00", "30%"), ("0.5", "0.5%"), ("100", "100%"), ("1E+2", "100%")],
)
def test_percent(value, words):
    assert percent(Decimal(value)) == words


@pytest.mark.parametrize(("days", "words"), [(0, "0 days"), (1, "1 day"), (20, "20 days"), (1000, "1,000 days")])
def test_days(days, words):
    assert days_in_words(days) == words


def test_days_below_nought_are_refused():
    with pytest.raises(ValueError, match="-1"):
        days_in_words(-1)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "1 day"),
        (21, "21 days"),
        (59, "59 days"),
        (60, "over 1 month"),
        (63, "over 2 months"),
        (365, "over 11 months"),
        (366, "over 11 months"),
        (367, "over 1 year"),
        (733, "over 2 years"),
        (-21, "in 21 days"),
        (-800, "in over 2 years"),
    ],
)
def test_span(days, words):
    assert span_in_words(days) == words


# Properties


@given(st.dates(min_value=date(1000, 1, 1)))
def test_date_reads_back(day):
    assert datetime.strptime(date_in_words(day), "%d %B %Y").replace(tzinfo=UTC).date() == day


@given(st.decimals(0, 10**13, places=2))
def test_money_says_every_penny(amount):
    words = money(amount).removeprefix("£").replace(",", "")
    number, _, unit = words.partition(" ")

    assert Decimal(number) * {"": 1, "million": 10**6, "billion": 10**9}[unit] == amount


@given(st.integers(60, 100_000))
def test_span_is_never_longer_than_it_is(days):
    _, count, unit = span_in_words(days).split()

    assert int(count) * {"month": 31, "year": 366}[unit.removesuffix("s")] < days


@given(st.dates(), st.dates())
def test_window_names_its_last_day(one, other):
    earliest, latest = sorted((one, other))

    assert window_in_words(earliest, latest).endswith(date_in_words(latest))
