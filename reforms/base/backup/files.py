"""The file of a backup: gzip; the first line says what it holds, every further line is one row.

The rows of a table stand together, tables in the order of the first line. A table's hash is the SHA-256 of its lines.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path
from typing import IO, Any

FORMAT = "reform-tracker-backup"
VERSION = 1
LONGEST_HEADER = 4 * 1024 * 1024


class BackupError(Exception):
    """Why there is no backup, or why one cannot be restored, in words for whoever typed the command."""


@dataclass(frozen=True)
class TableSummary:
    """How many rows of a model there are, and the SHA-256 of their lines."""

    model: str
    count: int
    sha256: str


@dataclass(frozen=True)
class Header:
    """The first line. `made_at` is UTC; `migrations` are those applied, by app."""

    release: str
    made_at: str
    engine: str
    migrations: dict[str, list[str]]
    tables: tuple[TableSummary, ...]
    format: str = FORMAT
    version: int = VERSION

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return sum(table.count for table in self.tables)


class Summing:
    """Counts and hashes the lines of a table on their way to a file, or to nowhere."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile | None = None) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._count = 0

    def write(self, line: bytes) -> None:
        self._hash.update(line)
        self._count += 1
        if self._file:
            self._file.write(line)

    def summary(self, model: str) -> TableSummary:
        return TableSummary(model, self._count, self._hash.hexdigest())


def write_file(path: Path, write: Callable[[gzip.GzipFile], Header]) -> Header:
    """Write a backup: the rows, by `write`, and before them the header that it returns.

    1. The rows go to a file without a name in the same folder: their hashes are known at their end.
    2. Header and rows go to a temporary name, for the owner's eyes alone, and from there to the disk.
    3. The file gets its name, unless another has it: under that name there is only ever a whole backup.
    """
    refuse_to_overwrite(path)
    try:
        with tempfile.TemporaryFile(dir=path.parent) as rows:
            with zipped(rows) as packed:
                header = write(packed)
            rows.seek(0)
            _put_in_place(path, header, rows)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}") from error
    return header


def refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise BackupError(f"{path} is there already, and a backup is never written over. Choose another name.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")


def zipped(file: IO[bytes]) -> gzip.GzipFile:
    """Compresses into a file; the same rows make the same bytes, whenever that is."""
    return gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0)


def _put_in_place(path: Path, header: Header, rows: IO[bytes]) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            with zipped(file) as packed:
                packed.write(json.dumps(asdict(header)).encode("ascii") + b"\n")
            shutil.copyfileobj(rows, file)
            file.flush()
            os.fsync(file.fileno())
        refuse_to_overwrite(path)
        os.replace(draft, path)
    finally:
        Path(draft).unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a file's name on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Header, Iterator[bytes]]]:
    """The header of a backup, and its rows line by line. Raises BackupError, also while rows are read."""
    try:
        with gzip.open(path, "rb") as file:
            yield parse_header(path, file.readline(LONGEST_HEADER)), iter(file)
    except EOFError as error:
        raise BackupError(f"{path} is cut off: its end is missing.") from error
    except gzip.BadGzipFile as error:
        raise BackupError(f"{path} is not a backup of Reform Tracker, or is damaged: {error}.") from error
    except zlib.error as error:
        raise BackupError(f"{path} is damaged: {error}.") from error
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}") from error


def parse_header(path: Path, line: bytes) -> Header:
    """Raises BackupError for the first line of anything else."""
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BackupError(f"{path} is not a backup of Reform Tracker.")
    if said.get("version") != VERSION:
        raise BackupError(
            f"{path} has format {said.get('version')}, made by release {said.get('release')}. "
            f"This release reads format {VERSION}: restore it with that release."
        )
    return make_header(path, said)


def make_header(path: Path, said: dict[str, Any]) -> Header:
    try:
        tables = tuple(TableSummary(**table) for table in said["tables"])
        return Header(**{field.name: said[field.name] for field in fields(Header)} | {"tables": tables})
    except (KeyError, TypeError) as error:
        raise BackupError(f"{path} is damaged: its first line does not say what it holds.") from error


def check_file(path: Path) -> Header:
    """Read a whole backup and compare it with its own header. Raises BackupError naming what differs."""
    with opened(path) as (header, lines):
        for table in header.tables:
            found = Summing()
            for line in islice(lines, table.count):
                found.write(line)
            compare(table, found.summary(table.model), f"{path} is damaged")
        if next(lines, None) is not None:
            raise BackupError(f"{path} is damaged: it holds more than its first line says.")
    return header


def compare(expected: TableSummary, found: TableSummary, trouble: str) -> None:
    """Raises BackupError, led in by the trouble, where counts or hashes differ."""
    if found.count != expected.count:
        raise BackupError(f"{trouble}: {expected.model} has {found.count} rows instead of {expected.count}.")
    if found != expected:
        raise BackupError(f"{trouble}: the rows of {expected.model} are not what was backed up.")
