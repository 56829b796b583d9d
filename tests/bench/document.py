"""Put the bench's last figures into docs/performance.md: `python -m tests.bench.document [var/bench.json]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.bench.report import sections
from tests.bench.surroundings import ROOT
from tests.bench.tables import as_markdown

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def with_figures(document: str, found: dict[str, Any]) -> str:
    """The document with these figures between its marks. Raises ValueError where it has none."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"The document needs the lines {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{as_markdown(sections(found)).strip()}\n\n{END}{after}"


def main(arguments: list[str]) -> None:
    path = Path(arguments[0]) if arguments else ROOT / "var" / "bench.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    DOCUMENT.write_text(with_figures(DOCUMENT.read_text(encoding="utf-8"), found), encoding="utf-8")
    sys.stdout.write(f"{DOCUMENT.relative_to(ROOT)} holds the figures of {found['made_on']}.\n")


if __name__ == "__main__":
    main(sys.argv[1:])
