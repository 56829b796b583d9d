"""What is not restored: each file or database that is wrong is refused in words, and nothing is written."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from pillars.models import Organisation
from reforms.base.backup import restoring
from tests.reforms.base.backup.conftest import Desk
from tests.reforms.base.backup.files import falsified, parts_of, row_of, write_parts
from tests.tooling.shell import manage


def restore(desk: Desk, path: Path) -> str:
    """Why the command refuses."""
    with desk.both_kinds.standing_on(desk.target), pytest.raises(CommandError) as refused:
        call_command("restore", path)
    return str(refused.value)


def cut(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


def flip(path: Path) -> None:
    """Turn one bit in the middle of the rows."""
    data = bytearray(path.read_bytes())
    data[len(data) * 3 // 4] ^= 1
    path.write_bytes(data)


def change_header(path: Path, **changes: object) -> None:
    header, rows = parts_of(path)
    write_parts(path, header | changes, rows)


def without_last_row(path: Path) -> None:
    header, rows = parts_of(path)
    write_parts(path, header, rows[:-1])


def with_a_row_more(path: Path) -> None:
    header, rows = parts_of(path)
    write_parts(path, header, [*rows, rows[-1]])


def with_another_name(path: Path) -> None:
    header, rows = parts_of(path)
    row_of(rows, "base.user")["fields"]["email"] = "mallory@example.org"
    write_parts(path, header, rows)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        pytest.param(lambda path: path.unlink(), "cannot be read: No such file", id="no-file"),
        pytest.param(lambda path: (path.unlink(), path.mkdir()), "cannot be read: Is a directory", id="folder"),
        pytest.param(lambda path: path.write_bytes(b""), "is not a backup", id="empty"),
        pytest.param(lambda path: path.write_text("SELECT 1;\n"), "is not a backup", id="not-gzip"),
        pytest.param(lambda path: path.write_bytes(gzip.compress(b"hello")), "is not a backup", id="foreign-text"),
        pytest.param(lambda path: path.write_bytes(gzip.compress(b"[1]\n")), "is not a backup", id="foreign-json"),
        pytest.param(lambda path: path.write_bytes(gzip.compress(b"\0" * 9_000_000)), "is not a backup", id="no-lines"),
        pytest.param(lambda path: change_header(path, format="other"), "is not a backup", id="other-format"),
        pytest.param(
            lambda path: change_header(path, version=2, release="9.0.0"),
            "has format 2, made by release 9.0.0. This release reads format 1: restore it with that release.",
            id="newer-format",
        ),
        pytest.param(lambda path: change_header(path, tables=[{}]), "does not say what it holds", id="poor-header"),
        pytest.param(lambda path: cut(path, 0.1), "is cut off", id="cut-in-the-header"),
        pytest.param(lambda path: cut(path, 0.9), "is cut off", id="cut-in-the-rows"),
        pytest.param(without_last_row, "pillars.programme has 0 rows instead of 1", id="a-row-less"),
        pytest.param(with_a_row_more, "holds more than its first line says", id="a-row-more"),
        pytest.param(with_another_name, "the rows of base.user are not what was backed up", id="a-row-changed"),
        pytest.param(flip, "is damaged", id="a-bit-turned"),
    ],
)
def test_file_is_refused(desk, tmp_path, damage: Callable[[Path], object], says):
    path = tmp_path / "x.backup"
    shutil.copy(desk.backup, path)
    damage(path)

    said = restore(desk, path)

    assert says in said
    assert str(path) in said
    assert said.endswith("Nothing was written.")
    assert desk.kept() == []


class TestDatabase:
    def test_without_tables_is_refused(self, desk):
        desk.target = desk.both_kinds.empty("sqlite")
        assert "The database has not had contenttypes.0001_initial" in restore(desk, desk.backup)

    def test_with_a_migration_more_is_refused(self, desk, tmp_path):
        header, rows = parts_of(desk.backup)
        header["migrations"]["base"].pop()
        write_parts(tmp_path / "older.backup", header | {"release": "0.1.9"}, rows)

        said = restore(desk, tmp_path / "older.backup")

        assert "This database has had base.0" in said
        assert "Restore it with release 0.1.9, which made it; then upgrade as usual." in said

    def test_with_a_migration_less_is_refused(self, desk, tmp_path):
        header, rows = parts_of(desk.backup)
        header["migrations"]["base"].append("9999_from_the_future")
        write_parts(tmp_path / "newer.backup", header, rows)

        said = restore(desk, tmp_path / "newer.backup")

        assert "The backup's database had base.9999_from_the_future, which this release does not know." in said

    def test_of_other_tables_is_refused(self, desk, tmp_path):
        header, rows = parts_of(desk.backup)
        header["tables"] = [table for table in header["tables"] if table["model"] != "base.faultcount"]
        write_parts(tmp_path / "other.backup", header, rows)

        assert "do not back up the same tables: base.faultcount." in restore(desk, tmp_path / "other.backup")

    def test_that_holds_something_is_refused(self, desk):
        with desk.both_kinds.standing_on(desk.target):
            Organisation.objects.create(slug="a", name="A", kind="council")

        said = restore(desk, desk.backup)

        assert "The database is not empty. It holds pillars.organisation (1)." in said
        assert [model.__name__ for model in desk.kept()] == ["Organisation"]

    def test_of_a_second_restore_is_refused(self, desk):
        with desk.both_kinds.standing_on(desk.target):
            call_command("restore", desk.backup)

        assert "The database is not empty." in restore(desk, desk.backup)


class TestAllOrNothing:
    """A backup that fits itself, and yet not the database."""

    def test_row_that_the_database_refuses(self, desk):
        def twice(rows):
            first = row_of(rows, "pillars.organisation")
            rows.insert(rows.index(first), first | {"pk": first["pk"] + 1})

        said = restore(desk, falsified(desk.backup, twice))

        assert "The database refused one of rows 1 to 2 of pillars.organisation: UNIQUE constraint failed" in said
        assert desk.kept() == []

    def test_row_without_what_it_refers_to(self, desk):
        def orphaned(rows):
            row_of(rows, "pillars.programme")["fields"]["owner"] = 404

        assert "The backup does not fit together" in restore(desk, falsified(desk.backup, orphaned))
        assert desk.kept() == []

    def test_row_that_cannot_be_read(self, desk):
        def unreadable(rows):
            row_of(rows, "pillars.programme")["fields"]["published_on"] = "the day after tomorrow"

        said = restore(desk, falsified(desk.backup, unreadable))

        assert "refused one of rows 1 to 1 of pillars.programme" in said
        assert desk.kept() == []

    def test_line_that_is_no_row(self, desk):
        said = restore(desk, falsified(desk.backup, lambda rows: row_of(rows, "base.user").pop("fields")))

        assert "refused one of rows 1 to 1 of base.user" in said
        assert desk.kept() == []

    def test_row_that_the_database_changes(self, desk):
        self.meddle(desk)

        said = restore(desk, desk.backup)

        assert "The database did not keep what was written: the rows of pillars.organisation are not" in said
        assert desk.kept() == []

    def test_without_the_comparison_it_would_be_kept(self, desk):
        self.meddle(desk)
        with desk.both_kinds.standing_on(desk.target), patch.object(restoring, "compare_all"):
            call_command("restore", desk.backup)
            assert Organisation.objects.get().name == "meddled"

    def meddle(self, desk) -> None:
        with desk.both_kinds.standing_on(desk.target), connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER meddles AFTER INSERT ON pillars_organisation"
                " BEGIN UPDATE pillars_organisation SET name = 'meddled'; END"
            )


@pytest.fixture(scope="module")
def desk_on_postgresql(both_kinds, small_backup):
    """One for several: each restore is refused."""
    return Desk(both_kinds, small_backup, "postgresql")


class TestPostgresql:
    """What only the stricter of the two refuses."""

    @pytest.mark.parametrize(
        ("value", "says"),
        [
            pytest.param("x" * 200, "value too long", id="too-long"),
            pytest.param("a\0b", "NUL", id="nul"),
        ],
    )
    def test_refuses_in_words(self, desk_on_postgresql, value, says):
        def changed(rows):
            row_of(rows, "pillars.programme")["fields"]["title"] = value

        said = restore(desk_on_postgresql, falsified(desk_on_postgresql.backup, changed))

        assert "refused one of rows 1 to 1 of pillars.programme" in said
        assert says in said
        assert "DETAIL" not in said
        assert desk_on_postgresql.kept() == []

    def test_refuses_a_row_without_what_it_refers_to(self, desk_on_postgresql):
        def orphaned(rows):
            row_of(rows, "pillars.programme")["fields"]["owner"] = 404

        assert "The backup does not fit together" in restore(
            desk_on_postgresql, falsified(desk_on_postgresql.backup, orphaned)
        )
        assert desk_on_postgresql.kept() == []


def test_commands_answer_to_the_shell(tmp_path):
    """By the road that people take: what is wrong is said without a traceback, and the exit code is 1."""
    path = tmp_path / "x.backup"
    refused = manage("backup", str(path), VAR_DIR=str(tmp_path))
    assert (refused.returncode, refused.stdout, path.exists()) == (1, "", False)
    assert refused.stderr.startswith("CommandError: The database has not had")

    path.write_text("hello")
    refused = manage("restore", str(path), VAR_DIR=str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"CommandError: {path} is not a backup of Reform Tracker")
