"""What is kept of a release: small, the same each time, and never made over."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.both_kinds import KINDS
from tests.releases.kept import Release, releases, rows_of, write
from tests.releases.making import ROOT, MakeError, make, manifest

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
LARGEST = 120_000
"""Bytes of one file: these stay in the project for ever."""
FOREIGN = re.compile(r"/(work|tmp|home|root|Users)/|OWNER TO|\bGRANT\b|localhost|127\.0\.0\.1")


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("release", releases(), ids=str)
class TestKept:
    def test_is_small_and_names_no_machine(self, release):
        for name, content in files_of(release.folder).items():
            assert len(content) < LARGEST, name
            assert FOREIGN.findall(content.decode()) == [], name

    @pytest.mark.parametrize("kind", KINDS)
    def test_fills_a_database(self, both_kinds, release, kind):
        """So that what follows is about something: every table of theirs has a row, and so has what they add."""
        url = release.make(both_kinds, kind)
        empty = {"django_session", "base_dataversion", "base_datamark"}
        assert {table for table, columns in rows_of(url).items() if not next(iter(columns.values()))} <= empty
        write(url, release.inserts)


def test_release_of_another_version_is_refused(tmp_path):
    with pytest.raises(MakeError, match=f"is of release {VERSION}, not 9.9.9"):
        make("9.9.9", into=tmp_path)


def test_release_that_is_kept_is_never_made_over(tmp_path):
    (tmp_path / VERSION).mkdir()
    with pytest.raises(MakeError, match="is there already"):
        make(VERSION, into=tmp_path)


def test_every_migration_is_in_the_manifest():
    """By another road than the one it is made by."""
    lines = manifest(ROOT)
    names = {line.split("  ")[1] for line in lines}
    assert "reforms/base/migrations/0002_events_are_append_only.py" in names
    assert {name.split("/migrations/")[0] for name in names} == {
        "consultations", "councils", "pillars", "reforms/alerts", "reforms/base", "reforms/reports"
    }  # fmt: skip


@pytest.mark.long
def test_same_code_makes_the_same_files(tmp_path, both_kinds, monkeypatch):
    """From the code as it is now: what is released next can be kept."""
    one, other = (files_of(make(VERSION, into=tmp_path / name)) for name in ("one", "other"))
    assert one == other
    monkeypatch.setattr("tests.releases.kept.HERE", tmp_path / "one")
    for kind in KINDS:
        TestKept().test_fills_a_database(both_kinds, Release(VERSION), kind)
