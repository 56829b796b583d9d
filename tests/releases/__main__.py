"""Keeps what the next releases need of this one.

    python -m tests.releases make VERSION           from the code here, right before it is released
    python -m tests.releases make VERSION FOLDER    from the code of that release, wherever it lies

makes tests/releases/VERSION/: the tables of a database of either kind (sqlite.sql, postgresql.sql), a small set of data
for both (data.sql), the fixtures it was loaded with, what the release writes to it afterwards (inserts.sql), and the
hash of every migration (migrations.txt). The same code makes the same files, byte for byte; nothing in them names a
machine, a person or a day but those in filling.py. Files in a folder that is there are never changed: they are what was
released. An old folder may go when no installation of that release is left.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.releases.making import ROOT, MakeError, make


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.releases", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("verb", choices=["make"])
    parser.add_argument("version")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT)
    given = parser.parse_args()
    try:
        folder = make(given.version, code=given.folder.resolve())
    except MakeError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        sys.stdout.write(f"{path.relative_to(folder.parent)}  {path.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
