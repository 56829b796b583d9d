"""A document is taken apart by the titles of pillars, however they are marked; a plan becomes a draft with headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.first_steps import split_by_pillar, text_from_plan

TITLES = {"SH-1": "Family help", "SH-3": "Family networks", "SH-4": "Children in care and care leavers"}

HEADINGS = [
    pytest.param("Family networks", id="the-title-alone"),
    pytest.param("## Family networks", id="markdown"),
    pytest.param("3. Family networks", id="with-its-number"),
    pytest.param("Pillar 3: Family Networks", id="named-a-pillar"),
    pytest.param("PILLAR 3 – FAMILY NETWORKS:", id="capitals-and-a-dash"),
    pytest.param("  3) family networks  ", id="spaces"),
]
NOT_HEADINGS = [
    pytest.param("4. Family networks", id="the-number-of-another"),
    pytest.param("We rely on family networks", id="inside-a-sentence"),
    pytest.param("Family networks and more", id="more-words"),
    pytest.param("3.", id="a-number-alone"),
    pytest.param("Family networks " + "x" * 200, id="too-long"),
]


@pytest.mark.parametrize("line", HEADINGS)
def test_a_heading_begins_a_part(line):
    assert split_by_pillar(f"Above.\n{line}\nOne.\n\nTwo.\n", TITLES) == {"SH-3": "One.\n\nTwo."}


@pytest.mark.parametrize("line", NOT_HEADINGS)
def test_another_line_does_not(line):
    assert split_by_pillar(f"{line}\nOne.", TITLES) == {}


def test_parts_of_several_pillars_stay_apart_and_those_of_one_come_together():
    text = "Family help\r\nA.\r\nFamily networks\r\nB.\r\nPillar 1: Family help\r\nC."
    assert split_by_pillar(text, TITLES) == {"SH-1": "A.\nC.", "SH-3": "B."}


def test_a_title_without_words_under_it_is_no_part():
    assert split_by_pillar("Family help\n\nFamily networks\nB.", TITLES) == {"SH-3": "B."}


@given(st.text())
def test_any_text_can_be_taken_apart(text):
    assert set(split_by_pillar(text, TITLES)) <= set(TITLES)


def test_from_the_plan():
    text = text_from_plan([("SH-1-01", "Fund help"), ("SH-1-02", "Consult")])
    assert text == "### SH-1-01 Fund help\n\nWhat we do:\n\n### SH-1-02 Consult\n\nWhat we do:"
