"""Which migrations a database has had, and which release this is."""

from __future__ import annotations

import tomllib
from collections import defaultdict

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

Migrations = dict[str, list[str]]


def release() -> str:
    """The version of the project: 0.2.0; “unknown” where its pyproject.toml was not installed with it."""
    path = settings.BASE_DIR / "pyproject.toml"
    if not path.is_file():
        return "unknown"
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"])


def applied(*, using: str) -> Migrations:
    """The migrations of this release that a database has had, by app."""
    loader = MigrationLoader(connections[using])
    found: defaultdict[str, list[str]] = defaultdict(list)
    for app, name in sorted(set(loader.applied_migrations) & set(loader.graph.nodes)):
        found[app].append(name)
    return dict(found)


def pending(*, using: str) -> list[str]:
    """The migrations of this release that a database has not had, each as app.name."""
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def named(migrations: Migrations) -> set[str]:
    """Each as app.name."""
    return {f"{app}.{name}" for app, names in migrations.items() for name in names}
