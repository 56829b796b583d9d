"""Django's own command, and then the triggers: a table made anew on SQLite has lost its own."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db.migrations import Migration

from reforms.base import triggers


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        self.database = options["database"]
        try:
            super().handle(*args, **options)
        finally:
            # Also after one that failed: those before it may have made tables anew.
            if not options["plan"] and not options["check_unapplied"]:
                triggers.install(options["database"])

    def migration_progress_callback(self, action: str, migration: Migration | None = None, fake: bool = False) -> None:
        if action in ("apply_start", "unapply_start"):
            triggers.stand_aside(self.database)
        super().migration_progress_callback(action, migration, fake)
