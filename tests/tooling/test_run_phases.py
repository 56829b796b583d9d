"""What ./run test makes of its arguments, and of what its phases answer. Pure rules: nothing is run here."""

import pytest

from tests.engines.notes import FILE, PHASE, Note, note, notes_in
from tests.run.phases import PHASES, read, unused, verdict, versions
from tests.tooling.shell import ROOT

SQLITE, POSTGRESQL, BROWSER = PHASES


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        pytest.param([], "(not browser) and (not long)", id="everyday"),
        pytest.param(["--all"], "(not browser)", id="all"),
        pytest.param(["-m", "long"], "(not browser) and (long)", id="own-marks"),
        pytest.param(["--all", "-m", "long"], "(not browser) and (long)", id="own-marks-and-all"),
        pytest.param(["-m", "long", "--all"], "(not browser) and (long)", id="own-marks-before-all"),
    ],
)
def test_marks_of_a_phase(typed, marks):
    assert read(typed).command(SQLITE)[-2:] == ["-m", marks]


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        pytest.param([], "(database and not browser) and (not once) and (not long)", id="everyday"),
        pytest.param(["--all"], "(database and not browser)", id="all"),
        pytest.param(["-m", "once"], "(database and not browser) and (once)", id="own-marks"),
    ],
)
def test_marks_on_the_second_database(typed, marks):
    assert read(typed).command(POSTGRESQL)[-2:] == ["-m", marks]


def test_other_arguments_go_to_pytest_after_our_own():
    command = read(["--all", "-n", "0", "tests/pillars", "-k", "money"]).command(POSTGRESQL)
    assert command == [
        "-n",
        "3",
        "--dist=worksteal",
        "-n",
        "0",
        "tests/pillars",
        "-k",
        "money",
        "-m",
        "(database and not browser)",
    ]


@pytest.mark.parametrize(
    ("typed", "folders"),
    [
        pytest.param([], ["tests/browser"], id="everyday"),
        pytest.param(["--all", "-q"], ["tests/browser"], id="all"),
        pytest.param(["tests/pillars"], ["tests/pillars"], id="a-path"),
        pytest.param(["-k", "money"], [], id="by-name"),
    ],
)
def test_whole_run_looks_for_the_browsers_tests_in_their_folder_alone(typed, folders):
    command = read(typed).command(BROWSER)
    assert [word for word in command if word.startswith("tests/")] == folders


def test_browsers_tests_are_nowhere_else():
    mark, browsers = "mark." + "browser", ROOT / BROWSER.folder
    marked = {path for path in (ROOT / "tests").rglob("*.py") if mark in path.read_text(encoding="utf-8")}
    assert {path for path in marked if path.is_relative_to(browsers)}
    assert [path for path in marked if not path.is_relative_to(browsers)] == []


@pytest.mark.parametrize(
    ("typed", "is_whole"),
    [
        pytest.param([], True, id="everyday"),
        pytest.param(["--all"], True, id="all"),
        pytest.param(["-q", "--durations=9", "-n", "4", "-n0"], True, id="how-not-what"),
        pytest.param(["tests/pillars"], False, id="a-path"),
        pytest.param(["4"], False, id="a-path-that-is-a-number"),
        pytest.param(["-k", "money"], False, id="by-name"),
        pytest.param(["-m", "long"], False, id="by-mark"),
        pytest.param(["--lf"], False, id="those-that-failed"),
        pytest.param(["--collect-only"], False, id="none"),
    ],
)
def test_what_counts_as_the_whole_run(typed, is_whole):
    assert read(typed).is_whole is is_whole


@pytest.mark.parametrize(
    ("typed", "stops_early"), [(["-x"], True), (["--maxfail=1"], True), (["-q"], False), ([], False)]
)
def test_when_one_failure_ends_the_run(typed, stops_early):
    assert read(typed).stops_early is stops_early


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param([0, 0, 0], 0, id="all-passed"),
        pytest.param([0, 5, 5], 0, id="one-phase-had-something-to-do"),
        pytest.param([5, 5, 5], 5, id="none-had"),
        pytest.param([0, 1, 0], 1, id="one-failed"),
        pytest.param([1, 5, 5], 1, id="failed-and-nothing-else-to-do"),
        pytest.param([0, 0, 4], 4, id="never-ran"),
        pytest.param([0, 2], 2, id="interrupted"),
        pytest.param([0, -9, 0], -9, id="killed"),
    ],
)
def test_verdict(codes, expected):
    assert verdict(codes) == expected


EVERYTHING = [Note(phase.name, name, "1.0") for phase in PHASES for name in phase.must_use]


def test_every_phase_has_engines_to_use():
    assert unused(EVERYTHING) == []
    assert {name for _, name, _ in EVERYTHING} == {
        "SQLite",
        "PostgreSQL",
        "Redis",
        "Celery worker",
        "Celery beat",
        "Chromium",
    }


@pytest.mark.parametrize("left_out", EVERYTHING, ids=lambda note: f"{note.name} in {note.phase}")
def test_unused_engine_is_named(left_out):
    [sentence] = unused(note for note in EVERYTHING if note != left_out)
    assert sentence.startswith(f"{left_out.name} was not used in “")


def test_versions_are_said_once():
    notes = [Note("sqlite", "SQLite", "3.40"), Note("sqlite", "Redis", "7.0"), Note("browser", "Redis", "7.0")]
    assert versions(notes) == "SQLite 3.40, Redis 7.0"


def test_notes_are_kept_where_the_run_asks_for_them(tmp_path, monkeypatch):
    monkeypatch.setenv(FILE, str(tmp_path / "notes"))
    monkeypatch.setenv(PHASE, "browser")
    for _ in range(2):
        note("Chromium", "156.0")
    assert notes_in(tmp_path / "notes") == [Note("browser", "Chromium", "156.0")]


def test_nobody_asks_for_notes(tmp_path, monkeypatch):
    monkeypatch.delenv(FILE, raising=False)
    note("Chromium", "156.0")
    assert notes_in(tmp_path / "notes") == []
