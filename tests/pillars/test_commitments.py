"""The list of commitments: what each filter lets through, what it counts, and what a row holds."""

from __future__ import annotations

from datetime import date

import pytest

from pillars.lists import parts_after_their_own
from pillars.models import Commitment
from pillars.rows import COMMITMENT_COLUMNS
from pillars.timing import LABELS
from tests import builders as make
from tests.queries import count_queries

ON, LATER = date(2023, 4, 21), date(2023, 6, 1)
FACETS = (
    "timing", "reported", "level", "programme", "pillar", "mission", "kind", "strength", "progress", "lead", "source"
)  # fmt: skip
DAY = f"as_at={ON}"


@pytest.fixture
def programme(db):
    return make.make_programme(slug="made-up", title="Made up")


@pytest.fixture
def listed(public, programme):
    """The references that a query lists, of the made-up programme on the day."""

    def references(query: str = "", *, day: str = DAY) -> list[str]:
        return [row["reference"] for row in rows(public, f"programme=made-up&{query}&{day}")]

    return references


@pytest.fixture
def row(public, programme):
    """The row of one commitment on a day."""

    def found(commitment: Commitment, *, day: str = DAY) -> dict:
        return next(
            each for each in rows(public, f"programme=made-up&{day}") if each["reference"] == commitment.reference
        )

    return found


def rows(public, query: str) -> list[dict]:
    answer = public.get(f"/commitments.json?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def tallies(public, query: str, name: str) -> dict[str, int]:
    """How many rows each choice of a filter would show, as the page offers it."""
    form = public.get(f"/commitments/?{query}").context["form"]
    return {value: label.tally for value, label in form.fields[name].widget.choices}


# Filters


def test_without_a_programme_every_programme_is_listed(public):
    everything = public.get("/commitments.json").json()["count"]
    assert everything == Commitment.objects.standing().count()


def test_a_pillar_alone_means_stable_homes(public, programme):
    make.make_commitment(pillar=make.make_pillar(programme, number=4))
    found = rows(public, f"pillar=4&{DAY}")
    assert {(row["programme"], row["pillar"]) for row in found} == {("stable-homes", 4)}


def test_a_pillar_of_a_programme_is_that_programme_s(listed, programme):
    first = make.make_commitment(pillar=make.make_pillar(programme, number=1))
    make.make_commitment(pillar=make.make_pillar(programme, number=2))
    assert listed("pillar=1") == [first.reference]


def test_a_mission_alone_means_stable_homes(public, programme):
    make.make_commitment(programme, mission=make.make_mission(programme, number=4))
    found = rows(public, f"mission=4&{DAY}")
    assert {(row["programme"], row["mission"]) for row in found} == {("stable-homes", 4)}
    assert "SH-4-12e" in {row["reference"] for row in found}


def test_a_mission_of_a_programme_is_that_programme_s(listed, programme):
    first = make.make_commitment(programme, mission=make.make_mission(programme, number=1))
    make.make_commitment(programme, mission=make.make_mission(programme, number=2))
    make.make_commitment(programme)
    assert listed("mission=1") == [first.reference]


def test_missions_repeat_and_narrow_a_pillar(listed, programme):
    pillar = make.make_pillar(programme, number=4)
    missions = [make.make_mission(programme, number=number) for number in (1, 2, 3)]
    inside = [make.make_commitment(pillar=pillar, mission=mission).reference for mission in missions]
    make.make_commitment(programme, mission=missions[0])
    assert listed("pillar=4&mission=1&mission=3") == [inside[0], inside[2]]


@pytest.mark.parametrize(
    "query", ["mission=7", "mission=SH-4-M1", "mission=one", "programme=national-framework&mission=1"]
)
def test_an_unknown_mission_is_refused(public, query):
    answer = public.get(f"/commitments.json?{query}&{DAY}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["mission"])


def test_filters_repeat(listed, programme):
    wanted = [make.make_commitment(programme, strength=strength).reference for strength in ("explore", "ambition")]
    make.make_commitment(programme, strength="firm")
    assert listed("strength=explore&strength=ambition") == wanted


@pytest.mark.parametrize(
    ("query", "values"),
    [
        pytest.param("kind=rule", {"kind": "rule"}, id="kind"),
        pytest.param("strength=explore", {"strength": "explore"}, id="strength"),
        pytest.param("q=GUIDANCE", {"title": "Publish guidance"}, id="words in a title"),
        pytest.param("q=foster+carers", {"summary": "More carers who foster"}, id="words in a summary, in any order"),
        pytest.param("q=100%25", {"title": "Reach 100% of homes"}, id="a wildcard is itself"),
    ],
)
def test_filters_by_its_own_fields(listed, programme, query, values):
    wanted = make.make_commitment(programme, **values)
    make.make_commitment(programme)
    assert listed(query) == [wanted.reference]


def test_words_in_a_reference(listed, programme):
    wanted = make.make_commitment(programme)
    make.make_commitment(programme)
    assert listed(f"q={wanted.reference.lower()}") == [wanted.reference]


def test_by_lead_and_by_source(listed, programme):
    body, source = make.make_organisation(), make.make_source()
    led, cited = make.make_commitment(programme, lead=body), make.make_commitment(programme)
    for _ in range(2):
        cited.citations.add(make.make_citation(source))
    assert listed(f"lead={body.slug}") == [led.reference]
    assert listed(f"source={source.slug}") == [cited.reference]


def test_progress_is_the_latest_known(listed, programme):
    moved = make.make_commitment(programme)
    make.make_update(moved, status="under_way", happened_on=date(2023, 3, 1))
    make.make_update(moved, status="slipped", happened_on=date(2023, 4, 1))
    make.make_update(moved, status="met", happened_on=date(2023, 4, 2), known_on=LATER)
    assert listed("progress=under_way") == []
    assert listed("progress=slipped") == [moved.reference]
    assert listed("progress=met", day=f"as_at={LATER}") == [moved.reference]


def test_reported_is_what_was_known_by_the_day(listed, programme):
    told, silent = (make.make_deadline(make.make_commitment(programme), latest=date(2023, 3, 31)) for _ in range(2))
    make.make_update(told.commitment, status="under_way", happened_on=date(2023, 3, 1), known_on=LATER)
    both = [told.commitment.reference, silent.commitment.reference]
    assert listed("timing=passed&reported=nothing") == both
    assert listed("timing=passed&reported=nothing", day=f"as_at={LATER}") == both[1:]
    assert listed("timing=passed&reported=something", day=f"as_at={LATER}") == both[:1]
    assert listed("timing=passed", day=f"as_at={LATER}") == both


def test_wholes_and_parts(listed, programme):
    whole = make.make_commitment(programme)
    part = make.make_commitment(parent=whole)
    assert listed("level=whole") == [whole.reference]
    assert listed("level=part") == [part.reference]
    assert listed("level=part&level=whole") == listed() == [whole.reference, part.reference]


def test_what_belongs_to_no_one_pillar(listed, programme):
    inside, outside = make.make_commitment(pillar=make.make_pillar(programme)), make.make_commitment(programme)
    later = make.make_commitment(pillar=make.make_pillar(programme, known_on=LATER))
    assert listed("pillar=0") == [outside.reference, later.reference]
    assert listed("pillar=0", day=f"as_at={LATER}") == [outside.reference]
    assert inside.reference not in listed("pillar=0")


@pytest.mark.parametrize("query", ["reported=maybe", "level=half", "programme=agency-rules&pillar=0"])
def test_what_there_is_not_is_refused(public, query):
    answer = public.get(f"/commitments.json?{query}&{DAY}")
    assert (answer.status_code, len(answer.json()["errors"])) == (400, 1)


@pytest.mark.parametrize(
    ("query", "is_listed"),
    [
        pytest.param("due_from=2023-12-31", True, id="from its last day"),
        pytest.param("due_from=2024-01-01", False, id="from the day after"),
        pytest.param("due_to=2023-12-31", True, id="to its last day"),
        pytest.param("due_to=2023-12-30", False, id="to the day before"),
        pytest.param("due_from=2023-12-31&due_to=2023-12-31", True, id="that day alone"),
    ],
)
def test_due_compares_with_the_last_day(listed, programme, query, is_listed):
    due = make.make_deadline(make.make_commitment(programme), earliest=date(2023, 1, 1), latest=date(2023, 12, 31))
    make.make_deadline(make.make_commitment(programme), earliest=date(2023, 12, 31))
    assert listed(query) == ([due.commitment.reference] if is_listed else [])


def test_due_asks_for_one_deadline_between_both_days(listed, programme):
    commitment = make.make_commitment(programme)
    make.make_deadline(commitment, latest=date(2023, 1, 1))
    make.make_deadline(commitment, latest=date(2025, 1, 1))
    assert listed("due_from=2023-06-01&due_to=2024-06-01") == []


def test_due_does_not_ask_a_replaced_deadline(listed, programme):
    old = make.make_deadline(make.make_commitment(programme), latest=date(2023, 6, 1))
    make.make_deadline(old.commitment, latest=date(2024, 6, 1), replaces=old, known_on=LATER)
    assert listed("due_to=2023-12-31") == [old.commitment.reference]
    assert listed("due_to=2023-12-31", day=f"as_at={LATER}") == []


def test_every_timing_can_be_asked_for(public):
    form = public.get("/commitments/").context["form"]
    assert {value for value, _label in form.fields["timing"].widget.choices} == {timing.value for timing in LABELS}


# Counts


def test_counts_leave_out_the_filter_they_stand_beside(public, programme):
    for strength, kind in (("firm", "rule"), ("firm", "outcome"), ("explore", "rule")):
        make.make_commitment(programme, strength=strength, kind=kind)
    query = f"programme=made-up&strength=firm&{DAY}"
    assert tallies(public, query, "strength")["explore"] == 1
    kinds = tallies(public, query, "kind")
    assert (kinds["rule"], kinds["outcome"], kinds["commitment"]) == (1, 1, 0)


def test_a_commitment_with_two_places_in_a_source_counts_once(public, programme):
    source, commitment = make.make_source(), make.make_commitment(programme)
    commitment.citations.add(make.make_citation(source), make.make_citation(source))
    assert tallies(public, f"programme=made-up&{DAY}", "source") == {source.slug: 1}


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    ["", "timing=open", "pillar=4", "mission=2", "programme=stable-homes&q=social&kind=commitment"],
)
def test_each_count_is_what_choosing_it_lists(public, query):
    form = public.get(f"/commitments/?{query}&{DAY}").context["form"]
    for name in FACETS:
        kept = "&".join(pair for pair in query.split("&") if not pair.startswith(f"{name}="))
        for value, label in ((value, label) for value, label in form.fields[name].widget.choices if label.tally):
            count = public.get(f"/commitments.json?{kept}&{name}={value}&{DAY}").json()["count"]
            assert label.tally == count, (name, value)


def test_bodies_and_sources_that_nothing_has_are_not_offered(public, programme):
    body = make.make_organisation()
    assert body.slug not in tallies(public, "", "lead")
    assert public.get(f"/commitments.json?lead={body.slug}").json()["count"] == 0


def test_a_filter_without_choices_has_no_box(public):
    assert "mission" in public.get("/commitments/").context["form"].fields
    assert "mission" not in public.get("/commitments/?programme=agency-rules").context["form"].fields


# Order


def test_parts_stand_straight_after_their_own():
    passing = [(3, 1, "B-1b"), (4, None, "B-2"), (1, None, "B-1"), (2, 1, "B-1a"), (5, 9, "B-3a")]
    assert parts_after_their_own(passing) == [4, 1, 2, 3, 5]


def test_orders(listed, programme):
    one, two, three = (make.make_commitment(programme, title=title) for title in "BCA")
    make.make_deadline(two, latest=date(2023, 5, 1))
    make.make_deadline(one, latest=date(2023, 6, 1))
    make.make_funding(three, amount=5)
    make.make_funding(one, amount=10)
    first, second, third = one.reference, two.reference, three.reference
    assert listed("") == [first, second, third]
    assert listed("sort=-reference") == [third, second, first]
    assert listed("sort=title") == [third, first, second]
    assert listed("sort=due") == [second, first, third]
    assert listed("sort=-money") == [first, third, second]


def test_what_is_met_is_no_longer_next(listed, programme):
    met, ahead = make.make_commitment(programme), make.make_commitment(programme)
    deadline = make.make_deadline(met, latest=date(2023, 3, 1))
    make.make_update(met, deadline=deadline, happened_on=date(2023, 3, 1))
    make.make_deadline(ahead, latest=date(2025, 1, 1))
    assert listed("sort=due") == [ahead.reference, met.reference]


def test_a_new_fact_about_it_changes_a_commitment(listed, programme):
    old, new = make.make_commitment(programme), make.make_commitment(programme, known_on=date(2023, 3, 1))
    assert listed("sort=-changed") == [new.reference, old.reference]
    make.make_update(old, status="under_way", happened_on=date(2023, 4, 1))
    assert listed("sort=-changed") == [old.reference, new.reference]


def test_sums_of_context_are_not_money_of_a_commitment(listed, programme):
    context, own = make.make_commitment(programme), make.make_commitment(programme)
    make.make_funding(context, role="context", amount=10**9)
    make.make_funding(own, amount=1)
    assert listed("sort=-money") == [own.reference, context.reference]


# Rows


def test_a_row_holds_what_is_published_and_in_that_order(row, programme):
    commitment = make.make_commitment(programme)
    assert tuple(row(commitment)) == COMMITMENT_COLUMNS
    assert row(commitment) == {
        "reference": commitment.reference,
        "programme": "made-up",
        "pillar": None,
        "mission": None,
        "kind": "commitment",
        "strength": "firm",
        "title": commitment.title,
        "summary": "",
        "parent": None,
        "lead": None,
        "timing": "no_date",
        "progress": None,
        "deadlines": [],
        "funding": [],
        "verdicts": [],
        "links": [],
        "citations": [],
    }


def test_a_row_with_everything(row, programme):
    parent, body = make.make_commitment(programme), make.make_organisation()
    pillar, mission = make.make_pillar(programme, number=3), make.make_mission(programme, number=2)
    part = make.make_commitment(parent=parent, pillar=pillar, mission=mission, lead=body)
    make.make_deadline(part, words="Spring 2023", earliest=date(2023, 3, 1), latest=date(2023, 5, 31), edtf="2023-21")
    whole = make.make_funding(parent, amount=45_000_000)
    line = make.make_funding(part, shape="rate", amount="15.50", amount_from="12", part_of=whole, years=["2023-24"])
    part.links_out.create(relation="delivers", to_commitment=parent, known_on=make.DAY)
    parent.links_out.create(
        relation="delivers", to_commitment=part, known_on=make.DAY, basis="inferred", reason="We read it so."
    )
    answering = make.make_programme()
    make.make_verdict(part, programme=answering, verdict="to_be_tested", basis="inferred", reason="We read it so.")
    place = make.make_citation(make.make_source(file="999"))
    part.citations.add(place)
    found = row(part)
    assert [found[name] for name in ("parent", "pillar", "mission", "lead", "timing")] == [
        *(parent.reference, 3, 2, body.slug, "open"),
    ]
    assert found["deadlines"] == [
        {"role": "due", "words": "Spring 2023", "earliest": "2023-03-01", "latest": "2023-05-31", "edtf": "2023-21"}
    ]
    assert found["funding"] == [
        {
            "reference": line.reference,
            "role": "itemised",
            "shape": "rate",
            "amount": 15.5,
            "amount_from": 12,
            "percent": None,
            "years": ["2023-24"],
            "part_of": whole.reference,
        }
    ]
    assert row(parent)["funding"][0]["amount"] == 45_000_000
    assert found["verdicts"] == [{"programme": answering.slug, "verdict": "to_be_tested", "basis": "inferred"}]
    assert found["links"] == [{"relation": "delivers", "to": parent.reference, "basis": "stated"}]
    assert row(parent)["links"] == [{"relation": "delivers", "to": part.reference, "basis": "inferred"}]
    assert found["citations"] == [{"source": place.source.slug, "file": "999", "locator": place.locator}]


def test_a_source_cited_whole_has_no_locator_and_may_have_no_file(row, programme):
    commitment, place = make.make_commitment(programme), make.make_citation(locator="")
    commitment.citations.add(place)
    assert row(commitment)["citations"] == [{"source": place.source.slug, "file": None, "locator": None}]


# As at


def test_what_became_known_later_is_absent_everywhere(public, programme, row, listed):
    commitment, later = make.make_commitment(programme), make.make_commitment(programme, known_on=LATER)
    make.make_deadline(commitment, latest=LATER, known_on=LATER)
    make.make_funding(commitment, known_on=LATER)
    make.make_update(commitment, status="under_way", happened_on=ON, known_on=LATER)
    commitment.links_out.create(relation="delivers", to_commitment=later, known_on=make.DAY)
    make.make_verdict(commitment, known_on=LATER)
    make.make_verdict(commitment, programme=make.make_programme(known_on=LATER))
    source = make.make_source(known_on=LATER)
    commitment.citations.add(make.make_citation(source))
    found = row(commitment)
    assert (found["timing"], found["progress"]) == ("no_date", None)
    assert [found[name] for name in ("deadlines", "funding", "verdicts", "links", "citations")] == [[]] * 5
    assert listed("") == [commitment.reference]
    assert sum(tallies(public, f"programme=made-up&{DAY}", "timing").values()) == 1
    assert source.slug not in public.get(f"/commitments/?{DAY}&programme=made-up").content.decode()
    for query in (f"source={source.slug}", "programme=not-yet"):
        assert public.get(f"/commitments.json?{query}&{DAY}").status_code == 400
    assert listed("", day=f"as_at={LATER}") == [commitment.reference, later.reference]
    assert row(commitment, day=f"as_at={LATER}")["timing"] == "closing"


def test_a_programme_of_a_later_day_is_an_unknown_value(public, programme):
    later = make.make_programme(known_on=LATER)
    assert public.get(f"/commitments.json?programme={later.slug}&{DAY}").status_code == 400
    assert later.slug not in tallies(public, DAY, "programme")


def test_a_mission_of_a_later_day_is_an_unknown_value(public, programme, row, listed):
    commitment = make.make_commitment(programme, mission=make.make_mission(programme, number=5, known_on=LATER))
    assert public.get(f"/commitments.json?programme=made-up&mission=5&{DAY}").status_code == 400
    assert row(commitment)["mission"] is None
    assert row(commitment, day=f"as_at={LATER}")["mission"] == 5
    assert listed("mission=5", day=f"as_at={LATER}") == [commitment.reference]


def test_what_was_found_to_be_part_of_another_is_not_listed(listed, programme):
    kept = make.make_commitment(programme)
    make.make_commitment(programme, merged_into=kept)
    assert listed("") == [kept.reference]


# The page


def test_a_part_stands_under_its_own_when_both_pass(public, programme):
    whole = make.make_commitment(programme)
    part = make.make_commitment(parent=whole, strength="explore")
    response = public.get(f"/commitments/?programme=made-up&{DAY}")
    [row] = response.context["groups"][0].rows
    assert [each.reference for each in row.parts] == [part.reference]
    [row] = public.get(f"/commitments/?programme=made-up&strength=explore&{DAY}").context["groups"][0].rows
    assert (row.reference, row.parts) == (part.reference, [])


def test_a_whole_alone_still_stands_by_the_dates_of_its_parts(public, programme):
    whole = make.make_commitment(programme, strength="explore")
    make.make_deadline(make.make_commitment(parent=whole), words="in May", latest=date(2023, 5, 31))
    [row] = public.get(f"/commitments/?programme=made-up&timing=ahead&strength=explore&{DAY}").context["groups"][0].rows
    assert (row.reference, row.words, row.parts) == (whole.reference, "“in May”", [])


def test_sorted_by_pillar_there_is_a_head_for_each(public, programme):
    for number in (2, 1):
        whole = make.make_commitment(pillar=make.make_pillar(programme, number=number, title=f"Title {number}"))
    make.make_commitment(parent=whole, pillar=whole.pillar)
    make.make_commitment(programme)
    groups = public.get(f"/commitments/?programme=made-up&sort=pillar&{DAY}").context["groups"]
    heads = [(group.title, group.count) for group in groups]
    assert heads == [("Made up: 1. Title 1", 2), ("Made up: 2. Title 2", 1), ("Made up: No one pillar", 1)]


def test_without_pillars_there_is_a_head_for_each_kind(public, programme):
    programme.pillar_noun = programme.pillar_noun_plural = ""
    programme.save()
    for letter, kind in (("O", "outcome"), ("E", "enabler"), ("P", "principle")):
        for number in (1, 2):
            make.make_commitment(programme, kind=kind, reference=f"MU-{letter}{number}")
    groups = public.get(f"/commitments/?programme=made-up&{DAY}").context["groups"]
    heads = [(group.title, group.count) for group in groups]
    assert heads == [("Made up: Enablers", 2), ("Made up: Outcomes", 2), ("Made up: Principles", 2)]


@pytest.mark.parametrize(("order", "head"), [("reference", "Made up: 1. Title 1"), ("title", "")])
def test_by_reference_too_but_in_no_other_order(public, programme, order, head):
    make.make_commitment(pillar=make.make_pillar(programme, number=1, title="Title 1"))
    [group] = public.get(f"/commitments/?programme=made-up&sort={order}&{DAY}").context["groups"]
    assert group.title == head


def test_one_scale_spans_what_the_page_shows(public, programme):
    make.make_deadline(make.make_commitment(programme), earliest=date(2024, 1, 1), latest=date(2029, 3, 1))
    response = public.get(f"/commitments/?programme=made-up&{DAY}")
    assert response.context["span"] == "Bars run January 2023 to December 2029"


# Cost


def build(programme, number: int) -> None:
    """So many commitments, each with a part and everything a row may hold."""
    source = make.make_source()
    for _ in range(number):
        whole = make.make_commitment(programme, lead=make.make_organisation())
        part = make.make_commitment(parent=whole, pillar=make.make_pillar(programme))
        line = make.make_funding(whole)
        make.make_funding(part, part_of=line)
        deadline = make.make_deadline(part, latest=date(2023, 12, 31))
        make.make_update(part, deadline=deadline)
        part.citations.add(make.make_citation(source), make.make_citation())
        part.links_out.create(relation="delivers", to_commitment=whole, known_on=make.DAY)
        make.make_verdict(part)


@pytest.mark.parametrize("query", ["", "timing=met&strength=firm&sort=due", "sort=pillar"])
@pytest.mark.parametrize("path", ["/commitments/", "/commitments.json", "/commitments.csv"])
def test_queries_do_not_grow_with_rows(public, programme, path, query):
    build(programme, 2)
    few = count_queries(lambda: public.get(f"{path}?programme=made-up&{query}"))
    build(programme, 15)
    many = count_queries(lambda: public.get(f"{path}?programme=made-up&{query}"))
    assert few == many
    # The first reader after a change asks once more, for the moments at which pages change.
    assert count_queries(lambda: public.get(f"{path}?programme=made-up&{query}")) <= min(many, 12)
