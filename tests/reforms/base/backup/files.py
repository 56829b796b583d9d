"""Damaging a backup, and making one that is false but fits itself."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Parts = tuple[dict[str, Any], list[dict[str, Any]]]


def parts_of(path: Path) -> Parts:
    """The header and the rows."""
    header, *rows = gzip.decompress(path.read_bytes()).splitlines()
    return json.loads(header), [json.loads(row) for row in rows]


def write_parts(path: Path, header: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    lines = [json.dumps(header).encode(), *(line_of(row) for row in rows)]
    path.write_bytes(gzip.compress(b"\n".join(lines) + b"\n"))


def line_of(row: dict[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True, separators=(",", ":")).encode()


def falsified(path: Path, change: Callable[[list[dict[str, Any]]], object]) -> Path:
    """A backup with other rows, and a header that counts and hashes these."""
    header, rows = parts_of(path)
    change(rows)
    for table in header["tables"]:
        lines = [line_of(row) + b"\n" for row in rows if row["model"] == table["model"]]
        table |= {"count": len(lines), "sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    false = path.with_name("false.backup")
    write_parts(false, header, rows)
    return false


def row_of(rows: list[dict[str, Any]], model: str) -> dict[str, Any]:
    """The first row of a model."""
    return next(row for row in rows if row["model"] == model)
