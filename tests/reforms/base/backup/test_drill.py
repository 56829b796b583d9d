"""The drill: everything is backed up, restored into an empty database of either kind, compared, and used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, models
from django.test import Client
from django.test.utils import isolate_apps
from django.urls import reverse

from councils.demo import PASSWORD
from reforms.base.backup.tables import LEFT_OUT, is_kept, tables
from reforms.base.models import DataVersion, Event
from tests.both_kinds import BothKinds
from tests.builders import make_citation
from tests.contents import REMADE, Contents, contents
from tests.reforms.base.backup.world import FARTHEST, PERSON, fill


@pytest.fixture(scope="module")
def world(both_kinds: BothKinds) -> str:
    """A database with something of everything in it; its address."""
    url = both_kinds.migrated("sqlite")
    with both_kinds.standing_on(url):
        fill()
    return url


@pytest.fixture(scope="module")
def before(world: str) -> Contents:
    return contents(world)


@pytest.mark.parametrize(
    "targets",
    [
        pytest.param(("postgresql", "sqlite"), id="to-the-other-kind-and-back", marks=pytest.mark.long),
        pytest.param(("sqlite",), id="sqlite"),
        pytest.param(("postgresql", "postgresql"), id="postgresql", marks=pytest.mark.long),
    ],
)
def test_whole_world_survives(both_kinds: BothKinds, world, before, targets, tmp_path, subtests):
    """From a database on SQLite to these, one after another."""
    address = world
    for number, target in enumerate(targets):
        with subtests.test(f"{number}: {target}"):
            address = restored(both_kinds, address, target, tmp_path / f"{number}")
            assert differing(before, contents(address)) == {}
            with both_kinds.standing_on(both_kinds.copy(address)):
                sign_in_and_read()
                go_on_writing()


def restored(both_kinds: BothKinds, source: str, kind: str, path: Path) -> str:
    """Back up, and restore into a new database; its address."""
    with both_kinds.standing_on(source):
        call_command("backup", path, verbosity=0)
    target = both_kinds.migrated(kind)
    with both_kinds.standing_on(target):
        call_command("restore", path, verbosity=0)
    return target


def differing(before: Contents, after: Contents) -> dict[str, tuple]:
    """The tables whose count or hash differs."""
    names = sorted(before | after)
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def sign_in_and_read() -> None:
    """A person of the demo cast, with the password of before, and a page with what they work on."""
    client = Client()
    signed_in = client.post(reverse("sign-in"), {"username": PERSON, "password": PASSWORD}, follow=True)
    page = client.get(reverse("council", args=["lincolnshire"]))
    assert "Maya Thornbury" in signed_in.text
    assert "well placed" in page.text.lower()


def go_on_writing() -> None:
    """New rows are numbered after the old, events stay as they are, and the version of the data moves on."""
    version = DataVersion.objects.get().number
    assert make_citation().pk == FARTHEST + 1
    assert DataVersion.objects.get().number > version
    with pytest.raises(DatabaseError, match="append-only"):
        Event.objects.update(verb="draft")


def without_rows(before: Contents, kept: Sequence[type[models.Model]] = ()) -> list[str]:
    """The models that are backed up, and that the drill proves nothing about."""
    return [model._meta.label for model in kept or tables() if not before.get(model._meta.db_table, (0, ""))[0]]


class TestEveryTable:
    def test_that_is_backed_up_has_rows_in_the_drill(self, before):
        """A new model fails here until world.py makes one, or LEFT_OUT says why none is kept."""
        assert without_rows(before) == []

    @pytest.mark.parametrize(
        "count", [pytest.param({}, id="without-a-table"), pytest.param({"pillars_kite": (0, "")}, id="without-a-row")]
    )
    def test_of_a_new_model_would_be_named(self, before, count):
        """As it is until somebody has thought about it."""
        with isolate_apps("pillars"):
            kite = type("Kite", (models.Model,), {"__module__": "pillars.models", "Meta": type("Meta", (), {})})
            assert is_kept(kite)
            assert without_rows(before | count, [*tables(), kite]) == ["pillars.Kite"]

    def test_of_the_database_is_compared_or_has_a_reason(self, before):
        """By the database's own list, not by that of the models: tables made by hand in a migration count too."""
        assert set(before) == {model._meta.db_table for model in tables()}

    def test_that_is_left_out_is_one_that_the_comparison_leaves_out(self):
        from django.apps import apps

        left_out = {apps.get_model(label)._meta.db_table for label in LEFT_OUT}
        assert left_out | {"base_datamark", "django_migrations"} == REMADE

    @pytest.mark.parametrize("label", LEFT_OUT)
    def test_that_is_left_out_says_why(self, label):
        assert len(LEFT_OUT[label].split()) > 3
