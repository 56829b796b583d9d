"""What a commit does to the data version, for tests that are never committed."""

from __future__ import annotations

from django.db import connection

from reforms.base.versions import data_version


def settle() -> int:
    """Do what waits for the commit, and say the version. On PostgreSQL it only moves then; on SQLite it has moved."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
    version = data_version()
    assert version is not None
    return version
