"""What bodies say: what the database itself refuses, and where a view stands."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.builders import (
    make_commitment,
    make_mission,
    make_organisation,
    make_pillar,
    make_programme,
    make_view,
)

pytestmark = pytest.mark.django_db


def refused(rule: str):
    """The database refuses what follows. PostgreSQL names the rule; SQLite names it or the columns."""
    return pytest.raises(IntegrityError, match=f"{rule}|UNIQUE constraint failed")


def test_view_numbers_are_unique():
    view = make_view()
    make_view(number=view.number)

    with refused("view_numbers_are_unique"), transaction.atomic():
        make_view(view.organisation, number=view.number)


@pytest.mark.parametrize(
    "names", [("programme", "pillar"), ("programme", "mission"), ("pillar", "mission")], ids="+".join
)
def test_a_view_speaks_of_one_whole_at_most(names):
    pillar = make_pillar()
    wholes = {"programme": pillar.programme, "pillar": pillar, "mission": make_mission(pillar=pillar)}
    for name in names:
        make_view(**{name: wholes[name]})

    with refused("a_view_speaks_of_one_whole_at_most"), transaction.atomic():
        make_view(**{name: wholes[name] for name in names})


def test_it_stands_on_the_page_of_its_body():
    body = make_organisation(slug="choirs", name="Choirs")
    view = make_view(body, make_commitment(), number=12, text="Sings.", programme=make_programme())

    assert view.reference == "choirs/12"
    assert view.get_absolute_url() == "/organisations/choirs/#view-12"
    assert str(view) == "choirs/12 Sings."
