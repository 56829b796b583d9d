"""The list of answers to recommendations: what each filter lets through, what a row holds, and how they are counted."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from pillars.models import Commitment, Pillar, Programme
from pillars.verdict_list import VERDICT_COLUMNS
from tests import builders as make
from tests.queries import count_queries
from tests.reforms.pages.reading import main_of, table_rows

pytestmark = pytest.mark.django_db

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)
DAY = f"as_at={ON}"
KEYS = [
    *("reference", "title", "programme", "pillar", "by", "verdict", "basis", "words", "reason"),
    *("carried_by", "known_on", "citations"),
]
FACETS = ("verdict", "basis", "pillar", "carried", "programme", "by")


@pytest.fixture
def review(db):
    return make.make_programme(slug="made-up", title="Made up", number=90, kind="review")


@pytest.fixture
def area(review):
    return make.make_pillar(review, number=4, title="Homes")


@pytest.fixture
def strategy(db):
    return Programme.objects.get(slug="stable-homes")


def rows(public, query: str) -> list[dict]:
    answer = public.get(f"/verdicts.json?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def recommendation(area: Pillar, **values) -> Commitment:
    return make.make_commitment(pillar=area, kind=Commitment.Kind.RECOMMENDATION, **values)


@pytest.fixture
def listed(public):
    """The references that a query lists, of the made-up review on the day."""

    def references(query: str = "", *, day: str = DAY) -> list[str]:
        return [row["reference"] for row in rows(public, f"programme=made-up&{query}&{day}")]

    return references


# Rows


def test_a_row_holds_what_is_published_and_in_that_order(public, area, strategy):
    asked = recommendation(area)
    verdict = make.make_verdict(asked, programme=strategy, words="we agree", known_on=date(2023, 2, 2))
    verdict.carried_by.add(*(Commitment.objects.get(reference=name) for name in ("SH-4-02", "SH-4-01")))
    place = make.make_citation(make.make_source(file="999"))
    verdict.citations.add(place)
    [found] = rows(public, f"programme=made-up&{DAY}")

    assert list(found) == KEYS == list(VERDICT_COLUMNS)
    assert found == {
        "reference": asked.reference,
        "title": asked.title,
        "programme": "made-up",
        "pillar": 4,
        "by": "stable-homes",
        "verdict": "accepted",
        "basis": "stated",
        "words": "we agree",
        "reason": "",
        "carried_by": ["SH-4-01", "SH-4-02"],
        "known_on": "2023-02-02",
        "citations": [{"source": place.source.slug, "file": "999", "locator": place.locator}],
    }


def test_csv_has_the_same_rows(public, area, strategy):
    verdict = make.make_verdict(recommendation(area), programme=strategy, words="=1+1")
    verdict.carried_by.add(*(Commitment.objects.get(reference=name) for name in ("SH-4-02", "SH-4-01")))
    text = public.get(f"/verdicts.csv?programme=made-up&{DAY}").content.decode("utf-8-sig")
    [found] = csv.DictReader(io.StringIO(text))

    assert list(found) == KEYS
    assert (found["carried_by"], found["words"]) == ("SH-4-01; SH-4-02", "'=1+1")


def test_page_says_the_answer_why_whose_it_is_and_what_carries_it(public, area, strategy):
    reason = "It does <b>something</b> near it"
    verdict = make.make_verdict(
        recommendation(area, title="Do <i>it</i>"),
        programme=strategy,
        verdict="adapted",
        basis="inferred",
        reason=reason,
    )
    verdict.carried_by.add(Commitment.objects.get(reference="SH-4-01"))
    page = public.get(f"/verdicts/?programme=made-up&{DAY}")

    assert "Do <i>it</i> Made up, pillar 4. Homes" in main_of(page)
    assert f"Adapted, inferred by us Stable Homes “we accept it” {reason} Carried by SH-4-01" in main_of(page)
    assert b"<b>something" not in page.content
    assert b"<i>it" not in page.content


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        pytest.param("accepted", True, id="taken up"),
        pytest.param("rejected", False, id="rejected"),
        pytest.param("not_mentioned", False, id="not mentioned"),
    ],
)
def test_what_is_taken_up_and_carried_by_nothing_says_so(public, area, kind, says):
    make.make_verdict(recommendation(area), verdict=kind)

    assert ("Carried by no commitment" in main_of(public.get(f"/verdicts/?programme=made-up&{DAY}"))) is says


# The real plan


def test_counts_of_the_strategy_s_answers(public):
    """Counted by hand in fixtures/plan/independent-review.yaml."""
    page = public.get(f"/verdicts/?by=stable-homes&programme=independent-review&{DAY}")
    counted = {cells[0]: int(cells[2]) for cells in table_rows(page)[1:]}

    assert counted == {
        "Accepted": 17,
        "Adapted": 19,
        "To be tested": 11,
        "Consulting": 9,
        "To explore": 5,
        "Rejected": 4,
        "Not mentioned": 16,
    }
    assert "81 answers of 85, parts counted with their whole" in main_of(page)
    assert "They answer" not in main_of(page)


def test_two_answers_to_one_recommendation_are_two_rows(public):
    page = main_of(public.get(f"/verdicts/?{DAY}"))

    assert "85 answers, parts counted with their whole" in page
    assert "They answer 81 recommendations: where two programmes answer the same one, each answer is listed." in page


def test_parts_are_listed_on_demand(public):
    assert len({row["reference"] for row in rows(public, f"by=stable-homes&pillar=4&{DAY}")}) == 14
    page = main_of(public.get(f"/verdicts/?parts=on&{DAY}"))
    assert "181 answers, answers to parts counted too, 1 to 100 shown" in page


@pytest.mark.parametrize(
    ("query", "references"),
    [
        pytest.param("verdict=rejected", ["IR-4-10", "IR-4-11", "IR-6-07", "IR-6-13"], id="rejected"),
        pytest.param("carried=4&pillar=2", ["IR-2-12"], id="a pillar of the strategy"),
        pytest.param("carried=none&pillar=6", ["IR-6-12"], id="nothing"),
    ],
)
def test_finds_in_the_real_plan(public, query, references):
    found = [row["reference"] for row in rows(public, f"{query}&by=stable-homes&{DAY}")]

    assert found == references


# Filters


@pytest.mark.parametrize(
    ("query", "values"),
    [
        pytest.param("verdict=rejected", {"verdict": "rejected"}, id="answer"),
        pytest.param("basis=inferred", {"basis": "inferred", "reason": "We read it so"}, id="basis"),
        pytest.param("q=RING+fence", {"words": "a fence, of the ring kind"}, id="published words, in any order"),
        pytest.param("q=guess", {"basis": "inferred", "reason": "A guess"}, id="a reason"),
        pytest.param("q=100%25", {"words": "pay 100% of it"}, id="a wildcard is itself"),
    ],
)
def test_filters_by_its_own_fields(listed, area, query, values):
    wanted = make.make_verdict(recommendation(area), **values)
    make.make_verdict(recommendation(area))

    assert listed(query) == [wanted.recommendation.reference]


def test_filters_by_words_of_the_recommendation(listed, area):
    wanted = make.make_verdict(recommendation(area, title="Zebras for all"))
    make.make_verdict(recommendation(area))

    assert listed("q=zebra") == [wanted.recommendation.reference]


def test_filters_by_who_answered_and_repeats(listed, area):
    asked = recommendation(area)
    answers = [make.make_verdict(asked, programme=make.make_programme(slug=f"answering-{n}")) for n in range(3)]

    assert len(answers) == 3
    assert listed("by=answering-1") == [asked.reference]
    assert listed("by=answering-0&by=answering-2") == [asked.reference] * 2


def test_a_pillar_alone_is_an_area_of_the_review(public, area):
    make.make_verdict(recommendation(area))

    assert {row["programme"] for row in rows(public, f"pillar=4&{DAY}")} == {"independent-review"}


def test_a_pillar_of_a_programme_is_that_programme_s(listed, review, area):
    wanted = make.make_verdict(recommendation(area))
    make.make_verdict(recommendation(make.make_pillar(review, number=5)))
    make.make_verdict(make.make_commitment(review, kind=Commitment.Kind.RECOMMENDATION))

    assert listed("pillar=4") == [wanted.recommendation.reference]


def test_what_belongs_to_no_area_is_area_nought(public):
    found = rows(public, f"pillar=0&{DAY}")

    assert [row["reference"] for row in found] == [f"IR-0-0{n}" for n in range(1, 7)]
    assert {row["pillar"] for row in found} == {None}


CARRIED = [
    pytest.param("4", ["MU-1", "MU-2"], id="a pillar"),
    pytest.param("outside", ["MU-3", "MU-2"], id="the strategy outside its pillars"),
    pytest.param("none", ["MU-4", "MU-5", "MU-6"], id="nothing"),
    pytest.param("4&carried=none", ["MU-1", "MU-2", "MU-4", "MU-5", "MU-6"], id="either"),
    pytest.param("5", [], id="another pillar"),
]


@pytest.fixture
def carried(area, strategy):
    """Answers, by the reference of what they answer, with where they live on."""
    four = Commitment.objects.get(reference="SH-4-01")
    outside = Commitment.objects.get(reference="SH-0-01")
    merged = make.make_commitment(pillar=four.pillar, merged_into=four)
    later = make.make_commitment(pillar=four.pillar, known_on=LATER)
    elsewhere = make.make_commitment()
    carrying = {
        "MU-1": [four],
        "MU-2": [four, outside],
        "MU-3": [outside],
        "MU-4": [],
        "MU-5": [merged],
        "MU-6": [later],
        "MU-7": [elsewhere],
    }
    for reference, commitments in carrying.items():
        make.make_verdict(recommendation(area, reference=reference)).carried_by.add(*commitments)


@pytest.mark.parametrize(("value", "references"), CARRIED)
def test_carried_is_where_an_answer_lives_on(listed, carried, value, references):
    assert listed(f"carried={value}") == sorted(references)


def test_carried_counts_what_it_lists(public, carried):
    form = public.get(f"/verdicts/?programme=made-up&{DAY}").context["form"]
    counted = {value: label.tally for value, label in form.fields["carried"].widget.choices}

    assert counted == {"4": 2, "outside": 2, "none": 3}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        pytest.param("verdict=maybe", "verdict", id="answer"),
        pytest.param("basis=guessed", "basis", id="basis"),
        pytest.param("pillar=8", "pillar", id="area"),
        pytest.param("carried=7", "carried", id="carried"),
        pytest.param("by=nobody", "by", id="who answered"),
        pytest.param("programme=nobody", "programme", id="who asked"),
        pytest.param("parts=yes", "parts", id="parts"),
        pytest.param("parts=on&parts=on", "parts", id="parts twice"),
        pytest.param("mission=1", "mission", id="no such filter"),
    ],
)
def test_what_it_does_not_know_it_refuses(public, query, name):
    answer = public.get(f"/verdicts.json?{query}&{DAY}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])
    assert public.get(f"/verdicts.csv?{query}&{DAY}").status_code == 400
    assert public.get(f"/verdicts/?{query}&{DAY}").status_code == 400


@pytest.mark.once
@pytest.mark.parametrize("query", ["", "verdict=adapted", "carried=4&by=stable-homes", "pillar=2&parts=on"])
def test_each_count_is_what_choosing_it_lists(public, query):
    form = public.get(f"/verdicts/?{query}&{DAY}").context["form"]
    for name in FACETS:
        kept = "&".join(pair for pair in query.split("&") if not pair.startswith(f"{name}="))
        for value, label in ((value, label) for value, label in form.fields[name].widget.choices if label.tally):
            if name == "pillar" and "pillar" not in query:
                kept = f"{kept}&programme=independent-review"
            count = public.get(f"/verdicts.json?{kept}&{name}={value}&{DAY}").json()["count"]
            assert label.tally == count, (name, value)


# Order


def test_by_answer_taken_up_comes_first_and_passed_over_last(listed, area):
    for kind in ("not_mentioned", "accepted", "to_explore"):
        make.make_verdict(recommendation(area, reference=f"MU-{kind}"), verdict=kind)

    assert listed("sort=verdict") == ["MU-accepted", "MU-to_explore", "MU-not_mentioned"]
    assert listed("sort=-verdict") == ["MU-not_mentioned", "MU-to_explore", "MU-accepted"]


# As at


def test_before_any_answer_it_says_so(public):
    page = main_of(public.get("/verdicts/?as_at=2022-12-01"))

    assert "No answer was known by this day" in page
    assert "IR-" not in page
    assert public.get("/verdicts.json?as_at=2022-12-01").json()["count"] == 0


def test_what_became_known_later_is_absent_everywhere(public, listed, area):
    now = make.make_verdict(recommendation(area))
    make.make_verdict(recommendation(area), known_on=LATER)
    make.make_verdict(recommendation(area, known_on=LATER))
    make.make_verdict(recommendation(area), programme=make.make_programme(known_on=LATER))
    now.carried_by.add(make.make_commitment(reference="Z-LATER", known_on=LATER))
    now.citations.add(make.make_citation(make.make_source(known_on=LATER)))
    [found] = rows(public, f"programme=made-up&{DAY}")

    assert (found["reference"], found["carried_by"], found["citations"]) == (now.recommendation.reference, [], [])
    assert "Z-LATER" not in main_of(public.get(f"/verdicts/?programme=made-up&{DAY}"))
    assert len(listed(day=f"as_at={LATER}")) == 4


# Cost


def build(review, number: int) -> None:
    for _ in range(number):
        area = make.make_pillar(review)
        for parent in (None, recommendation(area)):
            verdict = make.make_verdict(recommendation(area, parent=parent))
            verdict.carried_by.add(
                make.make_commitment(), make.make_commitment(Programme.objects.get(slug="stable-homes"))
            )
            verdict.citations.add(make.make_citation(), make.make_citation())


@pytest.mark.parametrize("path", ["/verdicts/", "/verdicts.json", "/verdicts.csv"])
def test_queries_do_not_grow_with_rows(public, review, path):
    build(review, 2)
    few = count_queries(lambda: public.get(f"{path}?programme=made-up&parts=on&sort=-verdict"))
    build(review, 15)

    assert count_queries(lambda: public.get(f"{path}?programme=made-up&parts=on&sort=-verdict")) == few <= 12
