"""Migrations go forward, in one line; what is released stays as it is; and each leaves the release before alive."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.releases.kept import releases
from tests.releases.rules import models_of, refusals

LOADER = MigrationLoader(None)
OURS = sorted(
    config.label
    for config in apps.get_app_configs()
    if Path(config.path).is_relative_to(settings.BASE_DIR) and "site-packages" not in config.path
)
WITH_MIGRATIONS = [app for app in OURS if app in LOADER.migrated_apps]
VERSIONS = {release.version for release in releases()}


def path_of(migration: Migration) -> str:
    """From the project's folder."""
    return f"{type(migration).__module__.replace('.', '/')}.py"


RELEASED = {path: digest for release in releases() for path, digest in release.migrations.items()}
MIGRATIONS = [LOADER.disk_migrations[key] for key in sorted(LOADER.disk_migrations) if key[0] in OURS]
NEW = [migration for migration in MIGRATIONS if path_of(migration) not in RELEASED]


def key_of(migration: Migration) -> tuple[str, str]:
    return migration.app_label, migration.name


class TestReleased:
    @pytest.mark.parametrize("path", RELEASED)
    def test_migration_is_what_it_was(self, path):
        """Databases have had it: whatever is wrong with it is put right by the next."""
        assert hashlib.sha256((settings.BASE_DIR / path).read_bytes()).hexdigest() == RELEASED[path]

    def test_migrations_are_the_same_in_each_later_release(self):
        for earlier, later in zip(releases(), releases()[1:], strict=False):
            assert earlier.migrations.items() <= later.migrations.items()


class TestLine:
    @pytest.mark.parametrize("app", WITH_MIGRATIONS)
    def test_has_one_end(self, app):
        (leaf,) = LOADER.graph.leaf_nodes(app)
        folder = Path(apps.get_app_config(app).path) / "migrations"
        assert (folder / "max_migration.txt").read_text().split() == [leaf[1]]

    @pytest.mark.parametrize("migration", MIGRATIONS, ids=str)
    def test_each_follows_the_one_before(self, migration):
        before = [other.name for other in MIGRATIONS if other.app_label == migration.app_label]
        expected = before[: before.index(migration.name)][-1:]
        assert [name for app, name in migration.dependencies if app == migration.app_label] == expected
        assert migration.name.startswith(f"{len(before[: before.index(migration.name)]) + 1:04}_")
        assert (migration.replaces, migration.run_before) == ([], [])

    @pytest.mark.parametrize("migration", MIGRATIONS, ids=str)
    def test_each_is_in_one_transaction(self, migration):
        """One that fails leaves nothing behind, on either kind of database."""
        assert migration.atomic


def state_before(migration: Migration) -> ProjectState:
    return LOADER.project_state(key_of(migration), at_end=False)


def released_models() -> set[tuple[str, str]]:
    return models_of(LOADER.project_state([key_of(each) for each in MIGRATIONS if path_of(each) in RELEASED]))


@pytest.mark.parametrize("migration", NEW, ids=str)
def test_new_migration_leaves_the_release_before_alive(migration):
    found = refusals(migration, state_before(migration), released=released_models(), versions=VERSIONS)
    assert found == []


def kite(**fields: models.Field) -> ProjectState:
    """A released model with these fields."""
    state = ProjectState()
    state.add_model(ModelState("sky", "Kite", [("id", models.BigAutoField(primary_key=True)), *fields.items()]))
    state.add_model(ModelState("sky", "New", [("id", models.BigAutoField(primary_key=True))]))
    return state


def migration_with(*given: Any, name: str = "0002_change", **attributes: Any) -> Migration:
    made = type("Migration", (Migration,), {"operations": list(given), "__module__": __name__, **attributes})
    return made(name, "sky")


def said(operation: Any, before: ProjectState, **attributes: Any) -> str:
    migration = migration_with(operation, **attributes)
    return "; ".join(refusals(migration, before, released={("sky", "kite")}, versions={"0.1.0"}))


OLD = models.CharField(max_length=20, null=True)
ADD, ALTER = migrations.AddField, migrations.AlterField


class TestRule:
    """Each operation, on a table that the release before writes to."""

    @pytest.mark.parametrize(
        "operation",
        [
            pytest.param(ADD("kite", "x", models.IntegerField(null=True)), id="column-that-may-be-empty"),
            pytest.param(ADD("kite", "x", models.IntegerField(db_default=0)), id="column-the-database-fills"),
            pytest.param(
                ADD("kite", "x", models.CharField(null=True, unique=True, max_length=9)), id="unique-or-empty"
            ),
            pytest.param(ADD("kite", "x", models.ManyToManyField("sky.new")), id="links"),
            pytest.param(ADD("kite", "x", models.ForeignKey("sky.new", models.CASCADE, null=True)), id="reference"),
            pytest.param(ALTER("kite", "old", models.CharField(max_length=30, null=True)), id="longer"),
            pytest.param(ALTER("kite", "old", models.TextField(null=True)), id="without-a-limit"),
            pytest.param(ALTER("kite", "old", models.CharField("tail", max_length=20, null=True)), id="other-words"),
            pytest.param(ALTER("kite", "count", models.BigIntegerField(null=True)), id="larger"),
            pytest.param(ALTER("kite", "price", models.DecimalField(max_digits=9, decimal_places=3)), id="finer"),
            pytest.param(migrations.CreateModel("Tail", []), id="table"),
            pytest.param(migrations.AddIndex("kite", models.Index(fields=["old"], name="i")), id="index"),
            pytest.param(migrations.RemoveConstraint("kite", "c"), id="constraint-less"),
            pytest.param(migrations.AlterModelOptions("kite", {"ordering": ["old"]}), id="options"),
            pytest.param(ADD("new", "x", models.IntegerField()), id="column-of-a-new-table"),
            pytest.param(migrations.DeleteModel("new"), id="new-table-less"),
        ],
    )
    def test_lets_pass(self, operation):
        assert said(operation, self.before()) == ""

    @pytest.mark.parametrize(
        ("condition", "is_let"),
        [
            pytest.param(models.Q(x=0), True, id="what-it-is-filled-with"),
            pytest.param(~models.Q(x=1, y=None), True, id="both"),
            pytest.param(models.Q(x=1) | models.Q(y=None), True, id="either"),
            pytest.param(models.Q(x=1), False, id="what-no-row-has"),
            pytest.param(models.Q(x=0, count=None), False, id="a-column-they-write"),
            pytest.param(models.Q(x__lt=5), False, id="no-plain-comparison"),
        ],
    )
    def test_checks_of_new_columns(self, condition, is_let):
        added = [ADD("kite", "x", models.IntegerField(db_default=0)), ADD("kite", "y", models.IntegerField(null=True))]
        check = migrations.AddConstraint("kite", models.CheckConstraint(condition=condition, name="c"))
        found = refusals(migration_with(*added, check), self.before(), released={("sky", "kite")}, versions={"0.1.0"})
        assert (found == []) is is_let

    @pytest.mark.parametrize(
        ("operation", "reason"),
        [
            pytest.param(ADD("kite", "x", models.IntegerField(default=0)), "without it", id="column-django-fills"),
            pytest.param(ADD("kite", "x", models.IntegerField(db_default=0, unique=True)), "alike", id="unique-column"),
            pytest.param(ALTER("kite", "old", models.CharField(max_length=20, default="")), "NULL", id="not-empty"),
            pytest.param(ALTER("kite", "old", models.CharField(max_length=9, null=True)), "max_length", id="shorter"),
            pytest.param(ALTER("kite", "old", models.IntegerField(null=True)), "does not take", id="other-kind"),
            pytest.param(ALTER("kite", "count", models.SmallIntegerField(null=True)), "does not take", id="smaller"),
            pytest.param(
                ALTER("kite", "old", models.CharField(max_length=20, null=True, unique=True)), "twice", id="unique"
            ),
            pytest.param(
                ALTER("kite", "old", models.CharField(max_length=20, null=True, db_column="tail")), "name", id="column"
            ),
            pytest.param(
                ALTER("kite", "price", models.DecimalField(max_digits=8, decimal_places=3)), "max_digits", id="fewer"
            ),
            pytest.param(
                ALTER("kite", "end", models.ForeignKey("sky.other", models.CASCADE)), "another table", id="other-target"
            ),
            pytest.param(ALTER("kite", "filled", models.IntegerField()), "default to the database", id="default-less"),
            pytest.param(migrations.RemoveField("kite", "old"), "cannot live", id="column-less"),
            pytest.param(migrations.RenameField("kite", "old", "tail"), "cannot live", id="column-renamed"),
            pytest.param(migrations.DeleteModel("Kite"), "cannot live", id="table-less"),
            pytest.param(migrations.RenameModel("Kite", "Bird"), "cannot live", id="table-renamed"),
            pytest.param(migrations.AlterModelTable("kite", "bird"), "cannot live", id="other-table"),
            pytest.param(migrations.AlterUniqueTogether("kite", {("old",)}), "cannot live", id="unique-together"),
            pytest.param(
                migrations.AddConstraint("kite", models.UniqueConstraint(fields=["old"], name="c")),
                "cannot live",
                id="constraint",
            ),
            pytest.param(
                migrations.SeparateDatabaseAndState([migrations.RemoveField("kite", "old")]), "cannot live", id="inside"
            ),
        ],
    )
    def test_refuses(self, operation, reason):
        assert reason in said(operation, self.before())

    def before(self) -> ProjectState:
        return kite(
            old=OLD,
            count=models.IntegerField(null=True),
            price=models.DecimalField(max_digits=8, decimal_places=2),
            filled=models.IntegerField(db_default=0),
            end=models.ForeignKey("sky.new", models.CASCADE),
        )

    def test_knows_every_operation_of_django(self):
        """One that Django adds is refused until somebody has thought about it."""
        assert "cannot live" in said(migrations.AlterOrderWithRespectTo("kite", None), self.before())

    @pytest.mark.parametrize(
        ("attributes", "reason"),
        [
            pytest.param({"unused_since": "0.1.0"}, "", id="released"),
            pytest.param({"unused_since": "9.9.9"}, "names a release that is out: 0.1.0", id="not-yet-released"),
            pytest.param({}, "names a release that is out: 0.1.0", id="not-said"),
        ],
    )
    def test_lets_contract_what_is_unused_since_a_release(self, attributes, reason):
        found = said(migrations.RemoveField("kite", "old"), self.before(), name="0003_contract_old", **attributes)
        assert reason in found
        assert bool(reason) == bool(found)


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param(migrations.RunSQL("SELECT 1"), id="sql"),
        pytest.param(migrations.RunPython(lambda apps, editor: None), id="python"),
        pytest.param(migrations.SeparateDatabaseAndState([migrations.RunSQL("SELECT 1")]), id="inside"),
    ],
)
def test_rule_wants_a_reason_for_what_is_written_by_hand(operation, monkeypatch):
    assert said(operation, kite()) == ""  # this module has a docstring
    monkeypatch.setattr("tests.releases.rules._docstring", lambda migration: None)
    assert "no docstring" in said(operation, kite())
