"""When a position, or a figure inside it, has gone stale: the rules, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.staleness import Expiry, add_months, figure_note, stale_reasons

DAY = date(2023, 10, 21)

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


class TestAddMonths:
    @pytest.mark.parametrize(("day", "months", "later"), MONTHS_LATER)
    def test_months_later(self, day: date, months: int, later: date):
        assert add_months(day, months) == later

    @given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 240))
    def test_lands_in_the_month_asked_for(self, day: date, months: int):
        later = add_months(day, months)

        assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
        assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def expiry(day: date, text: str = "Robin House will open in 2023.") -> Expiry:
    return Expiry(text, day)


REASONS = [
    pytest.param({}, [], id="nothing"),
    pytest.param({"review_on": date(2023, 10, 22)}, [], id="review-due-tomorrow"),
    pytest.param({"review_on": DAY}, [], id="review-due-today"),
    pytest.param({"review_on": date(2023, 10, 20)}, ["review was due by 20 October 2023"], id="review-due-yesterday"),
    pytest.param({"expiries": [expiry(date(2023, 10, 22))]}, [], id="claim-expires-tomorrow"),
    pytest.param({"expiries": [expiry(DAY)]}, ["1 point overtaken by 21 October 2023"], id="claim-expires-today"),
    pytest.param(
        {"expiries": [expiry(date(2023, 1, 1)), expiry(DAY), expiry(date(2024, 1, 1))]},
        ["2 points overtaken by 21 October 2023"],
        id="some-claims-expired",
    ),
    pytest.param({"changed": ["SH-1-01"]}, ["SH-1-01 changed since it was published"], id="one-changed"),
    pytest.param(
        {"changed": ["SH-1-01", "SH-1-02"]}, ["SH-1-01, SH-1-02 changed since it was published"], id="two-changed"
    ),
    pytest.param(
        {"review_on": date(2023, 10, 20), "expiries": [expiry(DAY)], "changed": ["SH-1-01"]},
        [
            "review was due by 20 October 2023",
            "1 point overtaken by 21 October 2023",
            "SH-1-01 changed since it was published",
        ],
        id="everything-in-order",
    ),
]


class TestStaleReasons:
    @pytest.mark.parametrize(("given", "reasons"), REASONS)
    def test_stale_reasons(self, given: dict, reasons: list[str]):
        assert stale_reasons(**{"review_on": None, "expiries": [], "changed": [], **given}, on=DAY) == reasons

    def test_names_the_day_by_which_all_were_overtaken_whatever_the_order(self):
        expiries = [expiry(date(2023, 9, 1)), expiry(date(2023, 6, 1))]
        reasons = stale_reasons(review_on=None, expiries=expiries, changed=[], on=DAY)

        assert reasons == ["2 points overtaken by 1 September 2023"]

    def test_once_stale_stays_stale(self):
        given = {"review_on": DAY, "expiries": [expiry(DAY)], "changed": []}
        is_stale = [bool(stale_reasons(**given, on=DAY + timedelta(days=days))) for days in range(-5, 400)]

        assert is_stale == sorted(is_stale)


NOTES = [
    pytest.param(False, "", None, "", id="not-a-figure"),
    pytest.param(False, "2015", date(2015, 12, 31), "", id="an-old-fact-without-a-figure"),
    pytest.param(True, "", None, "No year given", id="no-period"),
    pytest.param(True, "", date(2023, 3, 31), "No year given", id="an-end-without-words"),
    pytest.param(True, "of late", None, "", id="words-that-mean-no-day"),
    pytest.param(True, "2022/23", date(2023, 3, 31), "", id="this-year"),
    pytest.param(True, "20 October 2022", date(2022, 10, 20), "", id="366-days"),
    pytest.param(
        True, "19 October 2022", date(2022, 10, 19), "Figure for 19 October 2022, over 1 year old", id="367-days"
    ),
    pytest.param(True, "2020/21", date(2021, 3, 31), "Figure for 2020/21, over 2 years old", id="years-old"),
    pytest.param(True, "2024", date(2024, 12, 31), "", id="a-period-that-has-not-ended"),
]


class TestFigureNote:
    @pytest.mark.parametrize(("has_figure", "as_at", "end", "note"), NOTES)
    def test_figure_note(self, has_figure: bool, as_at: str, end: date | None, note: str):
        assert figure_note(has_figure=has_figure, as_at=as_at, as_at_end=end, on=DAY) == note
