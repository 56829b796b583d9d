"""The list of money: what each filter lets through, the order of its lines, and what a row holds."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from pillars.models import FundingLine
from pillars.rows import FUNDING_COLUMNS
from tests import builders as make
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)
DAY = f"as_at={ON}"
KEYS = [
    *("reference", "title", "programme", "commitment", "role", "shape", "amount", "amount_from", "percent", "years"),
    *("part_of", "inside_headline", "citations"),
]


@pytest.fixture
def programme(db):
    return make.make_programme(slug="made-up", title="Made up", number=90)


@pytest.fixture
def commitment(programme):
    return make.make_commitment(pillar=make.make_pillar(programme, number=4))


@pytest.fixture
def listed(public, programme):
    """The references that a query lists, of the made-up programme on the day."""

    def references(query: str = "", *, day: str = DAY) -> list[str]:
        return [row["reference"] for row in rows(public, f"programme=made-up&{query}&{day}")]

    return references


def rows(public, query: str) -> list[dict]:
    answer = public.get(f"/funding.json?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


# Rows


def test_a_row_holds_what_is_published_and_in_that_order(public, commitment):
    line = make.make_funding(commitment, title="Pipes", words="£1m", years=["2023-24"])
    [found] = rows(public, f"programme=made-up&{DAY}")
    assert list(found) == KEYS == list(FUNDING_COLUMNS)
    assert found == {
        "reference": line.reference,
        "title": "Pipes",
        "programme": "made-up",
        "commitment": commitment.reference,
        "role": "itemised",
        "shape": "sum",
        "amount": 1_000_000,
        "amount_from": None,
        "percent": None,
        "years": ["2023-24"],
        "part_of": None,
        "inside_headline": "not_stated",
        "citations": [],
    }


@pytest.mark.parametrize(
    ("values", "figures"),
    [
        pytest.param({"shape": "sum", "amount": 45_000_000}, (45_000_000, None, None), id="sum"),
        pytest.param({"shape": "rate", "amount": "15.50", "amount_from": "12"}, (15.5, 12, None), id="rate"),
        pytest.param({"shape": "percentage", "amount": None, "percent": "12.43"}, (None, None, 12.43), id="percentage"),
        pytest.param({"shape": "unspecified", "amount": None}, (None, None, None), id="unspecified"),
    ],
)
def test_figures_are_numbers(public, commitment, values, figures):
    make.make_funding(commitment, **values)
    [found] = rows(public, f"programme=made-up&{DAY}")
    assert (found["amount"], found["amount_from"], found["percent"]) == figures
    assert found["shape"] == values["shape"]


def test_a_part_names_its_whole_and_the_place_that_says_so(public, commitment):
    whole = make.make_funding(commitment, amount=27_000_000)
    part = make.make_funding(commitment, amount=3_000_000, part_of=whole)
    place = make.make_citation(make.make_source(file="999"))
    part.citations.add(place)
    found = {row["reference"]: row for row in rows(public, f"programme=made-up&{DAY}")}
    assert found[whole.reference]["part_of"] is None
    assert found[part.reference]["part_of"] == whole.reference
    assert found[part.reference]["citations"] == [
        {"source": place.source.slug, "file": "999", "locator": place.locator}
    ]


def test_money_of_a_whole_programme_is_for_no_one_commitment(public, programme):
    line = make.make_funding(make.make_commitment(programme), role="headline")
    FundingLine.objects.filter(pk=line.pk).update(commitment=None)
    [found] = rows(public, f"programme=made-up&{DAY}")
    assert (found["commitment"], found["role"]) == (None, "headline")


def test_csv_has_the_same_rows(public, commitment):
    make.make_funding(commitment, years=["2023-24", "2024-25"])
    text = public.get(f"/funding.csv?programme=made-up&{DAY}").content.decode("utf-8-sig")
    [found] = csv.DictReader(io.StringIO(text))
    assert list(found) == KEYS
    assert (found["amount"], found["years"], found["part_of"]) == ("1000000", "2023-24; 2024-25", "")


# Filters


def test_without_a_programme_every_programme_is_listed(public):
    assert public.get("/funding.json").json()["count"] == FundingLine.objects.count()


@pytest.mark.parametrize(
    ("query", "values"),
    [
        pytest.param("role=asked", {"role": "asked"}, id="role"),
        pytest.param("shape=unspecified", {"shape": "unspecified", "amount": None}, id="shape"),
        pytest.param("q=FOSTER", {"title": "More foster carers"}, id="words in a title"),
        pytest.param("q=each+year", {"words": "in each of the next two years"}, id="published words, in any order"),
        pytest.param("q=100%25", {"title": "Pay 100% of it"}, id="a wildcard is itself"),
    ],
)
def test_filters_by_its_own_fields(listed, commitment, query, values):
    wanted = make.make_funding(commitment, **values)
    make.make_funding(commitment)
    assert listed(query) == [wanted.reference]


def test_filters_repeat(listed, commitment):
    wanted = {make.make_funding(commitment, role=role).reference for role in ("asked", "allocated")}
    make.make_funding(commitment)
    assert set(listed("role=asked&role=allocated")) == wanted


def test_a_pillar_alone_means_stable_homes(public, commitment):
    make.make_funding(commitment)
    found = rows(public, f"pillar=4&{DAY}")
    assert {row["programme"] for row in found} == {"stable-homes"}
    assert {row["commitment"].split("-")[1] for row in found} == {"4"}


def test_a_pillar_of_a_programme_is_that_programme_s(listed, programme, commitment):
    line = make.make_funding(commitment)
    make.make_funding(make.make_commitment(pillar=make.make_pillar(programme, number=5)))
    assert listed("pillar=4") == [line.reference]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("role=promised", "role", id="role"),
        pytest.param("shape=round", "shape", id="shape"),
        pytest.param("pillar=7", "pillar", id="pillar"),
        pytest.param("programme=agency-rules&pillar=1", "pillar", id="a programme without pillars"),
        pytest.param("mission=1", "mission", id="no such filter"),
    ],
)
def test_what_it_does_not_know_it_refuses(public, query, name):
    answer = public.get(f"/funding.json?{query}&{DAY}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])
    assert public.get(f"/funding/?{query}&{DAY}").status_code == 400


@pytest.mark.once
@pytest.mark.parametrize("query", ["", "role=itemised", "shape=sum", "programme=stable-homes&pillar=4"])
def test_each_count_is_what_choosing_it_lists(public, query):
    form = public.get(f"/funding/?{query}&{DAY}").context["form"]
    for name in ("role", "shape", "programme", "pillar"):
        kept = "&".join(pair for pair in query.split("&") if not pair.startswith(f"{name}="))
        for value, label in ((value, label) for value, label in form.fields[name].widget.choices if label.tally):
            count = public.get(f"/funding.json?{kept}&{name}={value}&{DAY}").json()["count"]
            assert label.tally == count, (name, value)


# Order


def test_a_whole_stands_before_its_parts_and_asked_before_itemised(listed, commitment):
    whole = make.make_funding(commitment, reference="B-F1")
    part = make.make_funding(commitment, reference="B-F9", part_of=whole)
    after = make.make_funding(commitment, reference="B-F2")
    asked = make.make_funding(commitment, reference="Z-F1", role="asked")
    assert listed() == [each.reference for each in (asked, whole, part, after)]


def test_by_amount_a_line_without_one_comes_last(listed, commitment):
    most, least = make.make_funding(commitment, amount=9), make.make_funding(commitment, amount=2)
    none = make.make_funding(commitment, shape="unspecified", amount=None)
    assert listed("sort=-amount") == [most.reference, least.reference, none.reference]


# As at


def test_what_became_known_later_is_absent_everywhere(public, listed, commitment):
    line = make.make_funding(commitment)
    later = make.make_funding(commitment, known_on=LATER)
    source = make.make_source(known_on=LATER)
    line.citations.add(make.make_citation(source))
    [found] = rows(public, f"programme=made-up&{DAY}")
    assert (found["reference"], found["citations"]) == (line.reference, [])
    assert later.title not in public.get(f"/funding/?programme=made-up&{DAY}").content.decode()
    assert listed(day=f"as_at={LATER}") == [line.reference, later.reference]


def test_a_commitment_of_a_later_day_is_not_named(public, programme):
    hidden = make.make_commitment(programme, known_on=LATER)
    make.make_funding(hidden)
    [found] = rows(public, f"programme=made-up&{DAY}")
    assert found["commitment"] is None
    assert hidden.reference not in public.get(f"/funding/?programme=made-up&{DAY}").content.decode()


def test_a_whole_of_a_later_day_is_not_named(public, commitment):
    whole = make.make_funding(commitment, amount=91_000_000, known_on=LATER)
    make.make_funding(commitment, amount=3_000_000, part_of=whole)
    [found] = rows(public, f"programme=made-up&{DAY}")
    assert found["part_of"] is None
    assert "£91m" not in public.get(f"/funding/?programme=made-up&{DAY}").content.decode()


# Cost


def build(programme, number: int) -> None:
    for _ in range(number):
        commitment = make.make_commitment(pillar=make.make_pillar(programme))
        whole = make.make_funding(commitment)
        part = make.make_funding(commitment, part_of=whole)
        part.also_funds.add(make.make_commitment(programme))
        part.citations.add(make.make_citation(), make.make_citation())
        make.make_deadline(commitment)


@pytest.mark.parametrize("path", ["/funding/", "/funding.json", "/funding.csv"])
def test_queries_do_not_grow_with_rows(public, programme, path):
    build(programme, 2)
    few = count_queries(lambda: public.get(f"{path}?programme=made-up&sort=-amount"))
    build(programme, 15)
    assert count_queries(lambda: public.get(f"{path}?programme=made-up&sort=-amount")) == few <= 20
