"""The page of flags and its twins."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.alerts.models import Flag
from tests.reforms.alerts.conftest import Stale, at, closing

pytestmark = pytest.mark.django_db

DAY = date(2023, 4, 21)
COLUMNS = ["kind", "subject", "organisation", "due_on", "threshold", "reason"]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(at(DAY), tick=False):
        yield


@pytest.fixture
def two(watch_only):
    """One closes in 20 days, one closed six days ago."""
    watch_only(closing("rules", date(2023, 5, 11)), closing("framework", date(2023, 4, 15)))


def page(public, query: str = "") -> str:
    response = public.get(f"/flags/{query}")
    assert response.status_code == 200
    return response.content.decode()


def results(public, query: str = "") -> list[dict]:
    response = public.get(f"/flags.json{query}")
    assert response.status_code == 200
    return response.json()["results"]


def test_flags_stand_by_kind_with_the_reason_and_a_link(public, two):
    html = page(public)

    assert html.index("Consultation closing</span>") < html.index("Consultation closed</span>")
    assert '<a href="/consultations/rules/">Rules</a>' in html
    assert "Closes in 20 days, on 11 May 2023 at 11:59pm" in html
    assert "Closed 6 days ago, on 15 April 2023 at 11:59pm" in html
    assert "2 flags due on 21 April 2023" in html


def test_the_page_answers_for_the_day_asked_for(public, two):
    html = page(public, "?as_at=2023-04-14")

    assert "Closes in 27 days, on 11 May 2023 at 11:59pm" in html
    assert "Closes in 1 day, on 15 April 2023 at 11:59pm" in html
    assert '<a href="/consultations/rules/?as_at=2023-04-14">' in html


def test_what_was_not_known_on_the_day_is_not_hinted_at(public, watch_only):
    watch_only(closing("rules", date(2023, 5, 11), known_on=DAY))

    html = page(public, "?as_at=2023-04-20")

    assert "Rules" not in html
    assert "No flag is due on 20 April 2023" in html


def test_nothing_due_is_said_in_words(public, watch_only):
    watch_only()

    html = page(public)

    assert "No flag is due on 21 April 2023" in html
    assert "Nothing needs attention on this day" in html
    assert 'class="app-filter"' not in html


def test_a_filter_that_leaves_nothing_says_so(public, two):
    html = page(public, "?kind=phase_near")

    assert "0 of 2 flags due on 21 April 2023" in html
    assert "No flag passes these filters" in html


def test_reading_the_page_raises_nothing(public, two):
    page(public)

    assert not Flag.objects.exists()


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        pytest.param("", ["consultation:rules", "consultation:framework"], id="all"),
        pytest.param("?kind=consultation_closed", ["consultation:framework"], id="one kind"),
        pytest.param(
            "?kind=consultation_closed&kind=consultation_closing",
            ["consultation:rules", "consultation:framework"],
            id="either kind",
        ),
        pytest.param("?kind=", ["consultation:rules", "consultation:framework"], id="left blank"),
        pytest.param(
            "?subject_type=consultation", ["consultation:rules", "consultation:framework"], id="sort of record"
        ),
        pytest.param("?subject_type=milestone", [], id="another sort of record"),
        pytest.param("?kind=consultation_closed&subject_type=milestone", [], id="both filters"),
        pytest.param("?sort=-kind", ["consultation:framework", "consultation:rules"], id="the other way round"),
        pytest.param("?as_at=2023-03-01", [], id="a day without flags"),
    ],
)
def test_filters(public, two, query, subjects):
    assert [row["subject"] for row in results(public, query)] == subjects


def test_json_rows(public, two):
    response = public.get("/flags.json?kind=consultation_closing").json()

    assert response == {
        "count": 1,
        "next": None,
        "results": [
            {
                "kind": "consultation_closing",
                "subject": "consultation:rules",
                "organisation": "",
                "due_on": "2023-05-11",
                "threshold": 28,
                "reason": "Closes in 20 days, on 11 May 2023 at 11:59pm",
            }
        ],
    }


def test_csv_rows(public, two):
    response = public.get("/flags.csv")

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == COLUMNS
    assert [row[1] for row in rows[1:]] == ["consultation:rules", "consultation:framework"]


def test_json_has_pages_and_csv_has_every_row(public, watch_only):
    watch_only(*(closing(f"c-{number}", date(2023, 5, 11)) for number in range(60)))

    first = public.get("/flags.json").json()
    second = public.get(first["next"]).json()
    rows = public.get("/flags.csv").content.decode("utf-8-sig").splitlines()

    assert (first["count"], len(first["results"]), len(second["results"]), second["next"]) == (60, 50, 10, None)
    assert len(rows) == 61


BAD = [
    pytest.param("kind=nope", "kind", id="unknown kind"),
    pytest.param("kind=consultation_closing&kind=nope", "kind", id="unknown kind beside a known one"),
    pytest.param("subject_type=nope", "subject_type", id="unknown sort of record"),
    pytest.param("colour=red", "colour", id="unknown parameter"),
    pytest.param("kind=%00", "kind", id="NUL"),
    pytest.param("kind=%27%22", "kind", id="quotes"),
    pytest.param("kind=" + "x" * 10_000, "kind", id="10 kB"),
    pytest.param("page=2", "page", id="no such page"),
    pytest.param("page=x", "page", id="not a page"),
    pytest.param("sort=colour", "sort", id="unknown order"),
    pytest.param("sort=kind&sort=-kind", "sort", id="two orders"),
    pytest.param("as_at=2023-02-30", "as_at", id="no such day"),
    pytest.param("as_at=2023-04-22", "as_at", id="tomorrow"),
    pytest.param("as_at=9999-01-01", "as_at", id="the end of time"),
]


@pytest.mark.parametrize(("query", "name"), BAD)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_not_understood_is_refused_by_the_twins(public, two, form, query, name):
    response = public.get(f"/flags.{form}?{query}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [name]


@pytest.mark.parametrize(("query", "name"), BAD)
def test_what_is_not_understood_is_an_error_on_the_page(public, two, query, name):
    response = public.get(f"/flags/?{query}")

    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_can_only_be_read(public, method):
    assert getattr(public, method)("/flags/").status_code == 405


def test_the_page_takes_the_same_few_queries_whatever_is_due(public, watch_only):
    def queries(number: int) -> int:
        watch_only(*(closing(f"c-{one}", date(2023, 5, 11)) for one in range(number)))
        with CaptureQueriesContext(connection) as captured:
            page(public)
        return len(captured)

    assert queries(2) == queries(45)


# What organisations have of their own


@pytest.fixture
def own(watch_only):
    """One consultation that closes, and three stale positions of two councils that the fixtures load."""
    watch_only(
        closing("rules", date(2023, 5, 11)),
        positions=[
            Stale("lincolnshire", date(2023, 4, 2), reference="SH-1"),
            Stale("lincolnshire", date(2023, 4, 1), reference="SH-2"),
            Stale("devon", date(2023, 4, 3)),
        ],
    )


COUNTRY = ["consultation:rules"]
LINCOLNSHIRE = ["position:lincolnshire/SH-2", "position:lincolnshire/SH-1"]
EVERY_POSITION = [*LINCOLNSHIRE, "position:devon/SH-1"]


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        pytest.param("", COUNTRY, id="the whole country, unless asked"),
        pytest.param("?kind=consultation_closing", COUNTRY, id="a kind about the whole country"),
        pytest.param("?kind=position_stale", EVERY_POSITION, id="a kind that organisations have"),
        pytest.param("?kind=position_stale&kind=consultation_closing", [*COUNTRY, *EVERY_POSITION], id="both kinds"),
        pytest.param("?subject_type=position", EVERY_POSITION, id="a sort of record"),
        pytest.param("?organisation=lincolnshire", LINCOLNSHIRE, id="one organisation"),
        pytest.param("?organisation=lincolnshire&organisation=devon", EVERY_POSITION, id="two organisations"),
        pytest.param("?organisation=lincolnshire&kind=position_stale", LINCOLNSHIRE, id="organisation and kind"),
        pytest.param("?organisation=lincolnshire&kind=consultation_closing", [], id="which has none of that kind"),
        pytest.param("?organisation=kent", [], id="an organisation that has none"),
        pytest.param("?organisation=", COUNTRY, id="left blank"),
        pytest.param("?kind=position_stale&as_at=2023-04-02", LINCOLNSHIRE, id="another day"),
    ],
)
def test_flags_of_organisations(public, own, query, subjects):
    assert [row["subject"] for row in results(public, query)] == subjects


def test_a_row_says_whose_it_is(public, own):
    [row] = results(public, "?organisation=devon")

    assert row == {
        "kind": "position_stale",
        "subject": "position:devon/SH-1",
        "organisation": "devon",
        "due_on": "2023-04-03",
        "threshold": 0,
        "reason": "Review was due",
    }


@pytest.mark.parametrize("organisation", ["nowhere", "Lincolnshire", "lincolnshire%00", "SH-1"])
def test_an_unknown_organisation_is_refused(public, own, organisation):
    response = public.get(f"/flags.json?organisation={organisation}")

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["organisation"]
    assert public.get(f"/flags/?organisation={organisation}").status_code == 400


def test_the_page_leads_to_the_positions(public, own):
    html = page(public)

    assert "1 flag due on 21 April 2023" in html
    assert '<a href="/flags/?kind=position_stale">Positions of councils that have gone stale</a>' in html
    assert "Lincolnshire" not in html
    html = page(public, "?kind=position_stale")
    assert "3 of 4 flags due on 21 April 2023" in html
    assert "are listed apart" not in html
    assert '<a href="/councils/devon/">Devon: Family help</a>' in html


def test_the_country_asks_nothing_of_positions(public):
    with CaptureQueriesContext(connection) as captured:
        page(public)

    assert not any("councils_position" in query["sql"] for query in captured)
