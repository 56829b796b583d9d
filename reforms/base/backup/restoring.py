"""Restoring a backup into an empty database: all of it, compared with what was backed up, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError, connections, transaction
from django.db.models import Model

from reforms.base.backup.files import BackupError, Header, check_file, compare, opened
from reforms.base.backup.report import some
from reforms.base.backup.rows import CHUNK, read_rows
from reforms.base.backup.state import applied, named
from reforms.base.backup.tables import tables
from reforms.base.backup.taking import refuse_unless_migrated, write_table


def restore(path: Path, *, using: str = DEFAULT_DB_ALIAS) -> Header:
    """Fill an empty, migrated database with a backup; returns what the file says it holds.

    1. Read the whole file and compare it with its first line.
    2. Compare its migrations and tables with those here.
    3. In one transaction: see that nothing is here, write every row under its own number, let the database check what
       refers to what, and read everything again to compare counts and hashes.

    Raises BackupError; then nothing is written.
    """
    header = check_file(path)
    refuse_unless_migrated(using=using)
    refuse_other_migrations(header, using=using)
    models = {model._meta.label_lower: model for model in tables()}
    refuse_other_tables(header, set(models))
    with transaction.atomic(using=using, durable=True):
        refuse_unless_empty(using=using)
        insert_all(path, models, using=using)
        check_references(using=using)
        number_on(list(models.values()), using=using)
        compare_all(header, models, using=using)
    return header


def refuse_other_migrations(header: Header, *, using: str) -> None:
    """Raises BackupError unless the database has had exactly the migrations that the backup's had."""
    there, here = named(header.migrations), named(applied(using=using))
    found = []
    if only_there := sorted(there - here):
        found.append(f"The backup's database had {some(only_there)}, which this release does not know.")
    if only_here := sorted(here - there):
        found.append(f"This database has had {some(only_here)}, which the backup's had not.")
    if found:
        found.append(f"Restore it with release {header.release}, which made it; then upgrade as usual.")
        raise BackupError(" ".join(found))


def refuse_other_tables(header: Header, here: set[str]) -> None:
    """Raises BackupError where the backup has tables that this release leaves out, or lacks some that it has not."""
    if differing := sorted({table.model for table in header.tables} ^ here):
        raise BackupError(
            f"Release {header.release}, which made the backup, and this one do not back up the same tables: "
            f"{some(differing)}. Restore it with release {header.release}; then upgrade as usual."
        )


def refuse_unless_empty(*, using: str) -> None:
    """Raises BackupError naming what is in the way."""
    counts = {model._meta.label_lower: model._base_manager.using(using).count() for model in tables()}
    if found := [f"{label} ({count})" for label, count in counts.items() if count]:
        raise BackupError(
            f"The database is not empty. It holds {some(found)}. Restore into a new one, after: ./run manage migrate"
        )


def insert_all(path: Path, models: dict[str, type[Model]], *, using: str) -> None:
    with opened(path) as (header, lines):
        for table in header.tables:
            insert(models[table.model], islice(lines, table.count), using=using)


def insert(model: type[Model], lines: Iterator[bytes], *, using: str) -> None:
    """Write rows as they are: with their own numbers, whatever the models' own rules for new ones say."""
    number = 0
    while chunk := list(islice(lines, CHUNK)):
        try:
            model._base_manager.using(using).bulk_create(read_rows(model, chunk, using=using))
        except (DatabaseError, DeserializationError, KeyError, TypeError, ValueError) as error:
            place = f"rows {number + 1} to {number + len(chunk)} of {model._meta.label_lower}"
            raise BackupError(f"The database refused one of {place}: {first_line(error)}") from error
        number += len(chunk)


def first_line(error: Exception) -> str:
    """What a database says first. What follows may quote the row."""
    return next(iter(str(error).splitlines()), "") or type(error).__name__


def check_references(*, using: str) -> None:
    """Raises BackupError where a row refers to one that is not there."""
    try:
        connections[using].check_constraints()
    except IntegrityError as error:
        raise BackupError(f"The backup does not fit together: {first_line(error)}") from error


def number_on(models: list[type[Model]], *, using: str) -> None:
    """Have the next row of each table numbered after the last. (SQLite does so by itself.)"""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def compare_all(header: Header, models: dict[str, type[Model]], *, using: str) -> None:
    """Raises BackupError where the database now holds anything but what was backed up."""
    for table in header.tables:
        compare(
            table, write_table(models[table.model], None, using=using), "The database did not keep what was written"
        )
