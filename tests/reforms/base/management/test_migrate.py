"""Django's migrate, and then our triggers: whatever is missing is put back, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models
from django.db.models import Model

from pillars.models import Organisation
from reforms.base import triggers
from reforms.base.models import Event
from reforms.base.versions import data_version
from tests.both_kinds import standing_on
from tests.builders import make_organisation
from tests.engines.databases import Databases, one_of
from tests.reforms.base.test_events import NOW


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def own(databases: Databases, tables: str, django_db_blocker: Any) -> Iterator[None]:
    """Everything uses a migrated database of the test's own."""
    with one_of(databases, copy_of=tables) as url, standing_on(url, django_db_blocker):
        yield


@pytest.fixture
def empty(own_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Everything uses an empty database of the test's own."""
    with standing_on(own_database, django_db_blocker):
        yield


def migrate(*arguments: str, **options: Any) -> None:
    call_command("migrate", *arguments, interactive=False, verbosity=0, **options)


class TestMigrate:
    """The command puts back what is missing. One that goes wrong does so too."""

    def test_twice_changes_nothing(self, own):
        first = data_version()
        migrate()

        assert data_version() == first
        assert triggers.install() == 0

    def test_looking_at_the_plan_changes_nothing(self, own):
        drop_a_trigger()
        migrate(plan=True)
        migrate(check_unapplied=True)

        assert triggers.install() == 1

    def test_puts_back_what_is_missing_and_moves_the_version(self, own):
        before = data_version()
        drop_a_trigger()
        make_organisation()
        assert data_version() == before  # without the trigger nothing would say that there is a change
        migrate()

        assert data_version() > before

    def test_takes_away_what_is_declared_no_more(self, own, monkeypatch):
        monkeypatch.setitem(triggers.UNWATCHED, "pillars.Organisation", "for this test")
        migrate()
        before = data_version()
        make_organisation()

        assert data_version() == before

    def test_puts_right_what_another_release_made(self, own):
        put_another_trigger()

        assert triggers.install() == 1
        assert triggers.install() == 0

    def test_does_so_after_a_migration_that_fails(self, own, monkeypatch):
        drop_a_trigger()
        monkeypatch.setattr("django.core.management.commands.migrate.Command.sync_apps", None)
        with pytest.raises(TypeError):
            migrate(run_syncdb=True)

        assert triggers.install() == 0

    def test_stops_before_the_version_has_a_table(self, empty):
        migrate("base", "0002")

        assert triggers.install() == 0

    @pytest.mark.long
    def test_leaves_out_tables_that_are_not_there(self, empty):
        migrate("base")
        assert data_version()
        migrate()
        before = data_version()
        make_organisation()

        assert data_version() > before


def drop_a_trigger() -> None:
    """The one that tells of a new organisation."""
    names = {
        "sqlite": "base_dataversion_moves_at_insert_of_pillars_organisation",
        "postgresql": "base_dataversion_marks",
    }
    place = {"sqlite": "", "postgresql": "ON pillars_organisation"}
    execute(f"DROP TRIGGER {names[connection.vendor]} {place[connection.vendor]}")


def put_another_trigger() -> None:
    """The same one with another meaning."""
    drop_a_trigger()
    other = {
        "sqlite": "CREATE TRIGGER base_dataversion_moves_at_insert_of_pillars_organisation"
        " AFTER INSERT ON pillars_organisation BEGIN SELECT 1; END",
        "postgresql": "CREATE TRIGGER base_dataversion_marks AFTER DELETE ON pillars_organisation"
        " FOR EACH STATEMENT EXECUTE FUNCTION base_dataversion_marks()",
    }
    execute(other[connection.vendor])


@pytest.fixture
def lite(own):
    """The same, where it is SQLite."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL changes a column in its place")


def remake(model: type[Model], name: str) -> None:
    """Change a column, which on SQLite makes the table anew."""
    old = model._meta.get_field(name)
    new = models.CharField(max_length=299)
    new.set_attributes_from_name(name)
    new.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new, strict=True)


class TestRemadeTable:
    """On SQLite a table that is made anew has lost its triggers: shown, and that the command brings them back."""

    @pytest.mark.parametrize(("is_brought_back", "moves"), [(True, True), (False, False)])
    def test_watched_table(self, lite, is_brought_back: bool, moves: bool):
        remake(Organisation, "name")
        if is_brought_back:
            migrate()
        before = data_version()
        make_organisation()

        assert (data_version() != before) == moves

    @pytest.mark.parametrize(("is_brought_back", "count"), [(True, 1), (False, 0)])
    def test_events(self, lite, is_brought_back: bool, count: int):
        Event.objects.create(at=NOW, verb="test", subject="a:b")
        remake(Event, "verb")
        if is_brought_back:
            migrate()
            with pytest.raises(DatabaseError, match="append-only"):
                Event.objects.all().delete()
        else:
            Event.objects.all().delete()

        assert Event.objects.count() == count
