"""The committees of the demo."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from councils.demo import load_cast
from reforms.base.loading import LoadError
from reforms.base.models import Event
from reforms.reports.committees.demo import load_committees
from reforms.reports.models import Committee
from tests.loading_desk import LATER, NOW, contents

pytestmark = pytest.mark.django_db

DEMO = Path(settings.FIXTURES_DIR) / "demo"


@pytest.fixture
def cast() -> None:
    load_cast(DEMO / "cast.yaml", now=NOW)


def test_one_has_the_scrutiny_member_of_the_cast_as_its_chair(cast):
    assert load_committees(DEMO / "committees.yaml", now=NOW) == 2
    found = Committee.objects.order_by("organisation__slug")
    assert list(found.values_list("organisation__slug", "slug", "chair__email")) == [
        ("lincolnshire", "children-and-young-people-scrutiny", "ruth.ellerby@example.org"),
        ("local-government-association", "children-and-young-people-board", None),
    ]
    assert Event.objects.latest("pk").details == {"committees": 2}


def test_twice_changes_nothing_also_what_somebody_changed(cast):
    load_committees(DEMO / "committees.yaml", now=NOW)
    Committee.objects.filter(organisation__slug="lincolnshire").update(name="Another", chair=None)
    before = contents()
    assert load_committees(DEMO / "committees.yaml", now=LATER) == 0
    assert contents() == before


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("{organisation: narnia, slug: a, name: A}", "2: There is no organisation “narnia”.", id="nowhere"),
        pytest.param(
            "{organisation: lincolnshire, slug: a, name: A, chair: maya.thornbury@example.org}",
            "2: maya.thornbury@example.org is no scrutiny member of lincolnshire.",
            id="an officer",
        ),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(cast, tmp_path, line, expected):
    path = tmp_path / "committees.yaml"
    path.write_text(f"committees:\n  - {line}\n")
    before = contents()
    with pytest.raises(LoadError) as refused:
        load_committees(path, now=NOW)
    assert str(refused.value) == f"{path}:{expected}"
    assert contents() == before


def test_the_command_makes_them_with_the_cast(settings):
    settings.IS_EMBEDDED_DATABASE = True
    call_command("load_demo", stdout=StringIO(), skip_checks=True)
    assert Committee.objects.filter(chair__email="ruth.ellerby@example.org").count() == 1
