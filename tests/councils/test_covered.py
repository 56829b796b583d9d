"""What published words cover, and what of that has changed since: for many versions at once.

test_standing.py has a test for each kind of change.
"""

from __future__ import annotations

from datetime import date

import pytest

from councils.covered import covered_by
from pillars.models import Commitment
from tests.builders import make_commitment, make_deadline, make_impact, make_position, make_version
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

DAY = date(2041, 6, 1)


def test_each_version_has_its_own():
    """One changed between the days on which two versions were published."""
    commitment, other = make_commitment(), make_commitment()
    make_deadline(commitment, known_on=date(2041, 5, 1))
    before, after = (make_version(published_on=day) for day in (date(2041, 4, 1), date(2041, 5, 2)))
    for version in (before, after):
        version.covers.add(commitment, other)

    found = covered_by([before.pk, after.pk], on=DAY)

    assert found[before.pk].commitments == found[after.pk].commitments == {commitment.pk, other.pk}
    assert (found[before.pk].changed, found[after.pk].changed) == ([commitment.reference], [])


def test_references_come_in_their_order():
    commitments = [make_commitment(reference=reference) for reference in ("ZZ-2", "ZZ-10", "ZZ-1a")]
    version = make_version(published_on=date(2041, 4, 1))
    version.covers.set(commitments)
    for commitment in commitments:
        make_deadline(commitment, known_on=date(2041, 5, 1))

    assert covered_by([version.pk], on=DAY)[version.pk].changed == ["ZZ-10", "ZZ-1a", "ZZ-2"]


def test_version_that_covers_nothing():
    version = make_version()

    assert covered_by([version.pk], on=DAY)[version.pk].commitments == set()


def test_one_query_for_any_number_and_none_for_none():
    def ask(number: int) -> int:
        versions = [make_version() for _ in range(number)]
        for version in versions:
            version.covers.add(make_commitment())
        return count_queries(lambda: covered_by([version.pk for version in versions], on=DAY))

    assert ask(2) == ask(9) == 1
    assert ask(0) == 0


def test_position_on_a_commitment_covers_it_once():
    commitment = make_commitment()
    version = make_version(make_position(programme=commitment.programme, commitment=commitment))
    version.covers.add(commitment)

    assert covered_by([version.pk], on=DAY)[version.pk].commitments == {commitment.pk}


def test_recommendations_are_told_apart():
    asked, promised = make_commitment(kind=Commitment.Kind.RECOMMENDATION), make_commitment()
    version = make_version()
    version.covers.add(asked, promised)

    assert covered_by([version.pk], on=DAY)[version.pk].recommendations == {asked.pk}


def test_whether_a_version_names_an_impact_by_the_day():
    """One that rests on nothing too."""
    versions = [make_version(published_on=date(2041, 4, 1)) for _ in range(3)]
    make_impact(versions[0])
    make_impact(versions[1], known_on=date(2041, 6, 2))
    found = covered_by([each.pk for each in versions], on=DAY)

    assert [found[each.pk].has_impacts for each in versions] == [True, False, False]
    assert covered_by([versions[1].pk], on=date(2041, 6, 2))[versions[1].pk].has_impacts
