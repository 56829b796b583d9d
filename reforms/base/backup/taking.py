"""Making a backup: everything as it stood at one moment, whatever is written meanwhile."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model

from reforms.base.backup.files import BackupError, Header, Summing, TableSummary, write_file
from reforms.base.backup.report import some
from reforms.base.backup.rows import write_rows
from reforms.base.backup.state import applied, pending, release
from reforms.base.backup.tables import tables


def back_up(path: Path, *, now: datetime, using: str = DEFAULT_DB_ALIAS) -> Header:
    """Write everything to a new file, which only its owner can read; returns what the file says it holds.

    Raises BackupError; then there is no file.
    """
    refuse_unless_migrated(using=using)
    with one_moment(using=using):
        return write_file(path, lambda file: write_tables(file, now=now, using=using))


def refuse_unless_migrated(*, using: str) -> None:
    """Raises BackupError for a database that this release's models do not fit."""
    if missing := pending(using=using):
        raise BackupError(f"The database has not had {some(missing)}. Type: ./run manage migrate")


def write_tables(file: gzip.GzipFile, *, now: datetime, using: str) -> Header:
    return Header(
        release=release(),
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        engine=connections[using].vendor,
        migrations=applied(using=using),
        tables=tuple(write_table(model, file, using=using) for model in tables()),
    )


def write_table(model: type[Model], file: gzip.GzipFile | None, *, using: str) -> TableSummary:
    """Write the rows of a table, to nowhere without a file; returns their count and hash."""
    sums = Summing(file)
    write_rows(model, sums, using=using)
    return sums.summary(model._meta.label_lower)


@contextmanager
def one_moment(*, using: str) -> Iterator[None]:
    """Everything read inside is as it stood at the first reading. Nobody who writes has to wait for it."""
    connection: Any = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=using, durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with reading_on_sqlite(connection), transaction.atomic(using=using, durable=True):
            yield


@contextmanager
def reading_on_sqlite(connection: Any) -> Iterator[None]:
    """Transactions that only read: the settings have all of them take the write lock at their start."""
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual
