"""Load fixtures: the national plan, councils and consultations."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from reforms.base import clock
from reforms.base.loading import LoadError, load
from reforms.base.models import User


class Command(BaseCommand):
    help = "Load YAML fixtures, all or nothing. Loading the same files again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            type=Path,
            metavar="PATH",
            help="Files or folders. Without any: the plan, councils and consultations of this project.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Print the plan and write nothing.")
        parser.add_argument("--by", metavar="EMAIL", help="Who loads, for the audit trail.")

    def handle(self, *args: Any, paths: list[Path], dry_run: bool, by: str | None, **options: Any) -> None:
        try:
            result = load(paths, by=find_person(by), now=clock.now(), dry_run=dry_run)
        except LoadError as error:
            count = len(error.problems)
            summary = f"{count} mistake{'' if count == 1 else 's'}. Nothing was written."
            raise CommandError(f"the files cannot be loaded.\n{error}\n{summary}") from error
        except (OperationalError, InterfaceError) as error:
            remedy = "Everything was written or nothing. Load again once the database is there."
            raise CommandError(f"the database cannot be used: {error}\n{remedy}") from error
        for line in result.lines():
            self.stdout.write(line)


def find_person(email: str | None) -> User | None:
    """The person with this e-mail address; none where none is named."""
    if email is None:
        return None
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist as error:
        raise CommandError(f"Nobody here has the e-mail address {email}.") from error
