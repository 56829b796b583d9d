"""The same rows for machines: all of them as CSV, a page of them as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse

RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes a cell that begins so for a formula, or for more than one cell."""

Row = dict[str, Any]


def json_page(rows: Iterable[Row], *, count: int, following: str | None) -> JsonResponse:
    """One page; `following` is the address of the next."""
    return JsonResponse({"count": count, "next": following, "results": list(rows)})


def csv_file(rows: Iterable[Row], *, columns: Sequence[str], name: str) -> HttpResponse:
    """Every row, with a byte order mark so that spreadsheets read it as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([safe(flat(row[column])) for column in columns] for row in rows)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def flat(value: Any) -> str:
    """Any value in one cell: nothing is empty, parts of a thing part by commas, things part by semicolons."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        parts = ((key, flat(part)) for key, part in value.items())
        return ", ".join(f"{key} {part}" for key, part in parts if part)
    if isinstance(value, list | tuple):
        return "; ".join(flat(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def safe(cell: str) -> str:
    """The cell, with an apostrophe before anything a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
