"""The bench runs to its end and writes what it found. What it found is for people to read."""

import json
import subprocess
import sys

import pytest

from tests.bench.report import Measure, row
from tests.browser.pages import PAGES
from tests.tooling.shell import ROOT, environ


@pytest.mark.long
def test_bench_reports_every_kind_of_page(tmp_path):
    command = [sys.executable, "-m", "tests.bench", "--requests", "1", "--times", "2"]
    result = subprocess.run(
        command, cwd=ROOT, env=environ(VAR_DIR=str(tmp_path)), capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "load_reforms" in result.stdout
    found = json.loads((tmp_path / "bench.json").read_text())
    assert {each["id"] for each in found["pages"]} == {page.id for page in PAGES if page.is_main}
    assert found["grown_counts"]["commitments"] == 2 * found["counts"]["commitments"]


@pytest.mark.parametrize(
    ("milliseconds", "mark"), [pytest.param(60.0, " ", id="at-the-limit"), pytest.param(60.1, ">", id="over-it")]
)
def test_row_marks_what_is_slow(milliseconds, mark):
    line = row(Measure("home", milliseconds, 100, 20, 30), None)
    assert f"{mark}  {milliseconds}" in line


def test_row_marks_queries_that_grow():
    line = row(Measure("home", 20, 100, 20, 30), Measure("home", 40, 200, 21, 60))
    assert " 21! " in line
    assert line.endswith("×2.0")
