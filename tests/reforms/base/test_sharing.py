"""Rows with what they point to, made once: the same as `select_related` gives, with fewer objects."""

from __future__ import annotations

import pytest

from pillars.models import Commitment, Programme
from reforms.base.sharing import shared, written
from tests.builders import make_commitment, make_organisation, make_pillar

NAMES = ("lead", "programme", "pillar", "parent")

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    """A commitment with everything, its part, and one with as little as there may be."""
    whole = make_commitment(pillar=make_pillar(), lead=make_organisation())
    part = make_commitment(parent=whole, pillar=whole.pillar)
    return Commitment.objects.filter(pk__in=[whole.pk, part.pk, make_commitment().pk]).order_by("pk")


def test_everything_is_as_the_database_has_it(rows):
    for made, loaded in zip(shared(rows, NAMES), rows.select_related(*NAMES), strict=True):
        for each, other in [(made, loaded), *((getattr(made, name), getattr(loaded, name)) for name in NAMES)]:
            assert each == other
            assert other is None or {**vars(each), "_state": 0} == {**vars(other), "_state": 0}
            assert each is None or (each._state.db, each._state.adding) == (other._state.db, other._state.adding)


def test_what_several_rows_point_to_is_one_object(rows):
    whole, part, _other = shared(rows, NAMES)
    assert part.programme is whole.programme
    assert part.pillar is whole.pillar


def test_one_query_whatever_is_asked_of_a_row(rows, django_assert_num_queries):
    with django_assert_num_queries(1):
        for made in shared(rows, NAMES):
            str([getattr(made, name) for name in NAMES])


def test_what_the_queryset_joins_itself_changes_nothing(rows):
    assert shared(rows.select_related("lead"), ()) == list(rows)


def test_nothing_to_point_to(rows):
    assert [made.pk for made in shared(rows, ())] == [row.pk for row in rows]


def test_what_is_at_hand_is_put_in_place_and_not_asked_for(rows, django_assert_num_queries):
    at_hand = list(Programme.objects.all())
    with django_assert_num_queries(1):
        made = shared(rows, ("lead",), given={"programme": at_hand})
        assert all(any(each.programme is one for one in at_hand) for each in made)


def test_keys_are_numbers():
    assert written([3, 10]) == "3, 10"
    with pytest.raises(ValueError, match="invalid literal"):
        written(["1); DROP TABLE"])
