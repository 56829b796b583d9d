"""The database and the ledger agree on what was reported, and on what is whole: in cases, made up, and in fixtures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from pillars.ledger import entries, every
from pillars.models import Commitment
from tests import builders as make
from tests.pillars.test_timing_in_sql import CASES, build

ON = date(2023, 4, 21)
BEFORE, SOONER, LATER = date(2023, 3, 31), date(2023, 2, 28), ON + timedelta(days=1)

pytestmark = pytest.mark.django_db


def by_both(commitments, *, on: date = ON) -> dict[str, tuple[str, str]]:
    """What is reported, and whether each is a whole, by SQL, once Python has agreed."""
    rows = entries(commitments.order_by("reference"), on=on)
    wholes = {row.reference for row in rows}
    in_python = {
        row.reference: ("something" if row.last_report else "nothing", "whole" if row.reference in wholes else "part")
        for row in every(rows)
    }
    known = commitments.known(on=on).standing().with_reported(on=on).with_place(on=on)
    in_sql = {reference: tuple(said) for reference, *said in known.values_list("reference", "reported", "level")}
    assert in_sql == in_python
    return in_sql


def reported(commitment: Commitment) -> str:
    return by_both(Commitment.objects.filter(programme=commitment.programme))[commitment.reference][0]


@pytest.mark.parametrize("status", ["under_way", "slipped", "changed", "dropped", "not_yet", "met"])
def test_any_report_is_something(status: str):
    commitment = make.make_commitment()
    assert reported(commitment) == "nothing"
    make.make_update(commitment, status=status)
    assert reported(commitment) == "something"


def test_a_report_that_nobody_knew_yet_is_nothing():
    commitment = make.make_commitment()
    make.make_update(commitment, status="under_way", known_on=LATER)
    assert reported(commitment) == "nothing"


def test_what_stands_by_its_parts_is_told_of_by_the_part_that_decides():
    whole = make.make_commitment()
    deciding = make.make_deadline(make.make_commitment(parent=whole), latest=SOONER).commitment
    other = make.make_deadline(make.make_commitment(parent=whole), latest=BEFORE).commitment
    make.make_update(other, status="under_way")
    assert reported(whole) == "nothing"
    make.make_update(deciding, status="under_way")
    assert reported(whole) == "something"


def test_what_has_a_date_of_its_own_is_not_told_of_by_its_parts():
    whole = make.make_deadline(latest=BEFORE).commitment
    part = make.make_deadline(make.make_commitment(parent=whole), latest=SOONER).commitment
    make.make_update(part, status="under_way")
    assert reported(whole) == "nothing"


@pytest.mark.parametrize(("hidden", "level"), [({}, "part"), ({"known_on": LATER}, "whole")])
def test_a_part_stands_for_itself_where_its_whole_does_not(hidden: dict, level: str):
    whole = make.make_commitment(**hidden)
    part = make.make_commitment(parent=whole)
    assert by_both(Commitment.objects.filter(programme=whole.programme))[part.reference][1] == level


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=CASES)
def test_both_agree_on_anything(db, cases):
    programme = make.make_programme()
    whole = build(programme, cases[0])
    for case in cases[1:]:
        build(programme, case, parent=whole)
    by_both(Commitment.objects.filter(programme=programme))


@pytest.mark.parametrize("on", [date(2023, 2, 2), ON, date(2024, 6, 1), date(2026, 11, 21)], ids=str)
def test_both_agree_on_the_fixtures(on):
    by_both(Commitment.objects.all(), on=on)
