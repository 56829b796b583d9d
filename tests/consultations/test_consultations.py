"""The list of consultations."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from consultations.status import Status
from tests import builders as make
from tests.queries import count_queries

ON = date(2023, 4, 21)


def rows(public, query: str = "", *, on: date | None = ON) -> list[dict]:
    day = f"&as_at={on}" if on else ""
    answer = public.get(f"/consultations.json?{query}{day}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def row_of(public, consultation, *, on: date | None = ON) -> dict:
    return next(row for row in rows(public, on=on) if row["slug"] == consultation.slug)


def test_a_live_one(public):
    consultation = make.make_consultation()
    commitment, merged = make.make_commitment(), make.make_commitment()
    consultation.about.add(commitment, make.make_commitment(known_on=date(2023, 6, 1)))
    consultation.about.add(make.make_commitment(merged_into=merged))
    assert row_of(public, consultation) == {
        "slug": consultation.slug,
        "title": consultation.title,
        "owner": consultation.owner.slug,
        "status": "closing",
        "promised_by": None,
        "opens": None,
        "opens_at": "2023-02-02T00:00:00+00:00",
        "closes_on": "2023-05-11",
        "closes_at": "2023-05-11T23:59:00+01:00",
        "commitments": [commitment.reference],
        "citations": [],
    }


def test_a_promised_one(public):
    promise = make.make_commitment()
    window = {"opens_words": "Autumn 2023", "opens_earliest": date(2023, 9, 1), "opens_latest": date(2023, 11, 30)}
    consultation = make.make_consultation(is_promised=True, promised_by=promise, **window)
    row = row_of(public, consultation)
    assert (row["status"], row["promised_by"], row["closes_on"]) == ("promised", promise.reference, None)
    assert row["opens"] == {"words": "Autumn 2023", "earliest": "2023-09-01", "latest": "2023-11-30"}
    assert row_of(public, consultation, on=date(2023, 12, 1))["status"] == "window_passed"


def test_on_a_past_day_nobody_knew_when_it_would_open(public):
    window = {"opens_words": "Spring 2023", "opens_latest": date(2023, 5, 31)}
    moments = {"opens_at": datetime(2023, 6, 21, tzinfo=UTC), "closes_at": datetime(2023, 9, 6, 22, 59, tzinfo=UTC)}
    consultation = make.make_consultation(is_promised=True, **window, **moments)
    row = row_of(public, consultation)
    assert (row["status"], row["opens_at"], row["closes_on"], row["closes_at"]) == ("promised", None, None, None)
    assert row_of(public, consultation, on=date(2023, 6, 21))["status"] == "open"
    assert consultation.slug not in [row["slug"] for row in rows(public, "closes_within=366")]
    page = public.get(f"/consultations/?as_at={ON}").content.decode()
    assert "6 September 2023" not in page


def test_what_is_announced_for_tomorrow_is_told_today(public):
    with time_machine.travel(datetime(2023, 6, 20, 9, tzinfo=UTC), tick=False):
        consultation = make.make_consultation(opens_at=datetime(2023, 6, 21, tzinfo=UTC), closes_on=date(2023, 9, 6))
        assert row_of(public, consultation, on=None)["closes_on"] == "2023-09-06"


@pytest.mark.parametrize("status", Status)
def test_by_status(public, status):
    assert {row["status"] for row in rows(public, f"status={status}")} <= {status}


@pytest.mark.parametrize(("days", "count"), [(0, 0), (19, 0), (20, 3), (28, 3), (366, 3)])
def test_closing_within_some_days(public, days, count):
    """Three of the fixtures close on 11 May 2023, 20 days from the committee's day."""
    assert len(rows(public, f"closes_within={days}")) == count


def test_at_eleven_fifty_nine_it_closes(public):
    for moment, status in (("2023-05-11T22:58:59", "closing"), ("2023-05-11T22:59:00", "closed")):
        with time_machine.travel(datetime.fromisoformat(f"{moment}+00:00"), tick=False):
            assert {row["status"] for row in rows(public, "status=closing&status=closed", on=None)} == {status}


def test_on_its_last_day_it_is_still_open_for_those_who_look_back(public):
    assert {row["status"] for row in rows(public, "closes_within=0", on=date(2023, 5, 11))} == {"closing"}


def test_what_can_be_answered_comes_first_under_its_own_head(public):
    groups = public.get(f"/consultations/?as_at={ON}").context["groups"]
    assert [(title, len(listed)) for title, listed in groups] == [("Closing soon", 3), ("Promised, not yet opened", 12)]


@pytest.mark.parametrize(
    ("on", "state", "when"),
    [
        pytest.param(date(2023, 3, 1), "Open. Closes in 71 days", "Closes 11 May 2023 at 11:59pm", id="open"),
        pytest.param(ON, "Closes in 20 days", "Closes 11 May 2023 at 11:59pm", id="closing"),
        pytest.param(date(2023, 5, 11), "Closes today", "Closes 11 May 2023 at 11:59pm", id="its last day"),
        pytest.param(date(2023, 5, 12), "Closed", "Closed 11 May 2023 at 11:59pm", id="closed"),
    ],
)
def test_words_of_a_live_one(public, on, state, when):
    consultation = make.make_consultation()
    groups = public.get(f"/consultations/?as_at={on}").context["groups"]
    row = next(row for _title, listed in groups for row in listed if row.consultation == consultation)
    assert (row.state, row.when) == (state, when)


def test_places_in_sources_that_had_not_come_out_are_left_out(public):
    consultation = make.make_consultation()
    consultation.citations.add(make.make_citation(make.make_source(known_on=date(2023, 6, 1))))
    assert row_of(public, consultation)["citations"] == []
    assert len(row_of(public, consultation, on=None)["citations"]) == 1


@pytest.mark.parametrize("path", ["/consultations/", "/consultations.json", "/consultations.csv"])
def test_queries_do_not_grow_with_rows(public, path):
    def build(number: int) -> None:
        for _ in range(number):
            consultation = make.make_consultation(promised_by=make.make_commitment())
            consultation.citations.add(make.make_citation())
            consultation.about.add(make.make_commitment())

    build(1)
    few = count_queries(lambda: public.get(path))
    build(10)
    assert count_queries(lambda: public.get(path)) == few <= 9
