"""The list of what documents put differently: what each filter lets through, what a row holds, how they are counted."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from pillars.conflicts import CONFLICT_COLUMNS
from pillars.models import Commitment, Wording
from tests import builders as make
from tests.queries import count_queries
from tests.reforms.pages.reading import links_of, main_of, source_of, table_rows

pytestmark = pytest.mark.django_db

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)
DAY = f"as_at={ON}"
LIST = "/sources/conflicts"


@pytest.fixture
def programme(db):
    return make.make_programme(slug="made-up", title="Made up", number=90)


@pytest.fixture
def pillar(programme):
    return make.make_pillar(programme, number=4, title="Homes")


def differing(commitment: Commitment, *words: str, **values) -> list[Wording]:
    """A reading in a document of its own for each of these words; the first is used."""
    said = words or ("so", "otherwise")
    used = {"is_used": True, "reason": "It is the more careful."}
    return [
        make.make_wording(commitment, words=each, **(values if number else used | values))
        for number, each in enumerate(said)
    ]


def rows(public, query: str) -> list[dict]:
    answer = public.get(f"{LIST}.json?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


@pytest.fixture
def listed(public):
    """What a query lists, of the made-up programme on the day: the topics."""

    def found(query: str = "", *, day: str = DAY) -> list[str]:
        return [row["topic"] for row in rows(public, f"programme=made-up&{query}&{day}")]

    return found


# Rows


def test_a_row_holds_every_reading_the_one_in_use_first(public, pillar):
    commitment = make.make_commitment(pillar=pillar)
    place, other = (make.make_citation(make.make_source(file=number)) for number in ("998", "999"))
    make.make_wording(commitment, place, field="date", topic="when", words="in 2023")
    make.make_wording(
        commitment, other, field="date", topic="when", words="in May 2023", is_used=True, reason="More exact."
    )
    [found] = rows(public, f"programme=made-up&{DAY}")

    assert list(found) == list(CONFLICT_COLUMNS)
    assert found == {
        "reference": commitment.reference,
        "programme": "made-up",
        "pillar": 4,
        "field": "date",
        "topic": "when",
        "readings": [
            {
                "words": words,
                "is_used": is_used,
                "citations": [{"source": at.source.slug, "file": at.source.file, "locator": at.locator}],
            }
            for words, is_used, at in (("in May 2023", True, other), ("in 2023", False, place))
        ],
        "reason": "More exact.",
    }


def test_csv_has_the_same_rows(public, pillar):
    differing(make.make_commitment(pillar=pillar), "=1+1", "so")
    text = public.get(f"{LIST}.csv?programme=made-up&{DAY}").content.decode("utf-8-sig")
    [found] = csv.DictReader(io.StringIO(text))

    assert list(found) == list(CONFLICT_COLUMNS)
    assert found["readings"].startswith("words =1+1, is_used yes, citations source source-")


def test_page_says_what_it_is_about_what_each_document_says_and_why_one_is_used(public, pillar):
    commitment = make.make_commitment(pillar=pillar, title="Do <i>it</i>")
    used, other = differing(commitment, "in <b>May</b>", "in June", field="date", topic="when it starts")
    page = public.get(f"{LIST}/?programme=made-up&{DAY}")
    said = main_of(page)

    assert "Made up: 4. Homes" in said
    assert f"When it starts Date · {commitment.reference} Do <i>it</i>" in said
    assert f"Used here “in <b>May</b>” {used.citations.get()} “in June” {other.citations.get()}" in said
    assert "Used because: It is the more careful." in said
    assert f"{commitment.get_absolute_url()}?{DAY}#wordings" in links_of(page)
    assert b"<b>May" not in page.content
    assert b"<i>it" not in page.content


# Which things are listed


@pytest.mark.parametrize(
    ("words", "is_listed"),
    [
        pytest.param(["in 2023", "in 2024"], True, id="other words"),
        pytest.param(["£45m", "£45 million"], False, id="merely the same"),
        pytest.param(["in 2023"], False, id="one alone"),
    ],
)
def test_only_what_differs(listed, pillar, words, is_listed):
    differing(make.make_commitment(pillar=pillar), *words)

    assert bool(listed()) is is_listed


def test_not_what_stands_in_one_place(listed, pillar):
    commitment, place = make.make_commitment(pillar=pillar), make.make_citation()
    for words in ("so", "otherwise"):
        make.make_wording(commitment, place, words=words)

    assert listed() == []


def test_not_what_was_merged_into_another(listed, pillar):
    differing(make.make_commitment(pillar=pillar, merged_into=make.make_commitment(pillar=pillar)))

    assert listed() == []


def test_nothing_before_the_second_document_was_out_and_no_reason_before_the_last(public, pillar):
    commitment = make.make_commitment(pillar=pillar)
    for day, words in ((date(2023, 3, 1), "so"), (ON, "otherwise"), (LATER, "neither")):
        source = make.make_source(known_on=day, published_on=day)
        is_used = words == "otherwise"
        make.make_wording(
            commitment, make.make_citation(source), words=words, is_used=is_used, reason="Why." if is_used else ""
        )
    on_days = [rows(public, f"programme=made-up&as_at={day}") for day in ("2023-04-20", ON, LATER)]

    assert on_days[0] == []
    assert [[reading["words"] for reading in row["readings"]] for row in on_days[1]] == [["otherwise", "so"]]
    assert [[reading["words"] for reading in row["readings"]] for row in on_days[2]] == [["otherwise", "so", "neither"]]
    assert [found[0]["reason"] for found in on_days[1:]] == ["", "Why."]


# Filters


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["how far", "when", "what it costs"]),
        ("field=date", ["when"]),
        ("field=date&field=money", ["when", "what it costs"]),
        ("pillar=4", ["how far", "when"]),
        ("pillar=5", ["what it costs"]),
        ("document=the-report", ["when"]),
        ("document=the-report&field=money", []),
        ("q=COSTS", ["what it costs"]),
        ("q=homes", ["how far", "when"]),
        ("q=million", ["what it costs"]),
        ("q=homes+autumn", ["when"]),
        ("q=zebra", []),
        ("sort=field", ["when", "what it costs", "how far"]),
        ("sort=-field", ["how far", "what it costs", "when"]),
    ],
)
def test_filters(listed, programme, pillar, query, expected):
    homes = make.make_commitment(pillar=pillar, title="Build homes", reference="MU-4-01")
    work = make.make_commitment(pillar=make.make_pillar(programme, number=5), title="Find work", reference="MU-5-01")
    report = make.make_citation(make.make_source(slug="the-report"))
    differing(homes, topic="how far")
    differing(homes, "in Spring", topic="when", field="date")
    make.make_wording(homes, report, topic="when", field="date", words="in Autumn")
    differing(work, "£1m", "£2 million", topic="what it costs", field="money")

    assert listed(query) == expected


@pytest.mark.parametrize(
    "query", ["field=colour", "document=rumour", "pillar=99", "programme=nothing", "colour=red", "page=9", "sort=size"]
)
def test_what_it_does_not_understand_is_refused(public, query):
    for address in (f"{LIST}/", f"{LIST}.csv", f"{LIST}.json"):
        assert public.get(f"{address}?{query}&{DAY}").status_code == 400


def test_facets_count_things_and_not_readings(public, pillar):
    source = make.make_source(short_title="The report")
    for _ in range(3):
        commitment = make.make_commitment(pillar=pillar)
        differing(commitment)
        make.make_wording(commitment, make.make_citation(source))
    html = source_of(public.get(f"{LIST}/?programme=made-up&{DAY}"))

    assert re.search(r"The report\s*<span[^>]*>\(3\)", html)


# Counts


def test_counted_by_what_differs(public, pillar):
    commitment = make.make_commitment(pillar=pillar)
    differing(commitment, "a", "b", "c", topic="one")
    differing(commitment, topic="two")
    differing(commitment, topic="three", field="date")

    assert table_rows(public.get(f"{LIST}/?programme=made-up&{DAY}"))[1:] == [
        ["Date", "1", "2"],
        ["What it covers", "2", "5"],
        ["All", "3", "7"],
    ]


def test_nothing_is_known_long_ago(public):
    assert "No documents differed by this day" in main_of(public.get(f"{LIST}/?as_at=2021-01-01"))


def test_queries_do_not_grow(public, pillar):
    def ask(address: str) -> int:
        public.get("/about/dates/")
        return count_queries(lambda: public.get(f"{address}?programme=made-up&{DAY}"))

    addresses = [f"{LIST}/", f"{LIST}.csv", f"{LIST}.json"]
    differing(make.make_commitment(pillar=pillar))
    few = [ask(address) for address in addresses]
    for _ in range(9):
        differing(make.make_commitment(pillar=pillar))

    assert [ask(address) for address in addresses] == few
    assert max(few) <= 11


# The way there


@pytest.mark.parametrize("address", ["/sources/", "/commitments/SH-1-01/"])
def test_led_to_from(public, address):
    assert f"{LIST}/?{DAY}" in links_of(public.get(f"{address}?{DAY}"))


@pytest.mark.parametrize(
    "address",
    [
        "/commitments/?programme=stable-homes&pillar=1",
        "/programmes/stable-homes/pillars/1/",
        "/councils/lincolnshire/compare/stable-homes/",
    ],
)
def test_marked_beside_the_commitment(public, address):
    """Documents differ on SH-1-01, and not on SH-1-07."""
    links = links_of(public.get(f"{address}{'&' if '?' in address else '?'}{DAY}"))

    assert f"/commitments/SH-1-01/?{DAY}#wordings" in links
    assert f"/commitments/SH-1-07/?{DAY}#wordings" not in links


@pytest.mark.parametrize(
    ("address", "marked", "other"),
    [
        pytest.param("/timeline/", "SH-1-01a", "SH-4-13a", id="dates"),
        pytest.param("/funding/", "SH-4-01", "SH-1-01", id="money"),
        pytest.param("/funding/", "SH-0-04", "SH-1-01", id="money-of-the-whole"),
    ],
)
def test_marked_where_that_alone_is_shown_which_differs(public, address, marked, other):
    """Documents differ on the money of SH-4-13a and on the name of SH-1-01, not on their dates or money."""
    html = source_of(public.get(f"{address}?{DAY}"))

    assert f"/commitments/{marked}/?{DAY}#wordings" in html
    assert f"/commitments/{other}/?{DAY}#wordings" not in html
