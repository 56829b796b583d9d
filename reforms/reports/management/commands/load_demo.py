"""Load the demo: made-up people to sign in as, and the committees of their organisations."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from councils.demo import PASSWORD, load_cast
from reforms.base import clock
from reforms.base.loading import LoadError
from reforms.reports.committees.demo import load_committees


class Command(BaseCommand):
    help = "Load the demo cast. Its password is public, so a database of yours needs --demo as well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="Load them on the database of DATABASE_URL too.")
        parser.add_argument("--password", default=PASSWORD, help="The password of every new person.")

    def handle(self, *args: Any, demo: bool, password: str, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("Demo people have a password that anybody can read, so none are made in production.")
        if not settings.IS_EMBEDDED_DATABASE and not demo:
            raise CommandError("DATABASE_URL is set: demo people are only made there with --demo.")
        folder = Path(settings.FIXTURES_DIR) / "demo"
        try:
            people = load_cast(folder / "cast.yaml", password=password, now=clock.now())
            load_committees(folder / "committees.yaml", now=clock.now())
        except LoadError as error:
            raise CommandError(f"the demo cast cannot be loaded.\n{error}\nNothing was written.") from error
        for person in people:
            self.stdout.write(f"{person.email}  {', '.join(_parts(person)) or 'administrator'}")
        self.stdout.write(f"The password of those made new is {password}")


def _parts(person: Any) -> list[str]:
    return [f"{part.role.replace('_', ' ')} of {part.organisation}" for part in person.parts]
