"""How we read dates: the one table in code, on one page."""

from __future__ import annotations

import pytest
from django.test import Client

from pillars.fuzzy_dates import RULES
from pillars.outcomes import Outcome
from reforms.pages.views.about import MEANINGS
from tests.builders import make_citation
from tests.reforms.pages.making import make_anchor
from tests.reforms.pages.reading import main_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def words(client: Client, day: str = "2023-04-21") -> str:
    return main_of(client.get("/about/dates/", {"as_at": day}))


def test_every_state_is_explained():
    assert set(MEANINGS) == set(Outcome)


@pytest.mark.parametrize("outcome", Outcome)
def test_state(public: Client, outcome: Outcome):
    assert f"{outcome.label} {MEANINGS[outcome]}" in words(public)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_with_its_examples(public: Client, rule):
    page = words(public)

    assert f"{rule.name} {rule.means}" in page
    assert [phrase for phrase, _said_on in rule.examples if f"“{phrase}”, said on" not in page] == []


@pytest.mark.parametrize(
    ("phrase", "window"),
    [
        ("Spring 2023", "1 March to 31 May 2023"),
        ("early 2023", "1 January to 31 March 2023"),
        ("by the end of 2023", "by 31 December 2023"),
        ("over the next two years", "1 April 2023 to 31 March 2025"),
        ("after two years", "from 2 February 2025"),
        ("2023-24", "1 April 2023 to 31 March 2024"),
        ("by the end of this Parliament", "by 17 December 2024"),
    ],
)
def test_example_says_what_the_words_mean(public: Client, phrase: str, window: str):
    assert f"“{phrase}”, said on 2 February 2023: {window}" in words(public)


def test_spans_that_phrases_lean_on(public: Client):
    page = words(public)

    assert "“this Parliament”: The Parliament elected in December 2019, 17 December 2019 to 17 December 2024" in page
    assert "Inferred by us." in page


def test_span_with_its_source(public: Client):
    place = make_citation()
    make_anchor(title="A span", basis="stated").citations.add(place)

    assert f"{place.source.short_title}, {place.locator}" in words(public)


@pytest.mark.parametrize("day", ["2020-01-01", "2021-10-27", "2021-10-26"])
def test_page_of_an_earlier_day_keeps_its_rules(public: Client, day: str):
    """The rules are ours; the spans are facts with a day of their own."""
    page = words(public, day)

    assert "“Spring 2023”" in page
    assert ("Spending Review 2021" in page.partition("Spans that phrases lean on")[2]) == (day >= "2021-10-27")


@pytest.mark.parametrize("words_of_later", ["2023", "Phase one", "strategy"])
def test_spans_of_an_earlier_day_tell_nothing_learned_later(public: Client, words_of_later: str):
    spans = words(public, "2021-11-01").partition("Spans that phrases lean on")[2]

    assert words_of_later not in spans.partition("The day a page answers for")[0]
