"""Which files a load reads, and what they are called in messages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reforms.base.loading.problems import Place, Problems

ENDINGS = (".yaml", ".yml")
LARGEST = 32 * 1024 * 1024
"""Bytes. All fixtures together are under one megabyte."""


def find_files(paths: Iterable[Path], problems: Problems) -> list[Path]:
    """The YAML files of these paths, each once, in order. A path with none is a mistake."""
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files_of(path, problems):
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _files_of(path: Path, problems: Problems) -> list[Path]:
    whole = Place(shown_name(path), 0)
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.suffix in ENDINGS and file.is_file())
        if not files:
            problems.add(whole, "There is no YAML file in this folder.")
        return files
    if not path.exists():
        problems.add(whole, "There is no such file or folder.")
    elif path.suffix not in ENDINGS:
        problems.add(whole, f"Only files ending in {' or '.join(ENDINGS)} can be read.")
    else:
        return [path]
    return []


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """What a file holds, or None with the mistake."""
    whole = Place(shown_name(path), 0)
    try:
        if path.stat().st_size > LARGEST:
            problems.add(whole, f"The file is larger than {LARGEST // 1024 // 1024} megabytes.")
            return None
        return path.read_bytes()
    except OSError as error:
        problems.add(whole, f"The file cannot be read: {error.strerror}.")
        return None


def shown_name(path: Path) -> str:
    """The path from the working folder where it lies inside it, else as given."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
