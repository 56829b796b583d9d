"""The cast and the stage.

The test database is migrated and loaded with every fixture of the project once per run, and each test runs
inside a transaction that is rolled back. Nothing may flush it: SQLite's flush would delete rows one by one,
which the append-only trigger on events refuses, and the fixtures would be gone for the tests that follow.
A test that needs committed rows or several connections makes a database of its own (see `own_database`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

COMMITTEE_DAY = date(2023, 4, 21)
LOADED_AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from django.conf import settings

    from reforms.base.loading import load

    folders = [settings.FIXTURES_DIR / name for name in ("plan", "councils", "consultations")]
    with django_db_blocker.unblock():
        load(folders, by=None, now=LOADED_AT)


@pytest.fixture
def committee_day() -> date:
    """21 April 2023: the day of the Lincolnshire committee's meeting."""
    return COMMITTEE_DAY


@pytest.fixture
def public(db) -> Client:
    """Anybody, not signed in."""
    return Client()
