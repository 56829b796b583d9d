"""The bench itself: its options, its figures and their verdicts, its report. What it finds is for people to read."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.bench import document, options
from tests.bench.engines import SqliteFiles
from tests.bench.loading import figures
from tests.bench.pages import TARGETS, measured_pages
from tests.bench.parts import PARTS, PartError, last_words, part, run_part
from tests.bench.report import figure, sections
from tests.bench.surroundings import ROOT, production
from tests.bench.tables import WIDTH, Section, as_markdown, as_text
from tests.bench.targets import MET, MISSED, UNKNOWN, Target, is_well, targets
from tests.tooling.shell import environ


def a_page(name: str, **values: float) -> dict:
    usual = {"id": name, "ms": 20.0, "database_ms": 0.0, "ratio": 30.0, "queries": 9, "requests": 3}
    return usual | {"kilobytes": 40.0, "compressed_kilobytes": 6.5} | values


def some_found(**values) -> dict:
    """What a whole run on SQLite might have found."""
    pages = [a_page(page.id) for page in measured_pages()]
    measured = {"counts": {"councils": 161}, "bare": {"ms": 0.5, "database_ms": 0.0}, "pages": pages}
    rate = {"a_second": 900.0, "processor_ms": 0.9}
    scan = {"positions": 34578, "flags": 11000, "seconds": 0.2}
    found = {
        "options": options.Options(databases=("sqlite",)).told(),
        "machine": {"processor": "Some", "cores": 2, "memory_gb": 8, "system": "Linux 6"},
        "versions": {"sqlite": {"python": "3", "django": "5", "gunicorn": "27", "database": "SQLite 3"}},
        "made_on": "2026-11-22",
        "load_before": 0.1,
        "load_after": 1.0,
        "seconds": 300,
        "failed": [],
        "missing": {},
        "pages": {"sqlite": {"tenth": measured, "national": measured}},
        "rates": {"sqlite": {"bare": rate, "conditional": rate, "conditional_ratio": 0.5, "memory": {}}},
        "flags": {
            "sqlite": {
                "national": scan | {"ratio": 60.0, "agrees": True, "naive_seconds": 12.0},
                "lean": scan,
                "ten_times": scan | {"seconds": 2.1},
                "lean_memory": {"before_mb": 50.0, "peak_mb": 70.0},
                "ten_times_memory": {"before_mb": 50.0, "peak_mb": 72.0},
            }
        },
        "loading": {"sqlite": {"fixtures": figures(862, 0.1, 0.2, 0.1), "positions": figures(3000, 1.0, 1.4, 0.9)}},
        "letters": {
            "sqlite": {"letters": 10000, "ratio": 1.4, "a_second": 400.0, "plain_a_second": 560.0, "own_ms": 1.2}
        },
        "reports": {"html_seconds": 0.1, "docx_seconds": 0.9, "pdf_seconds": 0.6, "pages": 59},
        "start": {"import_seconds": 0.6, "first_seconds": 8.0, "second_seconds": 5.0},
    }
    found |= values
    return found | {"targets": targets(found)}


def verdict(found: dict, name: str) -> str:
    return next(target["verdict"] for target in found["targets"] if target["name"] == name)


# Options


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("", {"parts": options.PARTS, "requests": 11, "databases": ("sqlite", "postgresql")}, id="usual"),
        pytest.param("--only pages,flags", {"parts": ("pages", "flags")}, id="some-parts"),
        pytest.param("--quick", {"is_quick": True, "lean_sizes": []}, id="quick"),
        pytest.param("--quick --requests 9", {"is_quick": True, "requests": 9}, id="quick-but"),
        pytest.param("--database sqlite", {"databases": ("sqlite",)}, id="one-database"),
        pytest.param("--profile pillar", {"profile": "pillar", "databases": ("sqlite",)}, id="profile"),
    ],
)
def test_options(given, expected):
    read = options.read(given.split())
    assert {name: getattr(read, name) for name in expected} == expected


@pytest.mark.parametrize("given", ["--only pages,speed", "--councils 0", "--councils many", "--database oracle"])
def test_options_that_are_refused(given, capsys):
    with pytest.raises(SystemExit):
        options.read(given.split())
    assert given.split()[1].split(",")[-1] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "sizes"),
    [
        pytest.param("", {"tenth": 15, "national": 153, "lean": 153, "ten_times": 1530}, id="all"),
        pytest.param("--quick", {"tenth": 15, "national": 153}, id="quick"),
        pytest.param("--only rates --councils 40", {"national": 40}, id="rates"),
        pytest.param("--only loading,start", {}, id="no-country-needed"),
        pytest.param("--profile pillar", {"national": 153}, id="profile"),
    ],
)
def test_sizes_that_the_parts_need(given, sizes):
    assert {size.name: size.councils for size in options.read(given.split()).sizes} == sizes


# Verdicts


@pytest.mark.parametrize(
    ("figure", "limit", "is_least", "expected"),
    [
        pytest.param(25, 25, False, MET, id="at-most-just"),
        pytest.param(25.1, 25, False, MISSED, id="at-most-over"),
        pytest.param(0.4, 0.4, True, MET, id="at-least-just"),
        pytest.param(0.39, 0.4, True, MISSED, id="at-least-under"),
        pytest.param(None, 25, False, UNKNOWN, id="nothing-found"),
    ],
)
def test_verdict(figure, limit, is_least, expected):
    assert Target("", figure, limit, is_least).verdict == expected


def test_all_is_well():
    found = some_found()
    assert {target["verdict"] for target in found["targets"]} == {MET}
    assert is_well(found)


def test_a_part_that_failed_is_not_well():
    assert not is_well(some_found(failed=["pages failed"]))


@pytest.mark.parametrize(
    ("part", "name"),
    [
        pytest.param("rates", "Conditional requests beside the bare view, SQLite", id="rates"),
        pytest.param("flags", "Flag scan, times faster than row by row, SQLite", id="flags"),
        pytest.param("pages", "Page pillar, SQLite", id="pages"),
        pytest.param("letters", "Sending letters, times as long as a loop of smtplib, SQLite", id="letters"),
        pytest.param("loading", "Records written a second, positions, SQLite", id="loading"),
    ],
)
def test_what_was_asked_for_and_not_measured_is_said(part, name):
    found = some_found(**{part: {"sqlite": None}})
    assert verdict(found, name) == UNKNOWN
    assert not is_well(found)
    assert UNKNOWN in as_text(sections(found))


def test_pages_whose_queries_grow_miss_their_target():
    found = some_found()
    few = [a_page(page.id, queries=8 if page.id == "home" else 9) for page in measured_pages()]
    found["pages"]["sqlite"]["tenth"] = found["pages"]["sqlite"]["tenth"] | {"pages": few}
    found["targets"] = targets(found)
    assert verdict(found, "Pages whose queries grow, SQLite") == MISSED
    assert "! 9" in as_text(sections(found))


def test_slow_page_is_marked():
    slow = [a_page("pillar", ms=25.1)]
    found = some_found()
    found["pages"]["sqlite"]["national"] = found["pages"]["sqlite"]["national"] | {"pages": slow}
    assert "> 25.1" in as_text(sections(found))


def test_every_target_names_a_measured_page():
    assert TARGETS.keys() <= {page.id for page in measured_pages()}


def test_writing_is_what_takes_longer_than_checking():
    assert figures(1000, 1.0, 1.2, 0.5)["written_a_second"] == pytest.approx(5000)


# Report


def test_report_fits_a_terminal():
    too_wide = [line for line in as_text(sections(some_found())).splitlines() if len(line) > WIDTH]
    assert too_wide == []


def test_tables_as_text_and_as_markdown():
    section = Section("Pages", ["", "ms"], [["home", "9"], ["pillar", "12"]], "A note.")
    assert as_text([section]) == "PAGES\n        ms\nhome     9\npillar  12\nA note."
    assert "| home | 9 |\n| pillar | 12 |" in as_markdown([section])


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "–"), (0.1234, "0.1"), (12.34, "12.3"), (1234.5, "1,234"), (7, "7")],
    ids=["nothing", "small", "usual", "large", "whole"],
)
def test_figure(value, words):
    assert figure(value) == words


def test_document_gets_the_figures_between_its_marks():
    text = f"# Performance\n\n{document.BEGIN}\nyesterday\n{document.END}\n\nMethod.\n"
    once = document.with_figures(text, some_found())
    assert "yesterday" not in once
    assert "| Page pillar, SQLite | 20.00 | at most 25 | ms | met |" in once
    assert once.endswith("Method.\n")
    assert document.with_figures(once, some_found()) == once


def test_document_without_marks_is_refused():
    with pytest.raises(ValueError, match="needs the lines"):
        document.with_figures("# Performance\n", some_found())


def test_our_document_has_the_marks():
    document.with_figures(document.DOCUMENT.read_text(encoding="utf-8"), some_found())


# Parts


@pytest.mark.parametrize("name", PARTS)
def test_every_part_has_its_function(name, db):
    assert callable(part(name))


def test_part_that_fails_says_why(tmp_path):
    environment = production(tmp_path, f"sqlite:///{tmp_path}/none.sqlite3")
    with pytest.raises(PartError, match="no such table"):
        run_part("load", environment)


def test_parts_run_with_the_settings_of_production(tmp_path):
    environment = production(tmp_path, f"sqlite:///{tmp_path}/none.sqlite3") | {"DJANGO_ENV": "development"}
    with pytest.raises(PartError, match="Only the settings of production"):
        run_part("versions", environment)


def test_last_words_leave_out_what_went_well():
    lines = ('{"level": "info", "event": "request"}', '{"level": "error", "exception": "Wrong"}', "Plain")
    assert last_words("\n".join(lines)) == "Wrong\nPlain"


def test_sqlite_copies_keep_what_was_just_written(tmp_path):
    files = SqliteFiles(tmp_path)
    files.path("one").write_bytes(b"tables")
    files.path("one").with_name("one.sqlite3-wal").write_bytes(b"rows")
    files.create("two", template="one")
    assert (tmp_path / "two.sqlite3-wal").read_bytes() == b"rows"


@pytest.mark.long
def test_bench_measures_everything(tmp_path):
    command = [sys.executable, "-m", "tests.bench", "--quick", "--councils", "3", "--requests", "1"]
    result = subprocess.run(
        command, cwd=ROOT, env=environ(VAR_DIR=str(tmp_path)), capture_output=True, text=True, timeout=500, check=False
    )
    assert result.returncode == 0, result.stderr
    found = json.loads((tmp_path / "bench.json").read_text())
    assert found["failed"] == []
    for engine in ("sqlite", "postgresql"):
        pages = found["pages"][engine]["national"]["pages"]
        assert {page["id"] for page in pages} == {page.id for page in measured_pages()}
        assert found["rates"][engine]["conditional_ratio"]
        assert found["loading"][engine]["positions"]["records"] > 500
        assert found["flags"][engine]["national"]["positions"] > 600
        assert found["letters"][engine]["letters"] == 300
    assert "TARGETS" in result.stdout
