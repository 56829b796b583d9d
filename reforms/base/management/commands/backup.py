"""Back up: everything in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reforms.base import clock
from reforms.base.backup import BackupError, back_up
from reforms.base.backup.report import done


class Command(BaseCommand):
    help = (
        "Write everything to a new file, as it stands at this moment; the service goes on meanwhile. Any database of "
        "the same release reads it, PostgreSQL or SQLite. It holds people's data: only its owner can read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="A new file: one that is there is never replaced.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        began = monotonic()
        try:
            header = back_up(file, now=clock.now())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backed up {done(header, seconds=monotonic() - began)}.")
        self.stdout.write(f"{file} has {file.stat().st_size:,} bytes.")
