"""Restore a backup into an empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reforms.base.backup import BackupError, restore
from reforms.base.backup.report import done


class Command(BaseCommand):
    help = (
        "Fill an empty database, after migrate, with what the backup command wrote: all of it, compared with the file "
        "by count and hash, or nothing. Stop the service first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="What ./run manage backup made.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        began = monotonic()
        try:
            header = restore(file)
        except BackupError as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        self.stdout.write(f"Restored {done(header, seconds=monotonic() - began)}.")
        self.stdout.write(f"It is as it was at {header.made_at} (release {header.release}, {header.engine}).")
        self.stdout.write("Every count and hash agrees. Everybody signs in again.")
