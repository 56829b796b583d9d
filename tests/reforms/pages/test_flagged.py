"""Dates that are flagged, on the pages that they matter to."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from reforms.alerts.for_pages import flags_for
from reforms.alerts.kinds import FlagKind
from tests.reforms.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DAY = "2023-04-21"
START_CLOSES = "Window to start closes in 9 days, on 30 April 2023 (“from April 2023”)"
PASSED = "Window passed, nothing reported: it ended 21 days ago, on 31 March 2023 (“in early 2023”)"
WINDOW_OPENED = "Window opened 20 days ago, on 1 April 2023, to 31 March 2025 (“over two years”)"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        pytest.param("/commitments/SH-4-13a/", START_CLOSES, id="closing"),
        pytest.param("/commitments/SH-4-13/", START_CLOSES, id="closing, of a part"),
        pytest.param("/commitments/SH-5-04a/", PASSED, id="passed in silence"),
        pytest.param("/commitments/SH-4-01/", WINDOW_OPENED, id="its window has opened"),
        pytest.param("/programmes/stable-homes/pillars/4/", START_CLOSES, id="a pillar: closing"),
        pytest.param("/programmes/stable-homes/pillars/5/", PASSED, id="a pillar: passed in silence"),
        pytest.param("/flags/", START_CLOSES, id="the list: closing"),
        pytest.param("/flags/?kind=deadline_passed", PASSED, id="the list: passed"),
        pytest.param("/", START_CLOSES, id="home: closing"),
        pytest.param("/councils/lincolnshire/", START_CLOSES, id="a council"),
    ],
)
def test_the_reason_stands_where_it_matters(public: Client, address, reason):
    joint = "&" if "?" in address else "?"

    assert reason in main_of(public.get(f"{address}{joint}as_at={DAY}"))


@pytest.mark.parametrize("address", ["/commitments/SH-4-02/", "/commitments/IR-5-04/", "/programmes/stable-homes/"])
def test_where_no_date_is_flagged_nothing_is_said(public: Client, address):
    page = main_of(public.get(f"{address}?as_at={DAY}"))

    assert "Flagged" not in page
    assert "Dates flagged" not in page


def test_home_says_once_what_has_passed_in_silence(public: Client):
    passed = [flag for flag in flags_for(date(2023, 4, 21)) if flag.kind == FlagKind.DEADLINE_PASSED]
    page = main_of(public.get(f"/?as_at={DAY}"))

    assert len(passed) == 2
    assert [page.count(f"{flag.title} ") for flag in passed] == [1, 1]
    assert str(FlagKind.DEADLINE_PASSED.label) not in page


@pytest.mark.parametrize(
    "words",
    ["A deadline of a commitment is flagged", "A step in a council's own timetable", "so that one date is said once"],
)
def test_the_rule_behind_it_is_told(public: Client, words):
    assert words in main_of(public.get(f"/flags/?as_at={DAY}"))
