"""The list of what bodies say: what each filter lets through, what a row holds, and nothing before its day."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from councils.models import View
from councils.view_list import VIEW_COLUMNS
from pillars.models import Organisation
from tests import builders as make
from tests.queries import count_queries
from tests.reforms.pages.reading import links_of, main_of

pytestmark = pytest.mark.django_db

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)
DAY = f"as_at={ON}"


@pytest.fixture
def body() -> Organisation:
    return make.make_organisation(slug="choirs", name="Choirs of England", kind="national_body")


@pytest.fixture
def plan() -> dict[str, Any]:
    """A programme with two pillars and a mission of the first, and another with a pillar of the same number."""
    programme = make.make_programme(slug="made-up", title="Made up", number=90)
    first, second = (make.make_pillar(programme, number=number) for number in (1, 2))
    other = make.make_programme(slug="other", title="Other", number=91)
    return {
        "programme": programme,
        "first": first,
        "second": second,
        "mission": make.make_mission(pillar=first, number=1),
        "adrift": make.make_mission(programme, number=2),
        "other": other,
        "elsewhere": make.make_pillar(other, number=1),
    }


def say(body: Organisation, text: str, *about, **values) -> View:
    return make.make_view(body, *about, text=text, **values)


def rows(public, query: str, day: str = DAY) -> list[dict]:
    answer = public.get(f"/views.json?{query}&{day}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def texts(public, query: str, day: str = DAY) -> list[str]:
    """What a query lists, of the made-up body."""
    return [row["text"] for row in rows(public, f"organisation=choirs&{query}", day)]


# Rows


def test_a_row_holds_every_field_and_its_places(public, body, plan):
    about = make.make_commitment(pillar=plan["second"])
    view = say(body, "Sing.", about, number=7, stance="ask", words="do sing", for_place="Ely", pillar=plan["first"])
    view.addressed_to.add(make.make_organisation(slug="ministry-of-song"))
    view.citations.add(place := make.make_citation(make.make_source(file="999")))

    assert rows(public, "organisation=choirs") == [
        {
            "reference": "choirs/7",
            "organisation": "choirs",
            "number": 7,
            "stance": "ask",
            "text": "Sing.",
            "words": "do sing",
            "programme": "made-up",
            "pillar": 1,
            "mission": None,
            "about": [about.reference],
            "addressed_to": ["ministry-of-song"],
            "for_place": "Ely",
            "known_on": "2023-02-02",
            "citations": [{"source": place.source.slug, "file": "999", "locator": place.locator}],
        }
    ]


@pytest.mark.parametrize(
    ("whole", "told"),
    [
        pytest.param({}, (None, None, None), id="nothing as a whole"),
        pytest.param({"programme": "programme"}, ("made-up", None, None), id="a programme"),
        pytest.param({"pillar": "second"}, ("made-up", 2, None), id="a pillar"),
        pytest.param({"mission": "mission"}, ("made-up", None, 1), id="a mission"),
    ],
)
def test_the_whole_that_it_names(public, body, plan, whole, told):
    say(body, "Sing.", **{name: plan[key] for name, key in whole.items()})
    [row] = rows(public, "organisation=choirs")

    assert (row["programme"], row["pillar"], row["mission"]) == told


def test_csv_has_the_same_rows(public, body):
    say(body, "=1+1", make.make_commitment(reference="ZZ-1"), make.make_commitment(reference="ZZ-2"))
    text = public.get(f"/views.csv?organisation=choirs&{DAY}").content.decode("utf-8-sig")
    [found] = csv.DictReader(io.StringIO(text))

    assert list(found) == list(VIEW_COLUMNS)
    assert (found["text"], found["about"], found["words"]) == ("'=1+1", "ZZ-1; ZZ-2", "")


def test_the_page_says_who_says_what_of_what_to_whom_and_where(public, body, plan):
    about = make.make_commitment(title="Buy <i>hymnals</i>")
    view = say(body, "Sing <b>now</b>.", about, number=7, stance="ask", words="do sing", for_place="Ely")
    view.addressed_to.add(make.make_organisation(name="Ministry of Song"))
    view.citations.add(place := make.make_citation())
    page = public.get(f"/views/?organisation=choirs&{DAY}")
    said = main_of(page)

    assert "1 view of " in said
    assert "Choirs of England Ask. Sing <b>now</b>. View 7, in its words: “do sing”" in said
    assert "Addressed to Ministry of Song. For Ely alone." in said
    assert f"Speaks of {about.reference} Buy <i>hymnals</i> {place}" in said
    assert f"/organisations/choirs/?{DAY}#view-7" in links_of(page)
    assert f"{about.get_absolute_url()}?{DAY}" in links_of(page)
    assert b"<b>now" not in page.content
    assert b"<i>hymnals" not in page.content


def test_in_another_order_every_row_says_whose_it_is(public, body):
    say(body, "Sing.", number=7, stance="question")
    page = public.get(f"/views/?organisation=choirs&sort=stance&{DAY}")

    assert "Question Question. Sing. Choirs of England, view 7" in main_of(page)
    [group] = public.get(f"/views/?organisation=choirs&sort=-known&{DAY}").context["groups"]
    assert group.title == ""


# Filters

FILTERED = [
    pytest.param("stance=ask", {"an ask"}, id="stance"),
    pytest.param("stance=ask&stance=concern", {"an ask", "a concern"}, id="two stances"),
    pytest.param("for_place=Ely", {"for Ely"}, id="a place"),
    pytest.param("addressed_to=ministry-of-song", {"an ask"}, id="addressed to"),
    pytest.param("q=ELY", {"for Ely"}, id="words of ours in capitals"),
    pytest.param("q=published+quire", {"a concern"}, id="published words"),
    pytest.param("q=hymnals", {"of a commitment", "of a part", "of both"}, id="the title of what it speaks of"),
    pytest.param("commitment=ZZ-1-01", {"of a commitment", "of a part", "of both"}, id="a commitment with its parts"),
    pytest.param("commitment=ZZ-1-01a", {"of a part"}, id="a part alone"),
    pytest.param("commitment=ZZ-1-09", {"of a commitment", "of a part", "of both"}, id="what became part of another"),
    pytest.param(
        "programme=made-up",
        {"of the whole", "of a pillar", "of a mission", "adrift", "of a commitment", "of a part", "of both"},
        id="a programme",
    ),
    pytest.param(
        "programme=made-up&pillar=1",
        {"of a mission", "of a commitment", "of a part", "of both"},
        id="a pillar by its mission and commitments",
    ),
    pytest.param("programme=made-up&pillar=2", {"of a pillar", "of both"}, id="a pillar that is named"),
    pytest.param("programme=made-up&pillar=0", {"of the whole", "adrift"}, id="no one pillar"),
    pytest.param(
        "programme=made-up&pillar=0&pillar=2", {"of the whole", "adrift", "of a pillar", "of both"}, id="either"
    ),
    pytest.param("programme=made-up&mission=1", {"of a mission", "of a part"}, id="a mission, and what serves it"),
    pytest.param("programme=other&pillar=1", {"elsewhere"}, id="the same number elsewhere"),
    pytest.param(
        "programme=other&programme=made-up&pillar=2",
        {"of a pillar", "of both"},
        id="a number in either of two programmes",
    ),
    pytest.param("programme=made-up&pillar=2&stance=ask", set(), id="two filters"),
]


@pytest.fixture
def spoken(body, plan) -> None:
    """One view of each kind."""
    whole = make.make_commitment(pillar=plan["first"], reference="ZZ-1-01", title="Buy hymnals")
    part = make.make_commitment(parent=whole, pillar=plan["first"], reference="ZZ-1-01a", title="Bind hymnals")
    part.mission = plan["mission"]
    part.save()
    make.make_commitment(pillar=plan["first"], reference="ZZ-1-09", merged_into=whole)
    say(body, "an ask", stance="ask").addressed_to.add(make.make_organisation(slug="ministry-of-song"))
    say(body, "a concern", stance="concern", words="a published quire")
    say(body, "for Ely", stance="question", for_place="Ely")
    say(body, "of the whole", programme=plan["programme"])
    say(body, "of a pillar", pillar=plan["second"])
    say(body, "of a mission", mission=plan["mission"])
    say(body, "adrift", mission=plan["adrift"])
    say(body, "of a commitment", whole)
    say(body, "of a part", part)
    say(body, "of both", whole, make.make_commitment(pillar=plan["second"]))
    say(body, "elsewhere", pillar=plan["elsewhere"])


@pytest.mark.parametrize(("query", "listed"), FILTERED)
def test_a_filter_lets_through(public, spoken, query, listed):
    assert set(texts(public, query)) == listed


@pytest.mark.once
@pytest.mark.parametrize(("query", "listed"), FILTERED)
def test_a_choice_counts_what_it_would_show(public, spoken, query, listed):
    form = public.get(f"/views/?organisation=choirs&{query}&{DAY}").context["form"]
    asked = [pair.split("=") for pair in query.split("&")]

    for name in ("stance", "for_place", "pillar", "mission", "programme", "addressed_to"):
        if name not in form.fields:
            continue
        others = "&".join(f"{key}={value}" for key, value in asked if key != name)
        for value, label in form.fields[name].widget.choices:
            answer = public.get(f"/views.json?organisation=choirs&{others}&{name}={value}&{DAY}").json()
            # Alone beside the numbers chosen, a programme that lacks one of them is refused.
            assert "errors" in answer or (name, value, label.tally) == (name, value, answer["count"])


def test_a_pillar_alone_is_one_of_the_strategy(public, spoken):
    assert texts(public, "pillar=1") == []
    assert {row["organisation"] for row in rows(public, "pillar=1")} == {"local-government-association"}


def test_orders(public, body):
    for stance, known_on in (("ask", date(2023, 3, 1)), ("welcome", date(2023, 2, 1)), ("concern", date(2023, 4, 1))):
        say(body, stance, stance=stance, known_on=known_on)

    assert texts(public, "sort=body") == ["ask", "welcome", "concern"]
    assert texts(public, "sort=stance") == ["welcome", "concern", "ask"]
    assert texts(public, "sort=-known") == ["concern", "ask", "welcome"]


def test_a_commitment_nobody_knew_of_is_refused_beside_its_box(public):
    page = public.get(f"/views/?commitment=SH-9-99&{DAY}")

    assert page.status_code == 400
    assert "Commitment: No commitment ‘SH-9-99’ was known by the day. Enter a reference like SH-4-04" in main_of(page)
    assert 'href="#id_commitment"' in page.content.decode()


# Days


def test_a_view_shows_from_its_day(public, body):
    say(body, "Sing.", known_on=LATER)

    assert public.get(f"/views.json?organisation=choirs&{DAY}").status_code == 400
    assert texts(public, "", f"as_at={LATER}") == ["Sing."]


@pytest.mark.parametrize("kind", ["programme", "pillar", "mission", "about"])
def test_what_nobody_knew_of_is_neither_told_nor_counted(public, body, plan, kind):
    later = make.make_programme(slug="later", title="A later plan", number=92, known_on=LATER)
    pillar = make.make_pillar(later, known_on=LATER, title="A later plan")
    things = {
        "programme": later,
        "pillar": pillar,
        "mission": make.make_mission(pillar=pillar, known_on=LATER, title="A later plan"),
    }
    commitment = make.make_commitment(pillar=pillar, known_on=LATER, title="A later plan", reference="ZZ-9")
    if kind == "about":
        say(body, "Sing.", commitment)
    else:
        say(body, "Sing.", make.make_commitment(known_on=LATER), **{kind: things[kind]})
    [row] = rows(public, "organisation=choirs")

    assert (row["programme"], row["pillar"], row["mission"], row["about"]) == (None, None, None, [])
    assert "A later plan" not in public.get(f"/views/?organisation=choirs&{DAY}").content.decode()
    assert texts(public, "q=later") == []
    assert public.get(f"/views.json?commitment=ZZ-9&{DAY}").status_code == 400
    assert texts(public, "programme=later&pillar=1", f"as_at={LATER}") == (["Sing."] if kind != "programme" else [])
    assert texts(public, "programme=later", f"as_at={LATER}") == ["Sing."]


def test_places_that_came_out_later_are_not_cited(public, body):
    say(body, "Sing.").citations.add(make.make_citation(make.make_source(published_on=LATER)))

    assert rows(public, "organisation=choirs")[0]["citations"] == []


# Cost


@pytest.mark.parametrize("kind", ["/", ".csv", ".json"])
@pytest.mark.parametrize(
    "query", ["", "pillar=4&mission=2", "commitment=SH-4-04&stance=concern&q=care&for_place=London&sort=stance"]
)
def test_queries_do_not_grow_with_rows(public, plan, kind, query):
    def ask() -> int:
        public.get("/about/dates/")
        return count_queries(lambda: public.get(f"/views{kind}?{query}"))

    before = ask()
    for number in range(20):
        body = make.make_organisation(kind="national_body")
        view = say(body, "Sing.", make.make_commitment(pillar=plan["first"]), for_place=f"Place {number}")
        view.addressed_to.add(make.make_organisation(), make.make_organisation())
        view.citations.add(make.make_citation())

    assert ask() == before <= 12
