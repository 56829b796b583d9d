"""Somebody from the public asks the plan plain questions on 21 April 2023, by its pages and by its data."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.reforms.pages.reading import links_of, main_of

pytestmark = pytest.mark.django_db

DAY = "as_at=2023-04-21"


def rows(public: Client, path: str) -> list[dict]:
    """Every row of an answer, page after page."""
    found, path = [], f"{path}&{DAY}"
    while path:
        answer = public.get(path).json()
        found += answer["results"]
        path = answer["next"]
    return found


def references(public: Client, query: str) -> set[str]:
    return {row["reference"] for row in rows(public, f"/commitments.json?{query}")}


def test_which_of_pillar_4_fall_due_in_autumn_2023(public: Client):
    query = "pillar=4&due_from=2023-09-01&due_to=2023-11-30"

    assert references(public, query) == {"SH-4-07a", "SH-4-09b", "SH-4-11"}
    page = main_of(public.get(f"/commitments/?{query}&{DAY}"))
    assert "“in Autumn 2023”" in page


def test_what_is_due_by_the_end_of_2023(public: Client):
    due = references(public, "programme=stable-homes&due_to=2023-12-31")

    assert len(due) >= 38
    assert {"SH-1-01a", "SH-2-02", "SH-2-03", "SH-3-02", "SH-4-12c", "SH-4-13a", "SH-5-02c", "SH-6-01"} <= due
    assert due & {"SH-1-01b", "SH-1-02", "SH-2-05g", "SH-4-03b", "SH-4-12e", "SH-5-02d", "SH-6-01b"} == set()


def test_which_windows_had_passed(public: Client):
    passed = rows(public, "/commitments.json?timing=passed&programme=stable-homes")

    assert {row["reference"] for row in passed if row["deadlines"]} == {"SH-0-09", "SH-5-03d", "SH-5-04a"}
    assert {deadline["latest"] for row in passed for deadline in row["deadlines"]} == {"2023-03-31"}


def test_how_much_of_the_200_million_is_itemised_and_what_is_not_known(public: Client):
    page = main_of(public.get(f"/funding/?{DAY}"))

    assert "£45m + £30m + £24m + £24m + £9m + £3m = £135m" in page
    assert "No source says which of these lines are inside the £200m. £135m is itemised." in page
    assert "If all of it is inside, £65m is not." in page


def test_what_makes_up_the_27_million(public: Client):
    lines = {row["reference"]: row for row in rows(public, "/funding.json?pillar=4&shape=sum")}
    parts = {reference: row["amount"] for reference, row in lines.items() if row["part_of"] == "SH-4-01-F1"}

    assert parts == {"SH-4-01a-F1": 3_000_000, "SH-4-01b-F1": 24_000_000}
    assert (lines["SH-4-01-F1"]["amount"], lines["SH-4-12i-F1"]["part_of"]) == (27_000_000, None)
    page = main_of(public.get(f"/funding/?{DAY}"))
    assert "£27m is £3m + £24m" in page
    assert "£24m stands twice" in page


def test_which_personal_rates_change_and_when(public: Client):
    lines = rows(public, "/funding.json?shape=rate&role=itemised")
    rates = {row["commitment"]: (row["amount_from"], row["amount"]) for row in lines}

    assert rates == {"SH-4-12c": (1000, 3000), "SH-4-13a": (2000, 3000)}
    dates = {
        row["reference"]: [(each["words"], each["latest"]) for each in row["deadlines"]]
        for row in rows(public, "/commitments.json?q=SH-4-1")
    }
    assert dates["SH-4-12c"] == [("from August 2023", "2023-08-31")]
    assert dates["SH-4-13a"] == [("from April 2023", "2023-04-30")]


def test_what_a_place_of_the_briefing_became(public: Client):
    page = public.get(f"/sources/lga-2023/?{DAY}")
    kinds = {row["kind"] for row in rows(public, "/sources/lga-2023.json?")}

    assert f"/commitments/SH-2-05d/?{DAY}" in [url.partition("#")[0] for url in links_of(page)]
    assert {"commitment", "mission", "deadline", "funding_line", "wording", "pilot", "consultation"} <= kinds


@pytest.mark.parametrize(("mission", "reference"), [(1, "SH-4-20"), (2, "SH-4-04"), (5, "SH-4-13e"), (6, "SH-4-16")])
def test_what_serves_a_mission(public: Client, mission: int, reference: str):
    assert reference in references(public, f"mission={mission}")
