"""Which engines a run has used, as they say themselves. `./run test` reads this and prints it at the end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

FILE = "TEST_NOTES"
PHASE = "TEST_PHASE"


class Note(NamedTuple):
    """In a phase of the run something was used, of this version."""

    phase: str
    name: str
    version: str


def note(name: str, version: str) -> None:
    """Remember that this was used; does nothing where nobody asked (a bare pytest)."""
    path = os.environ.get(FILE)
    if path:
        line = json.dumps(Note(os.environ.get(PHASE, ""), name, version)) + "\n"
        # One write each: several processes append to the file at once.
        with open(path, "ab", buffering=0) as notes:
            notes.write(line.encode())


def notes_in(path: Path) -> list[Note]:
    """What was noted, each once, in the order of the first time."""
    lines: Iterable[str] = path.read_text(encoding="utf-8").splitlines() if path.exists() else ()
    return list(dict.fromkeys(Note(*json.loads(line)) for line in lines))
