"""Which document lists which item: worked out from citations, as known on a day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pillars.ledger import entries
from pillars.models import Commitment, Programme, Source, Wording
from reforms.pages.listed_where import ListedWhere, listed_where
from tests.builders import DAY, make_citation, make_commitment, make_programme, make_source, next_number
from tests.reforms.pages.reading import main_of, source_of

pytestmark = pytest.mark.django_db

LATER = date(2023, 3, 1)
LAST = date(2023, 4, 21)


def make_rules(**values) -> Programme:
    return make_programme(
        **{"kind": "rules", "commitment_noun": "rule", "commitment_noun_plural": "rules", "pillar_noun": ""} | values
    )


def make_rule(programme: Programme, *documents: Source, **values) -> Commitment:
    """A rule that documents list, each at a place of its own."""
    rule = make_commitment(programme, **{"kind": Commitment.Kind.RULE} | values)
    rule.citations.add(*(make_citation(document) for document in documents))
    return rule


def make_wording(commitment: Commitment, document: Source, **values) -> Wording:
    number = commitment.wordings.count() + 1
    defaults = {"number": number, "field": "scope", "topic": "how wide", "words": f"so {number}", "known_on": DAY}
    wording = Wording.objects.create(commitment=commitment, **defaults | values)
    wording.citations.add(make_citation(document))
    return wording


def make_document(title: str, **values) -> Source:
    return make_source(short_title=title, **values)


def shown(programme: Programme, *, on: date = LAST) -> ListedWhere:
    """As the page shows it."""
    known = Programme.objects.with_citations(on=on).get(pk=programme.pk)
    found = listed_where(known, entries(programme.commitments.all(), on=on), on=on)
    assert found
    return found


def cells(programme: Programme, *, on: date = LAST) -> dict[str, list[int]]:
    """How many places of each document list an item."""
    rows = [row for _title, rows in shown(programme, on=on).groups for row in rows]
    return {row.item.title: [len(places) for _document, places in row.cells] for row in rows}


def said(programme: Programme, *, on: date = LAST) -> list[str]:
    return [str(sentence) for sentence in shown(programme, on=on).sentences]


@pytest.fixture
def rules() -> Programme:
    return make_rules()


@pytest.fixture
def paper() -> Source:
    return make_document("Daily Paper")


@pytest.fixture
def report() -> Source:
    return make_document("Ambridge report", published_on=LATER)


# What is listed


def test_each_document_lists_what_cites_a_place_in_it(rules, paper, report):
    make_rule(rules, paper, report, report, title="Both")
    make_rule(rules, report, title="One")
    assert [document.short_title for document in shown(rules).documents] == ["Daily Paper", "Ambridge report"]
    assert cells(rules) == {"Both": [1, 2], "One": [0, 1]}


def test_a_wording_lists_too(rules, paper, report):
    rule = make_rule(rules, paper, title="Put in two ways")
    make_wording(rule, report)
    assert cells(rules) == {"Put in two ways": [1, 1]}


def test_a_place_that_is_cited_twice_is_one(rules, paper):
    rule = make_rule(rules, paper, title="Rule")
    make_wording(rule, paper).citations.set(rule.citations.all())
    assert cells(rules) == {"Rule": [1]}


def test_a_document_that_speaks_of_the_programme_alone_lists_nothing(rules, paper, report):
    make_rule(rules, paper, title="Rule")
    rules.citations.add(make_citation(report))
    assert cells(rules) == {"Rule": [1, 0]}
    assert said(rules)[1] == "The Ambridge report does not list the one rule."
    make_rule(rules, paper, title="Other")
    assert said(rules)[1] == "The Ambridge report lists none of the 2 rules."


def test_what_is_no_item_is_left_out(rules, paper):
    make_rule(rules, paper, title="Rule")
    make_rule(rules, paper, title="Set them out", kind="commitment")
    assert cells(rules) == {"Rule": [1]}


def test_kinds_stand_in_groups(paper):
    framework = make_rules(kind="framework")
    for kind in ("principle", "outcome", "enabler", "outcome"):
        make_rule(framework, paper, kind=kind)
    groups = [(title, len(rows)) for title, rows in shown(framework).groups]
    assert groups == [("Outcomes", 2), ("Enablers", 1), ("Principles", 1)]


@pytest.mark.parametrize("kind", ["review", "strategy"])
def test_other_programmes_have_no_such_table(paper, kind):
    programme = make_rules(kind=kind)
    make_rule(programme, paper)
    assert listed_where(programme, entries(programme.commitments.all(), on=LAST), on=LAST) is None


def test_without_items_there_is_no_table(rules):
    assert listed_where(rules, [], on=LAST) is None


# What is put differently


def test_two_readings_of_one_thing_are_a_difference(rules, paper, report):
    rule = make_rule(rules, paper)
    for document in (paper, report):
        make_wording(rule, document, topic="how wide")
    make_wording(rule, paper, topic="how long")
    [(_title, [row])] = shown(rules).groups
    assert list(row.differences) == ["how wide"]


def test_one_of_them_is_none_on_a_day_before_the_other(rules, paper, report):
    rule = make_rule(rules, paper)
    make_wording(rule, paper)
    make_wording(rule, report, known_on=LATER)
    [(_title, [row])] = shown(rules, on=DAY).groups
    assert list(row.differences) == []


# In words


def test_the_shorter_list_is_said(rules, paper, report):
    brief = make_document("LGA briefing", published_on=LAST)
    first, second, third = (make_rule(rules, report, title=f"Rule {n}") for n in range(3))
    first.citations.add(make_citation(paper), make_citation(brief))
    second.citations.add(make_citation(paper))
    assert said(rules) == [
        f"Daily Paper lists 2 of the 3 rules, all but {third.reference}.",
        "The Ambridge report lists all 3 rules.",
        f"The LGA briefing lists only {first.reference} of the 3 rules.",
        f"{third.reference} stands in the Ambridge report alone.",
    ]


def test_several_that_stand_in_one_alone(rules, paper, report):
    make_rule(rules, report, paper)
    one, two, three = (make_rule(rules, paper) for _ in range(3))
    last = said(rules)[-1]
    assert last == f"{one.reference}, {two.reference} and {three.reference} stand in Daily Paper alone."


def test_parts_are_counted(rules, paper, report):
    rule = make_rule(rules, paper, report)
    make_rule(rules, report, parent=rule)
    make_rule(rules, report, paper, parent=rule)
    assert said(rules)[-1] == "Of the 2 parts of the rule, 1 stands in the Ambridge report alone."


# As at


def test_a_document_is_known_from_its_day(rules, paper, report):
    make_rule(rules, paper, report, title="Old")
    make_rule(rules, report, title="New", known_on=LATER)
    assert cells(rules, on=DAY) == {"Old": [1]}
    assert not shown(rules, on=DAY).is_comparison
    assert cells(rules, on=LATER) == {"Old": [1, 1], "New": [0, 1]}


def page(client: Client, programme: Programme, day: date = LAST):
    return client.get(f"{programme.get_absolute_url()}?as_at={day.isoformat()}")


def test_one_document_alone_is_set_beside_nothing(public, rules, paper, report):
    make_rule(rules, paper, report)
    words = main_of(page(public, rules, DAY))
    assert "Of the documents known by this day, one names these rules: Daily Paper." in words
    assert "Ambridge report" not in words
    assert "Not listed" not in words


# The page


def test_every_cell_says_which_document_it_is_of(public, rules, paper, report):
    """On a phone the head of the table is out of sight."""
    rule = make_rule(rules, report)
    make_rule(rules, report, paper)
    html = source_of(page(public, rules))
    table = html[html.index('id="listed"') :].partition("</section>")[0]
    labels = re.findall(r'<td role="cell"[^>]* data-label="([^"]*)"', table)
    assert labels == ["Daily Paper", "Ambridge report"] * 2
    assert table.count("<td") == len(labels)
    place = rule.citations.get()
    assert f'href="{report.get_absolute_url()}?as_at=2023-04-21#place-{place.number}"' in table
    assert table.count("<p>Not listed</p>") == 1


def test_a_strategy_says_nothing_of_lists(public, paper):
    programme = make_rules(kind="strategy")
    make_rule(programme, paper)
    assert "Which document lists what" not in main_of(page(public, programme))


def test_queries_do_not_grow_with_items_and_documents(public, rules):
    def grow(times: int) -> None:
        for _ in range(times):
            document = make_document(f"Report {next_number()}")
            rule = make_rule(rules, document, make_source())
            make_rule(rules, document, parent=rule)
            make_wording(rule, document)
            make_wording(rule, make_source())
            rules.citations.add(make_citation())

    def asked() -> int:
        public.get("/about/dates/")
        with CaptureQueriesContext(connection) as queries:
            assert page(public, rules).status_code == 200
        return len(queries)

    grow(2)
    few = asked()
    grow(10)
    assert asked() == few
