"""What a list does not understand it refuses, naming the parameter: on the page, in JSON and in CSV."""

from __future__ import annotations

import pytest

from tests.reforms.base.lists.every_list import KINDS, LISTS, address

pytestmark = pytest.mark.once

LONG = "x" * 10_000
EVERYDAY_KINDS = [kind if kind == "json" else pytest.param(kind, marks=pytest.mark.long) for kind in KINDS]
"""One rule answers for all kinds of answer; the list of commitments is asked in each of them every day."""
EVERY = [
    pytest.param("colour=red", "colour", id="unknown parameter"),
    pytest.param("Sort=title", "Sort", id="parameter in capitals"),
    pytest.param("%00=1", "\0", id="NUL for a name"),
    pytest.param("colour", "colour", id="unknown parameter without a value"),
    pytest.param("sort=height", "sort", id="unknown order"),
    pytest.param("sort=--title", "sort", id="two minuses"),
    pytest.param("sort=", "sort", id="empty order"),
    pytest.param("sort=title&sort=title", "sort", id="order twice"),
    pytest.param("sort=%00", "sort", id="NUL in order"),
    pytest.param("page=0", "page", id="page nought"),
    pytest.param("page=-1", "page", id="page below nought"),
    pytest.param("page=one", "page", id="page in words"),
    pytest.param("page=", "page", id="empty page"),
    pytest.param("page=1.0", "page", id="page with decimals"),
    pytest.param("page=%D9%A1", "page", id="page in other digits"),
    pytest.param("page=999", "page", id="page past the end"),
    pytest.param("page=1&page=2", "page", id="page twice"),
    pytest.param("page=" + "9" * 5000, "page", id="endless page"),
    pytest.param("as_at=2023-02-30", "as_at", id="no such day"),
    pytest.param("as_at=0001-01-01", "as_at", id="the first day there is"),
    pytest.param("as_at=9999-12-31", "as_at", id="the last day there is"),
    pytest.param("as_at=", "as_at", id="empty day"),
    pytest.param("as_at=2023-04-21&as_at=2023-04-21", "as_at", id="day twice"),
]
COMMITMENTS = [
    pytest.param("programme=stable", "programme", id="unknown programme"),
    pytest.param("programme=stable-homes&programme=stable", "programme", id="one known, one not"),
    pytest.param("pillar=9", "pillar", id="no such pillar"),
    pytest.param("pillar=one", "pillar", id="pillar in words"),
    pytest.param("pillar=01", "pillar", id="pillar with a nought"),
    pytest.param("programme=agency-rules&pillar=1", "pillar", id="a programme without pillars"),
    pytest.param("mission=7", "mission", id="no such mission"),
    pytest.param("mission=SH-4-M1", "mission", id="a mission by its reference"),
    pytest.param("mission=01", "mission", id="mission with a nought"),
    pytest.param("programme=agency-rules&mission=1", "mission", id="a programme without missions"),
    pytest.param("kind=promise", "kind", id="unknown kind"),
    pytest.param("strength=FIRM", "strength", id="capitals"),
    pytest.param("timing=late", "timing", id="unknown timing"),
    pytest.param("timing=open,passed", "timing", id="commas"),
    pytest.param("timing=open%00", "timing", id="NUL in a choice"),
    pytest.param("progress=none", "progress", id="unknown progress"),
    pytest.param("lead=nobody", "lead", id="unknown lead"),
    pytest.param("source=000", "source", id="a file's number is not its slug"),
    pytest.param("due_from=2023-02-30", "due_from", id="no such day due"),
    pytest.param("due_from=21/04/2023", "due_from", id="day in another order"),
    pytest.param("due_from=20230421", "due_from", id="day without hyphens"),
    pytest.param("due_from=0001-01-01", "due_from", id="long ago"),
    pytest.param("due_to=9999-12-31", "due_to", id="far ahead"),
    pytest.param("due_to=2023-04-21T00:00", "due_to", id="day with a time"),
    pytest.param("due_from=2023-04-21&due_from=2023-04-22", "due_from", id="day due twice"),
    pytest.param("due_from=2024-01-01&due_to=2023-12-31", "due_to", id="a span that ends before it begins"),
    pytest.param("q=a&q=b", "q", id="words twice"),
    pytest.param("q=%00", "q", id="NUL in words"),
    pytest.param(f"q={LONG}", "q", id="10 kB of words"),
]
OTHERS = [
    pytest.param("funding", "role=promised", "role", id="unknown role"),
    pytest.param("funding", "shape=round", "shape", id="unknown shape"),
    pytest.param("funding", "programme=stable", "programme", id="money of an unknown programme"),
    pytest.param("funding", "pillar=7", "pillar", id="money of no such pillar"),
    pytest.param("funding", "years=2023-24", "years", id="no such filter of money"),
    pytest.param("funding", "mission=1", "mission", id="money has no missions"),
    pytest.param("sources", "kind=diary", "kind", id="unknown kind of source"),
    pytest.param("sources", "publisher=department-for-education", "publisher", id="no such filter of sources"),
    pytest.param("councils", "region=narnia", "region", id="unknown region"),
    pytest.param("councils", "type=city", "type", id="unknown type"),
    pytest.param("councils", f"q={LONG}", "q", id="10 kB of a name"),
    pytest.param("views", "stance=praise", "stance", id="unknown stance"),
    pytest.param("views", "organisation=lincolnshire", "organisation", id="a body without views"),
    pytest.param("views", "programme=stable", "programme", id="views of an unknown programme"),
    pytest.param("views", "pillar=7", "pillar", id="views of no such pillar"),
    pytest.param("views", "mission=7", "mission", id="views of no such mission"),
    pytest.param("views", "programme=agency-rules&pillar=1", "pillar", id="views of a programme without pillars"),
    pytest.param("views", "commitment=SH-9-99", "commitment", id="views of no such commitment"),
    pytest.param("views", "commitment=SH-4-04&commitment=SH-4-03", "commitment", id="views of two commitments"),
    pytest.param("views", "commitment=%00", "commitment", id="NUL in a reference"),
    pytest.param("views", "for_place=Narnia", "for_place", id="a place that nobody speaks for"),
    pytest.param("views", "addressed_to=nobody", "addressed_to", id="asked of nobody"),
    pytest.param("views", f"q={LONG}", "q", id="10 kB of words said"),
    pytest.param("consultations", "status=late", "status", id="unknown status"),
    pytest.param("consultations", "closes_within=367", "closes_within", id="more than a year"),
    pytest.param("consultations", "closes_within=-1", "closes_within", id="below nought"),
    pytest.param("consultations", "closes_within=soon", "closes_within", id="days in words"),
    pytest.param("consultations", "closes_within=1e2", "closes_within", id="days as a power"),
    pytest.param("consultations", "closes_within=7&closes_within=28", "closes_within", id="days twice"),
]


def assert_refused(public, name: str, kind: str, query: str, field: str) -> None:
    response = public.get(f"{address(name, kind)}?{query}")
    assert response.status_code == 400
    if kind != "html":
        assert list(response.json()) == ["errors"]
        assert list(response.json()["errors"]) == [field]
    elif field != "as_at":
        assert_page_says(response, field)


def assert_page_says(response, field: str) -> None:
    """There is a summary, the parameter is in it by its label or name, and there are no rows."""
    form, page = response.context["form"], response.content.decode()
    assert form.errors
    words = form[field].label if field in form.fields else field
    assert any(f"{words}: " in str(message) for messages in form.errors.values() for message in messages)
    assert "There is a problem" in page
    assert "app-ledger" not in page


@pytest.mark.parametrize("kind", EVERYDAY_KINDS)
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("query", "field"), EVERY)
def test_every_list_refuses(public, name, kind, query, field):
    assert_refused(public, name, kind, query, field)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("query", "field"), COMMITMENTS)
def test_commitments_refuse(public, kind, query, field):
    assert_refused(public, "commitments", kind, query, field)


@pytest.mark.parametrize("kind", EVERYDAY_KINDS)
@pytest.mark.parametrize(("name", "query", "field"), OTHERS)
def test_other_lists_refuse(public, name, kind, query, field):
    assert_refused(public, name, kind, query, field)


def test_everything_wrong_is_said_at_once(public):
    wrong = "timing=late&due_from=soon&colour=red&page=0&sort=height"
    errors = public.get(f"/commitments.json?{wrong}").json()["errors"]
    assert set(errors) == {"timing", "due_from", "colour", "page", "sort"}
    errors = public.get("/views.json?stance=praise&commitment=SH-9-99&colour=red&page=0").json()["errors"]
    assert set(errors) == {"stance", "commitment", "colour", "page"}


def test_a_right_page_is_not_called_wrong_beside_another_mistake(public):
    assert set(public.get("/commitments.json?page=2&timing=late").json()["errors"]) == {"timing"}


def test_each_mistake_leads_to_its_box(public):
    page = public.get("/commitments/?timing=late&due_from=soon&lead=nobody").content.decode()
    for anchor in ("id_timing_0", "id_due_from", "id_lead_0"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page


def test_what_was_typed_stays(public):
    assert 'value="2023-02-30"' in public.get("/commitments/?due_from=2023-02-30").content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_csv_file_has_no_pages(public, name):
    response = public.get(f"{address(name, 'csv')}?page=1")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["page"])


@pytest.mark.parametrize(
    ("name", "query"),
    [
        pytest.param("commitments", "q=&due_from=&due_to=", id="boxes left blank"),
        pytest.param("commitments", "timing=open&timing=open", id="the same choice twice"),
        pytest.param("commitments", "q=%27%22%25_%5C", id="quotes and wildcards"),
        pytest.param("commitments", "q=" + "a+" * 99, id="many words"),
        pytest.param("councils", "q=%F0%9F%90%8E", id="an emoji"),
        pytest.param("views", "pillar=0", id="a programme as a whole"),
        pytest.param("views", "commitment=", id="no commitment"),
        pytest.param("consultations", "closes_within=0", id="today"),
        pytest.param("consultations", "closes_within=366", id="a year"),
        pytest.param("sources", "page=1&sort=-title", id="turned round"),
    ],
)
@pytest.mark.parametrize("kind", ["html", "json"])
def test_these_are_right(public, name, kind, query):
    assert public.get(f"{address(name, kind)}?{query}").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_only_read(public, name, method):
    assert getattr(public, method)(address(name)).status_code == 405
