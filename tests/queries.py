"""How much a page asks of the database."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def count_queries(ask: Callable[[], object]) -> int:
    """How many queries something makes."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)
