"""CSV that a spreadsheet may open, and values flattened so that a person can read them."""

from __future__ import annotations

import csv
import io

import pytest

from reforms.base.lists.twins import csv_file, flat, safe


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "－", "＝1+1", "＋1", "＠A"]
)
def test_no_cell_is_a_formula(cell):
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "plain", "1-2", " -", "£45m", "'=1+1"])
def test_other_cells_stay_as_they_are(cell):
    assert safe(cell) == cell


@pytest.mark.parametrize(
    ("value", "words"),
    [
        pytest.param(None, "", id="nothing"),
        pytest.param(45_000_000, "45000000", id="number"),
        pytest.param(True, "yes", id="yes"),
        pytest.param(["2023-24", "2024-25"], "2023-24; 2024-25", id="list"),
        pytest.param(
            [{"role": "due", "earliest": None, "latest": "2023-12-31"}], "role due, latest 2023-12-31", id="thing"
        ),
        pytest.param([], "", id="empty list"),
    ],
)
def test_flat(value, words):
    assert flat(value) == words


def test_a_file_has_a_mark_a_head_and_every_row():
    response = csv_file([{"a": "é", "b": "=1"}, {"a": 'x"y', "b": None}], columns=("a", "b"), name="things")
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [["a", "b"], ["é", "'=1"], ['x"y', ""]]
    assert response["Content-Disposition"] == 'attachment; filename="things.csv"'
