"""Prints what the environment may say, so that docs/operating.md cannot go stale unseen."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from reforms.environment import table


class Command(BaseCommand):
    help = "Print every variable that is read from the environment, as a table in Markdown."

    def handle(self, *args: str, **options: object) -> None:
        self.stdout.write(table())
