"""A database and settings like those of production, for the length of one run."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.surroundings import OWN_VARIABLES

HOST = "bench.example.org"


@contextmanager
def production_like() -> Iterator[Path]:
    """Set up Django as in production, on an empty SQLite file, and give the folder that holds it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for name in OWN_VARIABLES:
            os.environ.pop(name, None)
        os.environ |= {
            "DJANGO_ENV": "production",
            "DJANGO_SETTINGS_MODULE": "reforms.settings",
            "ALLOWED_HOSTS": HOST,
            "SECRET_KEY": secrets.token_urlsafe(64),
            "VAR_DIR": folder,
            "LOG_LEVEL": "ERROR",
        }
        prepare()
        try:
            yield Path(folder)
        finally:
            from django.db import connections

            connections.close_all()


def prepare() -> None:
    """Make the tables and collect the static files, whose names a page has to know."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
