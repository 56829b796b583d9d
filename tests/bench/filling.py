"""Filling databases: tables, fixtures, the made-up country."""

from __future__ import annotations

from datetime import date

from django.core.management import call_command

from reforms.base import clock
from reforms.base.loading import load
from tests.bench.bulk import analyse
from tests.bench.national import make_national


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def load_fixtures() -> None:
    load(now=clock.now())
    analyse()


def fill(*, councils: int, commitments: int, versions: int, is_lean: bool, on: date) -> None:
    make_national(councils=councils, commitments=commitments, versions=versions, is_lean=is_lean, on=on)


def collect() -> None:
    """Static files, whose names every page has to know."""
    call_command("collectstatic", interactive=False, verbosity=0)
