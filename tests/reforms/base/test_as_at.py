"""The day a page answers for: what an address may ask, and how it is carried from page to page."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reforms.base.as_at import AsAt, AsAtError, read_day, with_day

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
COMMITTEE_DAY = date(2023, 4, 21)

ANSWERED = [
    pytest.param([], TODAY, id="none"),
    pytest.param(["2023-04-21"], COMMITTEE_DAY, id="a-past-day"),
    pytest.param(["2020-01-01"], date(2020, 1, 1), id="the-first-day"),
    pytest.param(["2024-02-29"], date(2024, 2, 29), id="a-leap-day"),
    pytest.param(["2026-11-20"], date(2026, 11, 20), id="yesterday"),
    pytest.param(["2026-11-21"], TODAY, id="today"),
]

SHAPE = "Enter a day as year, month and day, like 2023-04-21"
REAL = "Enter a real day, like 2023-04-21"
RANGE = "Enter a day from 1 January 2020 to today"

REFUSED = [
    pytest.param(["2019-12-31"], RANGE, id="the-day-before-the-first"),
    pytest.param(["2026-11-22"], RANGE, id="tomorrow"),
    pytest.param(["0001-01-01"], RANGE, id="0001"),
    pytest.param(["9999-12-31"], RANGE, id="9999"),
    pytest.param(["0000-01-01"], REAL, id="year-nought"),
    pytest.param(["2023-02-30"], REAL, id="30-february"),
    pytest.param(["2023-02-29"], REAL, id="29-february-of-a-common-year"),
    pytest.param(["2023-13-01"], REAL, id="month-13"),
    pytest.param(["2023-00-10"], REAL, id="month-nought"),
    pytest.param(["2023-04-00"], REAL, id="day-nought"),
    pytest.param([""], SHAPE, id="empty"),
    pytest.param([" "], SHAPE, id="a-blank"),
    pytest.param(["20230421"], SHAPE, id="without-hyphens"),
    pytest.param(["2023-W16-5"], SHAPE, id="a-week-date"),
    pytest.param(["2023W165"], SHAPE, id="a-short-week-date"),
    pytest.param(["2023-111"], SHAPE, id="a-day-of-the-year"),
    pytest.param(["2023-4-21"], SHAPE, id="one-digit-month"),
    pytest.param(["23-04-21"], SHAPE, id="two-digit-year"),
    pytest.param(["12023-04-21"], SHAPE, id="five-digit-year"),
    pytest.param(["-2023-04-21"], SHAPE, id="before-our-era"),
    pytest.param(["21/04/2023"], SHAPE, id="with-slashes"),
    pytest.param(["2023/04/21"], SHAPE, id="iso-with-slashes"),
    pytest.param(["2023-04"], SHAPE, id="a-month"),
    pytest.param(["2023-04-21T09:00"], SHAPE, id="a-moment"),
    pytest.param(["2023-04-21Z"], SHAPE, id="a-zone"),
    pytest.param([" 2023-04-21"], SHAPE, id="a-blank-before"),
    pytest.param(["2023-04-21 "], SHAPE, id="a-blank-after"),
    pytest.param(["2023-04-21\n"], SHAPE, id="a-line-after"),
    pytest.param(["2023\u201304\u201321"], SHAPE, id="dashes"),
    pytest.param(["２０２３-０４-２１"], SHAPE, id="wide-digits"),
    pytest.param(["٢٠٢٣-٠٤-٢١"], SHAPE, id="arabic-digits"),
    pytest.param(["2023-04-2\N{SUPERSCRIPT ONE}"], SHAPE, id="a-superscript"),
    pytest.param(["\0"], SHAPE, id="nul"),
    pytest.param(["2023-04-21\0"], SHAPE, id="nul-after"),
    pytest.param(["'"], SHAPE, id="a-quote"),
    pytest.param(["today"], SHAPE, id="a-word"),
    pytest.param(["2" * 10_000], SHAPE, id="10-kB"),
    pytest.param(["2023-04-21", "2023-04-22"], "Give one day only", id="two-days"),
    pytest.param(["2023-04-21", "2023-04-21"], "Give one day only", id="the-same-day-twice"),
]


class TestReadDay:
    @pytest.mark.parametrize(("values", "day"), ANSWERED)
    def test_answers_for(self, values: list[str], day: date):
        assert read_day(values, now=NOW) == AsAt(now=NOW, day=day)

    @pytest.mark.parametrize(("values", "message"), REFUSED)
    def test_refuses(self, values: list[str], message: str):
        with pytest.raises(AsAtError) as refused:
            read_day(values, now=NOW)

        assert str(refused.value) == message

    @given(st.text(max_size=20))
    def test_answers_or_refuses_whatever_is_sent(self, value: str):
        with suppress(AsAtError):
            assert date(2020, 1, 1) <= read_day([value], now=NOW).day <= TODAY

    @pytest.mark.parametrize(
        ("now", "today"),
        [
            pytest.param(datetime(2023, 7, 1, 22, 59, tzinfo=UTC), date(2023, 7, 1), id="summer-11:59pm"),
            pytest.param(datetime(2023, 7, 1, 23, 0, tzinfo=UTC), date(2023, 7, 2), id="summer-midnight"),
            pytest.param(datetime(2023, 12, 1, 23, 59, tzinfo=UTC), date(2023, 12, 1), id="winter-11:59pm"),
            pytest.param(datetime(2023, 12, 2, 0, 0, tzinfo=UTC), date(2023, 12, 2), id="winter-midnight"),
        ],
    )
    def test_today_is_the_day_in_england(self, now: datetime, today: date):
        assert read_day([], now=now).day == today
        assert read_day([today.isoformat()], now=now).is_today


TODAY_ASKED = AsAt(now=NOW, day=TODAY)
PAST = AsAt(now=NOW, day=COMMITTEE_DAY)

CARRIED = [
    pytest.param("/councils/", "/councils/?as_at=2023-04-21", id="plain"),
    pytest.param("/c/?q=a&q=b", "/c/?q=a&q=b&as_at=2023-04-21", id="keeps-repeats-in-order"),
    pytest.param("/c/?q=", "/c/?q=&as_at=2023-04-21", id="keeps-blanks"),
    pytest.param("/c/?as_at=2022-01-01&q=a", "/c/?q=a&as_at=2023-04-21", id="replaces"),
    pytest.param("/c/?as_at=x&as_at=y", "/c/?as_at=2023-04-21", id="replaces-all"),
    pytest.param("/c/#place-4", "/c/?as_at=2023-04-21#place-4", id="before-the-fragment"),
    pytest.param("/c/?q=%26%3D+%25", "/c/?q=%26%3D+%25&as_at=2023-04-21", id="keeps-escapes"),
    pytest.param("/c/?q=caf%C3%A9", "/c/?q=caf%C3%A9&as_at=2023-04-21", id="keeps-accents"),
]


class TestCarry:
    @pytest.mark.parametrize(("url", "expected"), CARRIED)
    def test_past_day_goes_along(self, url: str, expected: str):
        assert PAST.carry(url) == expected

    @pytest.mark.parametrize("url", ["/councils/", "/c/?q=a&q=", "/c/?q=a#b"])
    def test_today_needs_no_words(self, url: str):
        assert TODAY_ASKED.carry(url) == url

    @pytest.mark.parametrize(("url", "expected"), CARRIED)
    def test_twice_is_once(self, url: str, expected: str):
        assert PAST.carry(PAST.carry(url)) == expected


class TestWithDay:
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            pytest.param("/c/?as_at=2022-01-01", "/c/", id="the-only-parameter"),
            pytest.param("/c/?q=a&as_at=2022-01-01&page=2", "/c/?q=a&page=2", id="between-others"),
            pytest.param("/c/", "/c/", id="nothing-to-take-out"),
            pytest.param("/c/?xas_at=1", "/c/?xas_at=1", id="not-another-parameter"),
        ],
    )
    def test_no_day_takes_it_out(self, url: str, expected: str):
        assert with_day(url, None) == expected

    def test_sets_a_day(self):
        assert with_day("/c/?as_at=2022-01-01", COMMITTEE_DAY) == "/c/?as_at=2023-04-21"

    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            pytest.param("/c/", "/c/?as_at=2023-04-21", id="first"),
            pytest.param("/c/?q=a&page=2", "/c/?q=a&page=2&as_at=2023-04-21", id="after-others"),
            pytest.param("/c/?q=a+b%26c", "/c/?q=a+b%26c&as_at=2023-04-21", id="codes-stay"),
            pytest.param("/c/?q=", "/c/?q=&as_at=2023-04-21", id="after-one-left-blank"),
            pytest.param("/c/?q=a#part", "/c/?q=a&as_at=2023-04-21#part", id="before-a-place-on-the-page"),
            pytest.param("/c/?q=as_at", "/c/?q=as_at&as_at=2023-04-21", id="not-a-value-of-that-name"),
        ],
    )
    def test_leaves_the_rest_as_it_is(self, url: str, expected: str):
        assert with_day(url, COMMITTEE_DAY) == expected
