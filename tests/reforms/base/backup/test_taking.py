"""How a backup is made: at one moment, in nobody's way, whole or not at all, for its owner's eyes."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from pillars.models import Organisation
from reforms.base.backup import back_up, taking
from reforms.base.backup.state import release
from reforms.base.backup.tables import tables
from reforms.base.models import User
from tests.both_kinds import KINDS, BothKinds, connect
from tests.builders import make_organisation
from tests.reforms.base.backup.files import parts_of
from tests.reforms.base.backup.world import NOW

SLUG = "written-meanwhile"


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "x.backup"


class TestFile:
    @pytest.fixture(autouse=True)
    def stand(self, both_kinds: BothKinds, small: str) -> Iterator[None]:
        with both_kinds.standing_on(small):
            yield

    def test_is_for_its_owner_alone(self, path):
        before = os.umask(0)
        try:
            back_up(path, now=NOW)
        finally:
            os.umask(before)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_says_what_it_holds(self, path):
        """So that anybody can check it without us: zcat, sed and sha256sum are enough."""
        back_up(path, now=NOW)

        header, *lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
        said = json.loads(header)
        assert said["format"] == "reform-tracker-backup"
        assert said["made_at"] == "2026-11-21T09:30:15+00:00"
        assert "0002_events_are_append_only" in said["migrations"]["base"]
        assert [table["model"] for table in said["tables"]] == [model._meta.label_lower for model in tables()]
        for table in said["tables"]:
            rows, lines = lines[: table["count"]], lines[table["count"] :]
            assert hashlib.sha256(b"".join(rows)).hexdigest() == table["sha256"]
        assert lines == []

    def test_is_the_same_for_the_same_rows(self, path):
        back_up(path, now=NOW)
        back_up(path.with_name("y.backup"), now=NOW)
        assert path.read_bytes() == path.with_name("y.backup").read_bytes()

    def test_that_is_there_is_never_replaced(self, path):
        path.write_text("last week's")

        with pytest.raises(CommandError, match="is there already"):
            call_command("backup", path)

        assert path.read_text() == "last week's"

    def test_that_came_meanwhile_is_not_replaced_either(self, path):
        with write_between(lambda: path.write_text("another's")), pytest.raises(CommandError, match="is there already"):
            call_command("backup", path)

        assert path.read_text() == "another's"
        assert list(path.parent.iterdir()) == [path]

    def test_is_not_there_when_something_fails(self, path):
        full = OSError(28, "No space left on device")
        refused = pytest.raises(CommandError, match=r"x\.backup cannot be written: No space left on device")
        with patch.object(taking, "release", side_effect=full), refused:
            call_command("backup", path)
        assert list(path.parent.iterdir()) == []

    @pytest.mark.parametrize(
        "interrupt", [pytest.param("fsync", id="while-writing"), pytest.param("replace", id="before-it-has-its-name")]
    )
    def test_is_not_there_when_it_is_interrupted(self, path, interrupt):
        with patch(f"os.{interrupt}", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
            back_up(path, now=NOW)
        assert list(path.parent.iterdir()) == []

    def test_needs_a_folder(self, path):
        with pytest.raises(CommandError, match="There is no folder"):
            call_command("backup", path / "y.backup")

    def test_tells_nobody_a_password(self, path):
        """What it holds is a hash, as in the database."""
        back_up(path, now=NOW)
        assert b"no secret" not in gzip.decompress(path.read_bytes())


@pytest.mark.parametrize(
    ("is_installed", "expected"),
    [pytest.param(True, r"\d+\.\d+\.\d+", id="whole"), pytest.param(False, "unknown", id="bare")],
)
def test_release_is_named_where_it_is_known(settings, tmp_path, is_installed, expected):
    """An image may hold the code alone: that is no reason to have no backup."""
    if not is_installed:
        settings.BASE_DIR = tmp_path
    assert re.fullmatch(expected, release())


def test_database_without_migrations_is_refused(both_kinds, path):
    refused = pytest.raises(CommandError, match=r"has not had .* and \d+ more\. Type: \./run manage migrate")
    with both_kinds.standing_on(both_kinds.empty("sqlite")), refused:
        call_command("backup", path)
    assert not path.exists()


@contextmanager
def write_between(write: Any) -> Iterator[None]:
    """Write when the first table has been read, and before the others are."""
    read, written = taking.write_table, []

    def read_and_write(*args: Any, **options: Any) -> Any:
        summary = read(*args, **options)
        if not written:
            written.append(write())
        return summary

    with patch.object(taking, "write_table", read_and_write):
        yield
    assert written


class TestWritingMeanwhile:
    """Another process writes a person and an organisation while the backup is under way."""

    @pytest.fixture(params=KINDS)
    def url(self, request, both_kinds: BothKinds, small: str) -> str:
        if request.param == "sqlite":
            return both_kinds.copy(small)
        url = both_kinds.migrated("postgresql")
        with both_kinds.standing_on(url):
            make_organisation()
        return url

    def back_up_while_somebody_writes(self, both_kinds: BothKinds, url: str, path: Path) -> list[str]:
        """The slugs in the backup."""
        with both_kinds.standing_on(url), write_between(lambda: self.write(url)):
            back_up(path, now=NOW)
            assert Organisation.objects.filter(slug=SLUG).exists()
        return [row["fields"]["slug"] for row in parts_of(path)[1] if row["model"] == "pillars.organisation"]

    def write(self, url: str) -> bool:
        """At once: a writer that had to wait would fail."""
        other = connect(url)
        with other.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0" if other.vendor == "sqlite" else "SET lock_timeout = '1s'")
            cursor.execute(
                "INSERT INTO pillars_organisation (slug, name, short_name, kind) VALUES (%s, 'B', '', 'council')",
                [SLUG],
            )
        other.close()
        return True

    def test_does_not_reach_the_backup(self, both_kinds, url, path):
        assert SLUG not in self.back_up_while_somebody_writes(both_kinds, url, path)

    def test_would_reach_it_without_the_transaction(self, both_kinds, url, path):
        """The backup would be of two moments: some tables before the write, some after."""
        with patch.object(taking, "one_moment", lambda using: nullcontext()):
            assert SLUG in self.back_up_while_somebody_writes(both_kinds, url, path)

    def test_would_have_to_wait_on_sqlite_behind_an_ordinary_transaction(self, both_kinds, small, path):
        usual = patch.object(taking, "reading_on_sqlite", lambda connection: nullcontext())
        with usual, pytest.raises(OperationalError, match="locked"):
            self.back_up_while_somebody_writes(both_kinds, both_kinds.copy(small), path)

    def test_goes_on_as_usual_afterwards(self, both_kinds, small, path):
        with both_kinds.standing_on(both_kinds.copy(small)) as connection:
            back_up(path, now=NOW)
            assert connection.transaction_mode == "IMMEDIATE"
            User.objects.create_user("later@example.org")
