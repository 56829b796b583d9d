"""The settings of production, for processes that measure. What the person's own environment says has no say.

tests.surroundings would make a test of any process that imports it: the measuring ones must not.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "bench.example.org"
KEY = secrets.token_urlsafe(64)
ROUTES = "tests.bench.urls"


def production(folder: Path, database_url: str, **more: str) -> dict[str, str]:
    """The environment of a process that serves or measures, behind a proxy that says how it was asked."""
    from tests.tooling.shell import environ

    given = {
        "DJANGO_ENV": "production",
        "DJANGO_SETTINGS_MODULE": "reforms.settings",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": KEY,
        "TRUST_PROXY": "true",
        "VAR_DIR": str(folder),
        "DATABASE_URL": database_url,
        "PYTHONHASHSEED": "0",
    }
    return environ(**given | more)


def set_up() -> None:
    """Set up Django in a process that has this environment, with the bare view among the addresses.

    Raises AssertionError where something has made another environment of it.
    """
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reforms.settings")
    django.setup()
    assert settings.IS_PRODUCTION, "Only the settings of production are worth measuring."
    settings.ROOT_URLCONF = ROUTES
