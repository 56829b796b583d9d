"""When a position, or a figure inside it, has gone stale: the rules, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from councils.staleness import Expiry, figure_note, stale_reasons

DAY = date(2023, 10, 21)


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
