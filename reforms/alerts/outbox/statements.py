"""Updates that Django writes down once: to write one down takes ten times longer than to do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery


class Given(NamedTuple):
    """What changes from one time to the next."""

    number: int
    word: str
    at: datetime
    until: datetime


STAND_INS = Given(
    -7_000_001, "a word that nobody claims by", datetime(1, 2, 3, tzinfo=UTC), datetime(1, 2, 4, tzinfo=UTC)
)
"""No letter has such a number, and none was made in those days."""


class Update:
    """A statement that changes rows, `rows` those that it is about and `changes` what becomes of them."""

    def __init__(self, rows: Callable[[Given], QuerySet], changes: Callable[[Given], dict[str, Any]]) -> None:
        self._rows, self._changes = rows, changes
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def do(self, given: Given) -> int:
        """How many rows it changed."""
        text, values = self._written.get(connection.vendor) or self._write_down()
        real = dict(zip(_adapted(STAND_INS), _adapted(given), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(text, [real.get(value, value) for value in values])
            return int(cursor.rowcount)

    def _write_down(self) -> tuple[str, tuple[Any, ...]]:
        query = cast(UpdateQuery, self._rows(STAND_INS).query.chain(UpdateQuery))
        query.add_update_values(self._changes(STAND_INS))
        text, values = query.get_compiler(connection=connection).as_sql()
        return self._written.setdefault(connection.vendor, (text, tuple(values)))


def _adapted(given: Given) -> list[Any]:
    """As the database is told."""
    adapt = connection.ops.adapt_datetimefield_value
    return [given.number, given.word, adapt(given.at), adapt(given.until)]
